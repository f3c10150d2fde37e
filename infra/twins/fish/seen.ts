import type { IncomingHttpHeaders } from "node:http";

/** What the twin saw of a TTS request. */
export interface SeenTts {
  headers: IncomingHttpHeaders;
  /** The body as JSON. */
  body: unknown;
  /** `queued`: another request blocks the server. `refused`: answered with an error. */
  state: "queued" | "running" | "finished" | "refused" | "failed";
  /** The voice that spoke: the reference, or one that nobody chose. */
  voice: string | undefined;
  /** Seconds of audio made. */
  audioSeconds: number;
  /** Milliseconds that the server was blocked for it. */
  workMs: number;
  /** The client had left before the answer was whole. */
  clientLeft: boolean;
  /** Seconds that the server was blocked for it after the client had left. */
  wastedSeconds: number;
}
