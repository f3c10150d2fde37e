import { type Kept, nothingKept } from "./kept.ts";
import type { Work } from "./segment.ts";
import type { Part } from "./sizes/border.ts";
import type { GarblePrior } from "./sizes/garble.ts";

/** Options of createSchedule. Times are milliseconds of the driver's clock. */
export interface ScheduleOptions<W extends Work = Work> {
  /** How many requests each worker accepts at once. */
  readonly slots: readonly number[];
  /** How many requests at once each worker is given at first. Default: as many as it accepts (`slots`). See Engine. */
  readonly firstSlots?: readonly number[] | undefined;
  /** A first segment waits until it has at least this many seconds of speech. Default 0. */
  readonly minOpenerSeconds?: number;
  /** How often short speech turns out as noise, according to prior knowledge of the engine. Default: never. */
  readonly garble?: GarblePrior;
  /** The maximum number of characters joined into one segment; a single clause may be longer. */
  readonly segmentMaxCharacters: number;
  /**
   * How soon after its first clause a session's first audio should be heard, in milliseconds. Default 300: what
   * listeners perceive as prompt.
   */
  readonly openerBudgetMs?: number;
  /**
   * A session does not wait for more text if its audio would outlast the engine's work on the next segment by less than
   * this many milliseconds. Default 1500.
   */
  readonly shortSlackMs?: number;
  /** A session with this many seconds of audio that its reader has not taken gets no worker. Default 20. */
  readonly maxUnreadSeconds?: number;
  /** Whether the driver can probe a worker that is away. Default false: such a worker is tried with real work. */
  readonly probes?: boolean;
  /**
   * A segment whose failure was not its own fault waits for a worker until its session's audio runs out, and at least
   * this many milliseconds. Default 2000: enough for a supervisor to restart a worker.
   */
  readonly outageMs?: number;
  /** Cached speech, which needs no worker. Default: none. */
  readonly kept?: Kept<W>;
  /** Divides a clause at one of its soft borders. Default: clauses cannot be divided. */
  readonly part?: Part<W>;
}

/** The defaults of ScheduleOptions. */
export const defaults = {
  minOpenerSeconds: 0,
  garble: [],
  openerBudgetMs: 300,
  shortSlackMs: 1500,
  maxUnreadSeconds: 20,
  probes: false,
  outageMs: 2000,
  kept: nothingKept,
  part: () => undefined,
};
