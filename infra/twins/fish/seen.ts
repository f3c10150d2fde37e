import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../clock/clock.ts";
import { remember } from "../remember.ts";

/** What the stand-in recorded about a TTS request. */
export interface SeenTts {
  headers: IncomingHttpHeaders;
  /**
   * The request's parsed body. While the request waits in the queue, it is undefined: as in the real server, the body
   * is read only after the wait.
   */
  body: unknown;
  /**
   * `queued`: another request is blocking the server. `refused`: answered with an error before any work. `failed`:
   * failed after work had begun.
   */
  state: "queued" | "running" | "finished" | "refused" | "failed";
  /** The name of the voice that spoke: the requested reference voice, or a random voice. */
  voice: string | undefined;
  /** Whether the speech came out as noise because the text was too short. */
  garbled: boolean;
  /** When the request arrived, and when work on it began, on the stand-in's clock. */
  receivedAtMs: number;
  startedAtMs: number | undefined;
  /** When each part of the audio was ready to be sent, on the stand-in's clock. */
  partsAtMs: number[];
  /** How many seconds of audio have been made for the request. */
  audioSeconds: number;
  /** For how many milliseconds the request blocked the server. */
  workMs: number;
  /** Whether the client left before the answer was complete. */
  clientLeft: boolean;
  /** When the client left, on the stand-in's clock; undefined if it did not. */
  clientLeftAtMs: number | undefined;
  /** For how many seconds the request blocked the server after the client had left. */
  wastedSeconds: number;
}

/** Records a request when it arrives, even if it has to wait, and the time at which its client leaves. */
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
