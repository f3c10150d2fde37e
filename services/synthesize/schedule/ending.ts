import type { Sign } from "./workers.ts";

/** How a worker's piece of work ended. */
export interface Ending {
  /** Audio that went on or is about to, in seconds; 0 if it is spoken once more, or came to nothing. */
  readonly seconds: number;
  /**
   * The segment is spoken once more, elsewhere if it can be. What that uses up: the one `attempt` that its own fault costs; one of
   * a few losses with a worker (`lost`); or `nothing`, since it never reached an engine that would have worked on it.
   */
  readonly again?: "attempt" | "lost" | "nothing" | undefined;
  /** What it says of the worker. */
  readonly sign: Sign;
  /** The worker asked to be left alone for so long. Default 0. */
  readonly pauseMs?: number | undefined;
}
