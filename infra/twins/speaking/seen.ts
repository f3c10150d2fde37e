import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../clock/clock.ts";
import { remember } from "../remember.ts";

/** What the stand-in recorded of a request to speak. */
export interface SeenSpeech {
  headers: IncomingHttpHeaders;
  /** The parsed body. */
  body: unknown;
  /**
   * `queued`: it is waiting for a slot. `refused`: answered with an error before any work. `stopped`: its client left,
   * and the work was stopped.
   */
  state: "queued" | "running" | "finished" | "refused" | "failed" | "stopped";
  voice: string | undefined;
  /** How many requests, including this one, were in progress when the first audio of this one was made. */
  together: number;
  /** The times at which the request arrived, each piece was sent, and the request ended, on the stand-in's clock. */
  receivedAtMs: number;
  piecesAtMs: number[];
  endedAtMs: number | undefined;
  /** Seconds of audio made. */
  audioSeconds: number;
  /** Seconds of audio made after the client had left. */
  wastedSeconds: number;
  /** Whether the client left before the answer was complete, and when. */
  clientLeft: boolean;
  clientLeftAtMs: number | undefined;
}

/** Records a request when it arrives, and when its client leaves. */
export function noteSpeech(
  seen: SeenSpeech[],
  request: IncomingMessage,
  response: ServerResponse,
  clock: Clock,
): SeenSpeech {
  const entry: SeenSpeech = {
    headers: request.headers,
    body: undefined,
    state: "queued",
    voice: undefined,
    together: 0,
    receivedAtMs: clock.now(),
    piecesAtMs: [],
    endedAtMs: undefined,
    audioSeconds: 0,
    wastedSeconds: 0,
    clientLeft: false,
    clientLeftAtMs: undefined,
  };
  remember(seen, entry);
  response.once("close", () => {
    entry.clientLeft = !response.writableFinished;
    if (entry.clientLeft) entry.clientLeftAtMs = clock.now();
  });
  return entry;
}
