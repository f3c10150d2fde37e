import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../clock/clock.ts";
import { remember } from "../remember.ts";

/** What the twin saw of a TTS request. */
export interface SeenTts {
  headers: IncomingHttpHeaders;
  /** The body, read; undefined until it has its turn, as the server itself sees it no sooner. */
  body: unknown;
  /** `queued`: another request blocks the server. `refused`: answered with an error before any work. `failed`: after it began. */
  state: "queued" | "running" | "finished" | "refused" | "failed";
  /** The voice that spoke: the reference, or one that nobody chose. */
  voice: string | undefined;
  /** It came out as noise, being too short. */
  garbled: boolean;
  /** When it arrived, and when it had its turn, on the twin's clock. */
  receivedAtMs: number;
  startedAtMs: number | undefined;
  /** When each part of the sound was ready to be sent, on the twin's clock. */
  partsAtMs: number[];
  /** Seconds of audio made. */
  audioSeconds: number;
  /** Milliseconds that the server was blocked for it. */
  workMs: number;
  /** The client left before the answer was whole. */
  clientLeft: boolean;
  /** When, on the twin's clock. */
  clientLeftAtMs: number | undefined;
  /** Seconds that the server was blocked for it after the client had left. */
  wastedSeconds: number;
}

/** Notes a request as it arrives, before it has its turn, and when its client leaves. */
export function noteTts(seen: SeenTts[], request: IncomingMessage, response: ServerResponse, clock: Clock): SeenTts {
  const entry: SeenTts = {
    headers: request.headers,
    body: undefined,
    state: "queued",
    voice: undefined,
    garbled: false,
    receivedAtMs: clock.now(),
    startedAtMs: undefined,
    partsAtMs: [],
    audioSeconds: 0,
    workMs: 0,
    clientLeft: false,
    clientLeftAtMs: undefined,
    wastedSeconds: 0,
  };
  remember(seen, entry);
  response.once("close", () => {
    entry.clientLeft = !response.writableFinished;
    if (entry.clientLeft) entry.clientLeftAtMs = clock.now();
  });
  return entry;
}
