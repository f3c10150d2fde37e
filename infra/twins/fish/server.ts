import type { IncomingMessage, ServerResponse } from "node:http";
import { type Clock, sleep, systemClock } from "../../clock/clock.ts";
import { type FishCost, fishCosts } from "../../cost/cost.ts";
import { exactLaw, type Law } from "../../cost/law.ts";
import { createPace } from "../../cost/pace.ts";
import { createRandom } from "../../random/random.ts";
import { pathOf, readBody, sendJson, startTwinServer, type TwinServer, uvicornKeepAliveMs } from "../http.ts";
import { createSerial } from "../serial.ts";
import { type Speaker, toneSpeaker } from "../sound/speaker.ts";
import { createTriggers, habits, triggers } from "./faults.ts";
import { type FishMode, type FishModeName, fishModes } from "./modes.ts";
import { noteTts, type SeenTts } from "./seen.ts";
import type { Garble } from "./sound/garble.ts";
import type { TtsContext } from "./speak.ts";
import { answerTts } from "./tts.ts";
import { createReferences } from "./voices/references.ts";
import { answerReferences } from "./voices/routes.ts";
import { refuseRoute, refusesKey } from "./wire/refuse.ts";
import { readRequestBody } from "./wire/request-body.ts";

/** Options of startFishTwin. */
export interface FishTwinOptions {
  /** The address to listen at. Default: 127.0.0.1. */
  host: string;
  /** The port to listen at. Default: 0, which means any free port. */
  port: number;
  /** The generation to imitate. Default: `s2`. */
  mode: FishModeName;
  /** The API key that every route requires as a bearer token. Default: none. */
  apiKey: string | undefined;
  /** The maximum length of a text in code points. Default: 0, no limit. */
  maxTextLength: number;
  /** The ids of the reference voices that exist at the start. Default: four voices. */
  voices: readonly string[];
  /** What produces the audio. Default: tones. */
  speaker: Speaker;
  /** How long the work on a request takes. Default: `fishCosts.compiled`. */
  cost: FishCost;
  /** Converts a duration predicted by `cost` to the simulated one, for example by adding jitter. Default: no change. */
  law: Law;
  /** Which texts are short enough to come out as noise, and how often they do. Default: none do. */
  garble: Garble;
  /** Whether words in a text trigger faults. Default: true. */
  faults: boolean;
  /** The fault that every request shows, given by its trigger word. Default: none. */
  fault: string | undefined;
  /** How long the fault HANG blocks the server, in milliseconds. Default: until the server is closed. */
  hangMs: number;
  /** How long connections are refused after the fault RESTART, in milliseconds. Default: 1500. */
  restartMs: number;
  /** Multiplies all delays; 0 is as fast as possible. Default: 1. */
  timeScale: number;
  /** The seed of the random voices. Default: 1. */
  seed: number;
  /** How long the stand-in pretends to load before it listens, in milliseconds. Default: 0. */
  bootMs: number;
  /** How long an idle connection is kept, in milliseconds. Default: 5000, as in uvicorn. */
  keepAliveMs: number;
  /** The clock by which times are recorded and delays are waited for. Default: the system clock. */
  clock: Clock;
}

/** The default voices of the stand-in: two native in Mandarin, two in English. */
export const fishTwinVoices = ["emma", "haoran", "oliver", "xiaolin"] as const;

/** A running stand-in for Fish-Speech. */
export interface FishTwin {
  /** The stand-in's URL. */
  readonly url: string;
  /** The latest 2000 TTS requests, in order of arrival. */
  seen(): readonly SeenTts[];
  /** The ids of reference voices that have a folder, including empty folders. */
  folders(): readonly string[];
  /** Closes the server and every connection. */
  close(): Promise<void>;
}

const defaults: FishTwinOptions = {
  host: "127.0.0.1",
  port: 0,
  mode: "s2",
  apiKey: undefined,
  maxTextLength: 0,
  voices: fishTwinVoices,
  speaker: toneSpeaker,
  cost: fishCosts.compiled,
  law: exactLaw,
  garble: { belowSeconds: 0, probability: 0 },
  faults: true,
  fault: undefined,
  hangMs: Number.POSITIVE_INFINITY,
  restartMs: 1500,
  timeScale: 1,
  seed: 1,
  bootMs: 0,
  keepAliveMs: uvicornKeepAliveMs,
  clock: systemClock,
};

/** Starts a stand-in that imitates Fish-Speech's HTTP byte for byte, and works on one request at a time. */
export async function startFishTwin(options: Partial<FishTwinOptions> = {}): Promise<FishTwin> {
  const { host, port, apiKey, seed, bootMs, keepAliveMs, clock, ...made } = { ...defaults, ...options };
  const closing = new AbortController();
  const references = createReferences(made.voices);
  const serial = createSerial();
  const seen: SeenTts[] = [];
  const mode: FishMode = fishModes[made.mode];
  const tts: TtsContext = {
    mode,
    cost: made.cost,
    law: made.law,
    garble: made.garble,
    maxTextLength: made.maxTextLength,
    speaker: made.speaker,
    references,
    random: createRandom(seed),
    now: clock.now,
    pace: createPace(clock, made.timeScale),
    pull: createTriggers({ byText: made.faults, always: made.fault }),
    hangMs: made.hangMs,
    restart: () => server.restart(made.restartMs),
    closing: closing.signal,
  };

  const entries = new WeakMap<IncomingMessage, SeenTts>();
  const speak: Handler = async (request, bytes, response) => {
    const entry = entries.get(request) as SeenTts;
    const read = await readRequestBody(request, bytes, response, mode);
    if (read === undefined) entry.state = "refused";
    else {
      entry.body = read.value;
      await answerTts(read, response, entry, tts);
    }
  };
  const voices: Handler = (request, bytes, response) => answerReferences(request, bytes, response, references, mode);
  const healthy: Handler = (_request, _bytes, response) => sendJson(response, 200, { status: "ok" });
  const routes: Record<string, Handler> = {
    ...Object.fromEntries(mode.healthMethods.map((method) => [`${method} /v1/health`, healthy])),
    "POST /v1/tts": speak,
    ...(mode.managesReferences && {
      "POST /v1/references/add": voices,
      "GET /v1/references/list": voices,
      "DELETE /v1/references/delete": voices,
      "POST /v1/references/update": voices,
    }),
    ...(mode.webUi && { "GET /ui": (_request, _bytes, response) => sendJson(response, 404, { error: webUiMissing }) }),
  };
  const twinRoutes: Record<string, () => unknown> = {
    "GET /_twin/requests": () => seen,
    "GET /_twin/faults": () => ({
      ...Object.fromEntries(Object.entries(triggers).map(([name, { does }]) => [name, does])),
      ...habits,
    }),
    "GET /_twin/folders": () => references.folders(),
  };

  if (bootMs > 0) await sleep(clock, bootMs * made.timeScale);
  const server: TwinServer = await startTwinServer({ host, port }, keepAliveMs, async (request, response) => {
    const key = `${request.method} ${pathOf(request)}`;
    const twinRoute = twinRoutes[key];
    if (twinRoute !== undefined) return sendJson(response, 200, twinRoute());
    if (key === "POST /v1/tts") entries.set(request, noteTts(seen, request, response, clock));
    const bytes = await readBody(request);
    await serial(async () => {
      if (closing.signal.aborted) return;
      const route = routes[key];
      if (mode.checksKey && apiKey !== undefined && refusesKey(request, response, apiKey)) return;
      if (route !== undefined) await route(request, bytes, response);
      else refuseRoute(request, response, Object.keys(routes));
    });
  });

  return {
    url: server.url,
    seen: () => seen,
    folders: references.folders,
    async close() {
      closing.abort();
      await server.close();
    },
  };
}

type Handler = (request: IncomingMessage, bytes: Buffer, response: ServerResponse) => void | Promise<void>;

const webUiMissing = "WebUI not built. Run: cd awesome_webui && npm run build";
