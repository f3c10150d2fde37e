import type { Calibration, CalibrationName } from "../calibrations.ts";
import type { SideName } from "../sides/names.ts";

/** How turns come. */
export type Load =
  /** Users who ask, wait for the end of the answer, think for a time around `thinkMs` (exponential), and ask again. */
  | { readonly kind: "closed"; readonly users: number; readonly thinkMs: number }
  /** Turns that come at random moments, whether or not those before are done. */
  | { readonly kind: "open"; readonly perSecond: number };

/** The most turns at once: one a user; as many as nobody will see in an open load, which has no bound of its own. */
export function mostAtOnce(load: Load): number {
  return load.kind === "closed" ? load.users : 64;
}

/** How long a cell takes. */
export interface CellTime {
  /** Turns meant to begin before this are no part of the figures, in milliseconds from the cell's start. */
  readonly warmMs: number;
  /**
   * Turns meant to begin from here on are no part of them either; the load goes on until those that count have ended.
   */
  readonly untilMs: number;
  /** A turn that has not ended by now counts as unfinished. */
  readonly endMs: number;
}

/** What a scenario measures besides turns. */
export type Probe =
  /** The caller leaves this long after the first sound; when do the engines fall quiet? */
  | { readonly kind: "cancel"; readonly afterFirstSoundMs: number }
  /** What a side adds to the engines' own time, and what an open session costs. */
  | { readonly kind: "overhead" }
  /** From the start of the side's processes. */
  | { readonly kind: "cold-start" };

/** What is run: data alone. A runner, on real processes or in virtual time, takes it cell by cell. */
export interface Scenario {
  readonly name: string;
  /** What it shows, in one sentence. */
  readonly about: string;
  readonly calibrations: readonly CalibrationName[];
  /** In the order of the first row; every second row runs the other way round. */
  readonly sides: readonly SideName[];
  readonly loads: readonly Load[];
  readonly time: CellTime;
  readonly repeats: number;
  /** Mean length of the replies, in tokens; undefined: as they stand in the file. */
  readonly meanTokens: number | undefined;
  readonly probe: Probe | undefined;
  /** As many workers as there are users, so that no turn waits for another: what is left is the side's own. */
  readonly workerForEachUser: boolean;
  /** Figures that somebody else published for the same loads, printed beside ours. */
  readonly published: readonly Published[];
}

/** A published row. */
export interface Published {
  readonly source: string;
  readonly users: number;
  readonly firstAudioMs: number;
  readonly endToEndMs: number;
  /** Turns that succeeded, 0 to 1. */
  readonly success: number;
}

/** One side under one load before one calibration: what a runner is given. */
export interface Cell {
  readonly scenario: string;
  readonly side: SideName;
  readonly calibration: Calibration;
  readonly load: Load;
  readonly time: CellTime;
  readonly repeat: number;
  /** Of replies, think times and moments: the same for all sides of a repeat, which are thereby paired. */
  readonly seed: number;
  readonly meanTokens: number | undefined;
  readonly probe: Probe | undefined;
}
