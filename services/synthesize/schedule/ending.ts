import type { Retry } from "./segment.ts";
import type { Sign } from "./workers/worker.ts";

/** How an attempt ended. */
export interface Ending {
  /** Seconds of audio passed on, or about to be passed on, to the reader; 0 if the segment failed or is retried. */
  readonly seconds: number;
  /** Why the segment is attempted again, preferably on another worker; undefined if it is not. */
  readonly retry?: Retry | undefined;
  /** Whether the audio was noise, in the guard's judgment. Default: not judged. */
  readonly isGarbled?: boolean | undefined;
  /** What the attempt revealed about its worker. */
  readonly sign: Sign;
  /** For how long the worker asked not to be used, in milliseconds. Default 0. */
  readonly pauseMs?: number | undefined;
}
