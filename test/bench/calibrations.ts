import { type FishCost, type VllmCost, vllmCosts } from "../../infra/cost/cost.ts";

/** The engines that every side of a run stands before. */
export interface Calibration {
  /** Its name on the command line and in reports. */
  readonly name: string;
  /** What it imitates, for reports. */
  readonly about: string;
  readonly vllm: VllmCost;
  readonly fish: FishCost;
  /** Fish-Speech workers, each of which speaks one request at a time. */
  readonly workers: number;
}

/** One card writes, the other three of a four-card host speak: the split that holds the most speakers. */
const workers = 3;
/** Milliseconds before a request's first frame: the middle of the 30 to 100 that were seen. */
const startMs = 45;

/**
 * The engines as they are measured or claimed elsewhere. All are printed with every figure: the gain of one side over another depends on them.
 * An engine that batches gets a row with its published curve once its stand-in exists.
 */
export const calibrations = {
  fish15: {
    name: "fish15",
    about: "Fish-Speech 1.5, compiled, RTX 4090: 15 s of speech a second (its README)",
    vllm: vllmCosts.tp1,
    fish: { startMs, realTimeFactor: 1 / 15 },
    workers,
  },
  s1mini: {
    name: "s1mini",
    about: "OpenAudio S1-mini, compiled, RTX 4090: 7 s of speech a second (its documentation)",
    vllm: vllmCosts.tp1,
    fish: { startMs, realTimeFactor: 1 / 7 },
    workers,
  },
  s2ref: {
    name: "s2ref",
    about: "Fish-Speech S2 by its reference server: 1.5 s of speech a second",
    vllm: vllmCosts.tp1,
    fish: { startMs, realTimeFactor: 1 / 1.5 },
    workers,
  },
} as const satisfies Record<string, Calibration>;

/** A calibration by name. */
export type CalibrationName = keyof typeof calibrations;
