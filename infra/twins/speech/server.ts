import type { IncomingMessage, ServerResponse } from "node:http";
import { type Clock, sleep, systemClock } from "../../clock/clock.ts";
import type { SpeechCost } from "../../cost/cost.ts";
import { exactLaw, type Law } from "../../cost/law.ts";
import { pathOf, readBody, sendJson, startTwinServer, type TwinServer, uvicornKeepAliveMs } from "../http.ts";
import { createSerial } from "../serial.ts";
import { type Speaker, toneSpeaker } from "../sound/speaker.ts";
import { createBatch } from "../speaking/batch.ts";
import { createTriggers, triggers } from "../speaking/faults.ts";
import { noteSpeech, type SeenSpeech } from "../speaking/seen.ts";
import { type AnswerContext, answerSpeech } from "./answer.ts";
import { habits } from "./habits.ts";
import type { SpeechKind } from "./kinds/kind.ts";
import { type SpeechKindName, speechKinds } from "./kinds/kinds.ts";
import { sendBody, sendSaid } from "./wire/head.ts";
import { readSpeechRequest } from "./wire/request.ts";

/** Options of startSpeechTwin. */
export interface SpeechTwinOptions {
  /** The address to listen at. Default: 127.0.0.1. */
  host: string;
  /** The port to listen at. Default: 0, which means any free port. */
  port: number;
  /** The server to imitate. Default: `vllm-omni`. */
  kind: SpeechKindName;
  /** The bearer token that requests must carry. Default: no token is required. */
  apiKey: string | undefined;
  /** The names of the models that the stand-in serves. Default: those that the imitated server usually has. */
  models: readonly string[] | undefined;
  voices: readonly string[] | undefined;
  /** The sample rate of the audio. Default: that of the imitated server's model. */
  sampleRateHertz: number | undefined;
  /** How long requests take, by the number of concurrent requests. Default: the usual curve of the server. */
  cost: SpeechCost | undefined;
  /** How many requests may wait for a slot; further ones get 503. Default: any number. */
  maxQueued: number;
  /** Converts a duration predicted by `cost` to the simulated one, for example by adding jitter. Default: no change. */
  law: Law;
  /** What produces the audio. Default: tones. */
  speaker: Speaker;
  /** Whether words in a text trigger faults. Default: true. */
  faults: boolean;
  /** The trigger word of a fault that is applied to every request. Default: none. */
  fault: string | undefined;
  /** How long connections are refused after the fault RESTART, in milliseconds. Default: 1500. */
  restartMs: number;
  /** Multiplies all delays; 0 is as fast as possible. Default: 1. */
  timeScale: number;
  /** How long the stand-in pretends to load before it listens, in milliseconds. Default: 0. */
  bootMs: number;
  /** How long an idle connection stays open, in milliseconds. Default: 5000, as in uvicorn. */
  keepAliveMs: number;
  /** The clock by which times are recorded and delays are waited for. Default: the system clock. */
  clock: Clock;
}

/** A running stand-in for a speech server. */
export interface SpeechTwin {
  /** The stand-in's URL. */
  readonly url: string;
  /** The imitated server. Only stand-ins for speech servers have this field, so it also identifies their type. */
  readonly speaks: SpeechKindName;
  /** The latest 2000 speech requests, in order of arrival. */
  seen(): readonly SeenSpeech[];
  /** Closes the stand-in and all its connections. */
  close(): Promise<void>;
}

const defaults: SpeechTwinOptions = {
  host: "127.0.0.1",
  port: 0,
  kind: "vllm-omni",
  apiKey: undefined,
  models: undefined,
  voices: undefined,
  sampleRateHertz: undefined,
  cost: undefined,
  maxQueued: Number.POSITIVE_INFINITY,
  law: exactLaw,
  speaker: toneSpeaker,
  faults: true,
  fault: undefined,
  restartMs: 1500,
  timeScale: 1,
  bootMs: 0,
  keepAliveMs: uvicornKeepAliveMs,
  clock: systemClock,
};

/** Starts a stand-in for a server of `/v1/audio/speech`. */
export async function startSpeechTwin(options: Partial<SpeechTwinOptions> = {}): Promise<SpeechTwin> {
  const made: SpeechTwinOptions = { ...defaults, ...options };
  const { clock, timeScale, law } = made;
  const usual: SpeechKind = speechKinds[made.kind];
  const kind: SpeechKind = {
    ...usual,
    models: made.models ?? usual.models,
    voices: made.voices ?? usual.voices,
    sampleRateHertz: made.sampleRateHertz ?? usual.sampleRateHertz,
    cost: made.cost ?? usual.cost,
  };
  const closing = new AbortController();
  const seen: SeenSpeech[] = [];
  const serial = createSerial();
  const pull = createTriggers(made.faults, made.fault);
  const context: AnswerContext = {
    kind,
    speaker: made.speaker,
    batch: createBatch({ cost: kind.cost, law, clock, timeScale, signal: closing.signal }),
    maxQueued: made.maxQueued,
    clock,
    timeScale,
    restart: () => server.restart(made.restartMs),
    closing: closing.signal,
  };

  const speak: Handler = async (bytes, response, entry) => {
    const body = parse(bytes);
    if (entry !== undefined) entry.body = body;
    const read = readSpeechRequest(body);
    if (entry === undefined || "status" in read) {
      if (entry !== undefined) entry.state = "refused";
      return sendSaid(response, kind, "status" in read ? read : { status: 400, message: "" });
    }
    await answerSpeech(read, pull(read.input), response, entry, context);
  };
  const get = (value: () => object | string): Handler => {
    return async (_bytes, response) => sendBody(response, kind, 200, value());
  };
  const { listVoices } = kind;
  const routes: Readonly<Record<string, Handler>> = {
    "POST /v1/audio/speech": speak,
    "GET /v1/models": get(() => kind.listModels(kind.models)),
    [kind.web === "go" ? "GET /readyz" : "GET /health"]: get(() => kind.health),
    ...(listVoices && { "GET /v1/audio/voices": get(() => listVoices(kind.voices, kind.models[0] ?? "")) }),
  };
  const twinRoutes: Readonly<Record<string, () => unknown>> = {
    "GET /_twin/requests": () => seen,
    "GET /_twin/faults": () => ({
      ...Object.fromEntries(Object.entries(triggers).map(([name, { does }]) => [name, does])),
      ...habits,
    }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = `${request.method} ${pathOf(request)}`;
    const twinRoute = twinRoutes[key];
    if (twinRoute !== undefined) return sendJson(response, 200, twinRoute());
    const entry = key === "POST /v1/audio/speech" ? noteSpeech(seen, request, response, clock) : undefined;
    const bytes = await readBody(request);
    const answer = async () => {
      if (closing.signal.aborted) return;
      const { authorization } = request.headers;
      if (made.apiKey !== undefined && authorization !== `Bearer ${made.apiKey}`)
        return sendSaid(response, kind, { status: 401, message: "Invalid or missing API key" });
      const route = routes[key];
      if (route !== undefined) return route(bytes, response, entry);
      sendBody(response, kind, 404, kind.web === "go" ? kind.errors({ status: 404, message: "Not Found" }) : notFound);
    };
    await (kind.blocks ? serial(answer) : answer());
  }

  if (made.bootMs > 0) await sleep(clock, made.bootMs * timeScale);
  const server: TwinServer = await startTwinServer(made, made.keepAliveMs, handle);
  return {
    url: server.url,
    speaks: made.kind,
    seen: () => seen,
    async close() {
      closing.abort();
      await server.close();
    },
  };
}

type Handler = (bytes: Buffer, response: ServerResponse, entry: SeenSpeech | undefined) => Promise<void>;

const notFound = { detail: "Not Found" };

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
