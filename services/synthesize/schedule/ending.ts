import type { Retry } from "./segment.ts";
import type { Sign } from "./workers/worker.ts";

/** How an attempt ended. */
export interface Ending {
  /** Audio that went on or is about to, in seconds; 0 if the segment is attempted again, or came to nothing. */
  readonly seconds: number;
  /** The segment is attempted again, elsewhere if it can be, and why. */
  readonly retry?: Retry | undefined;
  /** Whether what was spoken was noise, as far as the guard can tell. Default: nothing was judged. */
  readonly isGarbled?: boolean | undefined;
  /** What it says of the worker. */
  readonly sign: Sign;
  /** The worker asked to be left alone for so long. Default 0. */
  readonly pauseMs?: number | undefined;
}
