import type { IncomingMessage, ServerResponse } from "node:http";
import { sleep } from "../../clock/clock.ts";
import { pathOf, readBody, sendJson, startTwinServer, type TwinServer } from "../http.ts";
import { createSerial } from "../serial.ts";
import { createBatch } from "../speaking/batch.ts";
import { createTriggers, triggers } from "../speaking/faults.ts";
import { noteSpeech, type SeenSpeech } from "../speaking/seen.ts";
import type { FlaskApp } from "./app.ts";
import type { FlaskTwinOptions } from "./options.ts";
import { answerSpeech, type FlaskSpeech } from "./speak.ts";
import { pageReply, sendReply } from "./web.ts";

/** A running stand-in for a Flask server that speaks. */
export interface FlaskTwin {
  /** The stand-in's URL. */
  readonly url: string;
  /** The latest 2000 speech requests, in order of arrival. */
  seen(): readonly SeenSpeech[];
  /** Closes the server and every connection. */
  close(): Promise<void>;
}

/** Behavior of Flask servers that is imitated without any trigger: descriptions by name. */
export const flaskHabits: Readonly<Record<string, string>> = {
  whole: "answers with a whole WAV file once all of it is made",
  deaf: "goes on working for a client that has left",
  close: "closes each connection after its answer",
  threads: "with Flask's own server concurrent texts share the machine: the more there are, the slower each is",
  blocks: "with gunicorn's single worker nothing else is answered while it speaks",
};

/** Starts a stand-in for a Flask server. */
export async function startFlaskTwin(app: FlaskApp, made: FlaskTwinOptions): Promise<FlaskTwin> {
  const { clock, timeScale, cost, law, web } = made;
  const closing = new AbortController();
  const seen: SeenSpeech[] = [];
  const serial = createSerial();
  const pull = createTriggers(made.faults, made.fault);
  const batch = createBatch({ cost, law, clock, timeScale, signal: closing.signal });
  const restart = () => server.restart(made.restartMs);
  const speech: FlaskSpeech = { app, made, batch, pull, restart, closing: closing.signal };

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
        await answerSpeech(reply, entry, response, speech);
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
    // Only requests for speech are recorded in `seen`; other requests get a list that is thrown away.
    const notes = app.speaks.includes(pathOf(request)) && request.method !== "HEAD" ? seen : [];
    await answer(request, response, noteSpeech(notes, request, response, clock));
  }

  if (made.bootMs > 0) await sleep(clock, made.bootMs * timeScale);
  // 0 ms for idle connections: there are none, since each answer closes its connection.
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

/** The error page for a path that does not exist, or that exists but does not allow the request's method. */
function notThere({ views }: FlaskApp, path: string) {
  const methods = Object.keys(views).flatMap((key) => {
    const [method, own] = key.split(" ");
    return own === path ? [method as string] : [];
  });
  if (methods.length === 0) return pageReply(404);
  const allowed = [...(methods.includes("GET") ? ["HEAD"] : []), ...methods, "OPTIONS"];
  return pageReply(405, { Allow: allowed.join(", ") });
}
