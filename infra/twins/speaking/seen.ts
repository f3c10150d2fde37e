import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../clock/clock.ts";
import { remember } from "../remember.ts";

/** What the stand-in recorded of a request to speak. */
export interface SeenSpeech {
  headers: IncomingHttpHeaders;
  /** The parsed body. */
  body: unknown;
  /**
   * `queued`: the request waits for a slot. `refused`: it was answered with an error before any work. `stopped`: its
   * client left, and the work on it was stopped.
   */
  state: "queued" | "running" | "finished" | "refused" | "failed" | "stopped";
  voice: string | undefined;
  /** How many requests were in progress when the first audio of this request was made, including this request. */
  together: number;
  /** When the request arrived, when each piece of its audio was sent, and when it ended, on the stand-in's clock. */
  receivedAtMs: number;
  piecesAtMs: number[];
  endedAtMs: number | undefined;
  /** How many seconds of audio have been made for the request. */
  audioSeconds: number;
  /** How many seconds of audio were made for the request after the client had left. */
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
