import { type Kept, nothingKept } from "./kept.ts";
import type { Work } from "./segment.ts";
import type { Part } from "./sizes/border.ts";
import type { GarblePrior } from "./sizes/garble.ts";

/** Options of createSchedule. Times are milliseconds of the driver's clock. */
export interface ScheduleOptions<W extends Work = Work> {
  /** How many requests each worker takes at once. */
  readonly slots: readonly number[];
  /** How many each is given to begin with, where that is fewer; see Engine. */
  readonly firstSlots?: readonly number[] | undefined;
  /** A first segment waits until it holds this much speech. Default 0. */
  readonly minOpenerSeconds?: number;
  /** What is known beforehand of how often short speech is noise. Default: it never is. */
  readonly garble?: GarblePrior;
  /** The most characters joined into one segment; a single clause may be longer. */
  readonly segmentMaxCharacters: number;
  /** How long after its first clause a session's first sound is wanted. Default 300: what listeners take for prompt. */
  readonly openerBudgetMs?: number;
  /** A session whose audio lasts for less than this beyond the work at hand does not wait for more text. Default 1500. */
  readonly shortSlackMs?: number;
  /** A session with this much audio that its reader has not taken gets no worker. Default 20. */
  readonly maxUnreadSeconds?: number;
  /** Whether the driver answers `probe`. Default false: a worker that is away comes back by work on trial. */
  readonly probes?: boolean;
  /**
   * A segment that comes to nothing, by no fault of its own, waits for a worker until its session's audio runs out, and at least this
   * long. Default 2000: a supervisor's restart.
   */
  readonly outageMs?: number;
  /** Speech that was made before, which takes no worker. Default: none is kept. */
  readonly kept?: Kept<W>;
  /** Parts a clause at one of its borders. Default: none can be parted. */
  readonly part?: Part<W>;
}

/** What options are where they are not given. */
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
