import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sleep } from "../../clock/clock.ts";
import { pathOf, readBody, sendJson, startTwinServer, type TwinServer } from "../http.ts";
import { createSerial } from "../serial.ts";
import { resample } from "../sound/pcm.ts";
import { speakerRateHertz } from "../sound/speaker.ts";
import { toBytes } from "../sound/wav.ts";
import { createBatch } from "../speaking/batch.ts";
import { createTriggers, type Trigger, triggers } from "../speaking/faults.ts";
import { noteSpeech, type SeenSpeech } from "../speaking/seen.ts";
import { makePieces, sendWhole } from "../speaking/sound.ts";
import type { FlaskApp, ToSpeak } from "./app.ts";
import type { FlaskTwinOptions } from "./options.ts";
import { pageReply, sendReply, writeHead } from "./web.ts";

/** A running stand-in of a Flask program that speaks. */
export interface FlaskTwin {
  /** Where it listens. */
  readonly url: string;
  /** Requests to speak in order of arrival; the newest 2000. */
  seen(): readonly SeenSpeech[];
  /** Ends it and every connection. */
  close(): Promise<void>;
}

/** What such programs do without being asked. */
export const flaskHabits: Readonly<Record<string, string>> = {
  whole: "a text is answered with a whole WAV file once all of it is made",
  deaf: "it works on for a client that has left",
  close: "each connection is closed after its answer",
  threads: "behind Flask's own server texts share the machine, each slower the more there are",
  blocks: "behind gunicorn's one worker nobody else is answered while it speaks",
};

/** The longest that anything is spoken, in seconds. */
const mostSeconds = 180;

/** Starts a stand-in of a Flask program. */
export async function startFlaskTwin(app: FlaskApp, made: FlaskTwinOptions): Promise<FlaskTwin> {
  const { clock, timeScale, cost, law, web, speaker } = made;
  const closing = new AbortController();
  const seen: SeenSpeech[] = [];
  const serial = createSerial();
  const pull = createTriggers(made.faults, made.fault);
  const batch = createBatch({ cost, law, clock, timeScale, signal: closing.signal });
  // Nobody is heard leaving.
  const never = new AbortController().signal;

  async function speak(toSpeak: ToSpeak, entry: SeenSpeech, response: ServerResponse): Promise<void> {
    const trigger = pull(toSpeak.text);
    if (await instead(trigger, entry, response)) return;
    const sampleRateHertz = trigger?.sampleRateHertz ?? toSpeak.sampleRateHertz;
    const spoken = speaker.speak(toSpeak.text, toSpeak.voice, mostSeconds / toSpeak.stretch);
    const own = resample(spoken, speakerRateHertz / toSpeak.stretch, sampleRateHertz);
    const pcm = toBytes(trigger?.audio?.(own, sampleRateHertz) ?? own);
    entry.state = "running";
    const work = { batch, clock, timeScale, closing: closing.signal, signal: never };
    const pieces = makePieces({ pcm, sampleRateHertz, trigger, seen: entry, ...work });
    try {
      await sendWhole(pieces, {
        ...{ sampleRateHertz, trigger, response },
        begin: (length) =>
          writeHead(response, web, 200, { ...toSpeak.before, "Content-Length": length, ...toSpeak.after }),
        fail: () => sendReply(response, web, pageReply(500)),
      });
      entry.state = "finished";
    } catch {
      entry.state = "failed";
      response.destroy();
    } finally {
      entry.endedAtMs = clock.now();
    }
  }

  /** What a trigger does instead of any work. */
  async function instead(trigger: Trigger | undefined, entry: SeenSpeech, response: ServerResponse): Promise<boolean> {
    const { refuses, answer, instead: how } = trigger ?? {};
    if (refuses === undefined && answer === undefined && how === undefined) return false;
    entry.state = "refused";
    if (refuses !== undefined) sendReply(response, web, app.refuses(refuses.status, refuses.headers ?? {}));
    if (answer !== undefined) {
      writeHead(response, web, 200, answer.headers);
      response.end(answer.body);
    }
    if (how === "reset") response.socket?.resetAndDestroy();
    if (how === "restart") server.restart(made.restartMs);
    if (how === "hang") {
      await once(response, "close");
      entry.state = "stopped";
    }
    entry.endedAtMs = clock.now();
    return true;
  }

  function mark(entry: SeenSpeech, asked: { body: Buffer; query: URLSearchParams }): void {
    try {
      entry.body = JSON.parse(asked.body.toString());
    } catch {
      entry.body = Object.fromEntries(asked.query);
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse, entry: SeenSpeech): Promise<void> {
    const path = pathOf(request);
    const query = new URLSearchParams((request.url ?? "").split("?", 2)[1] ?? "");
    const asked = { headers: request.headers, query, body: await readBody(request) };
    mark(entry, asked);
    const view = app.views[`${request.method} ${path}`];
    const work = async () => {
      if (closing.signal.aborted) return;
      if (view === undefined) return sendReply(response, web, notThere(app, path));
      const reply = view(asked);
      if ("status" in reply) {
        entry.state = "refused";
        sendReply(response, web, reply);
      } else {
        entry.voice = reply.voice;
        await speak(reply, entry, response);
      }
    };
    await (web === "gunicorn" ? serial(work) : work());
  }

  const twinRoutes: Readonly<Record<string, () => unknown>> = {
    "GET /_twin/requests": () => seen,
    "GET /_twin/faults": () => ({
      ...Object.fromEntries(Object.entries(triggers).map(([name, { does }]) => [name, does])),
      ...flaskHabits,
    }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const twinRoute = twinRoutes[`${request.method} ${pathOf(request)}`];
    if (twinRoute !== undefined) return sendJson(response, 200, twinRoute());
    // What does not ask for speech is noted too, and forgotten.
    const notes = app.speaks.includes(pathOf(request)) && request.method !== "HEAD" ? seen : [];
    await answer(request, response, noteSpeech(notes, request, response, clock));
  }

  if (made.bootMs > 0) await sleep(clock, made.bootMs * timeScale);
  // Each answer closes its connection: none is ever idle.
  const server: TwinServer = await startTwinServer(made, 0, handle);
  return {
    url: server.url,
    seen: () => seen,
    async close() {
      closing.abort();
      await server.close();
    },
  };
}

/** The page of a path that is not there, or not for this method. */
function notThere({ views }: FlaskApp, path: string) {
  const methods = Object.keys(views).flatMap((key) => {
    const [method, own] = key.split(" ");
    return own === path ? [method as string] : [];
  });
  if (methods.length === 0) return pageReply(404);
  const allowed = [...(methods.includes("GET") ? ["HEAD"] : []), ...methods, "OPTIONS"];
  return pageReply(405, { Allow: allowed.join(", ") });
}
