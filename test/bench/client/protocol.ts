import type { IncomingHttpHeaders } from "node:http";
import type { PlannedTurn } from "../draw.ts";
import type { Listener } from "./listener.ts";

/**
 * How a side is called over HTTP/2. Both ways put five bytes before each message: one of flags or kind, four of length.
 */
export interface Protocol {
  readonly path: string;
  readonly headers: Record<string, string>;
  body(turn: PlannedTurn): Uint8Array;
  /** `payload` is valid until it returns. */
  onMessage(flagsOrKind: number, payload: Buffer, listener: Listener): void;
  /** The call is over: what the trailers say, or headers alone. */
  onTrailers(headers: IncomingHttpHeaders, listener: Listener): void;
}
