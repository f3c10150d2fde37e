import { type FishCost, type SpeechCost, speechCosts, type VllmCost, vllmCosts } from "../../infra/cost/cost.ts";

/** The engines that every side of a run stands before. */
export interface Calibration {
  /** Its name on the command line and in reports. */
  readonly name: string;
  /** What it imitates, for reports. */
  readonly about: string;
  readonly vllm: VllmCost;
  readonly voice: VoiceCost;
  /** The voice's servers, each on a card of its own. */
  readonly workers: number;
}

/**
 * What the voice's servers cost: Fish-Speech speaks one request at a time and all of it at once; others batch, and
 * stream.
 */
export type VoiceCost =
  | { readonly kind: "serial"; readonly cost: FishCost }
  | { readonly kind: "batching"; readonly cost: SpeechCost };

/** One card writes, the other three of a four-card host speak: the split that holds the most speakers. */
const workers = 3;
/** Milliseconds before a request's first frame: the middle of the 30 to 100 that were seen. */
const startMs = 45;

/**
 * The engines as they are measured or claimed elsewhere. All are printed with every figure: the gain of one side over
 * another depends on them.
 */
export const calibrations = {
  fish15: {
    name: "fish15",
    about: "Fish-Speech 1.5, compiled, RTX 4090: 15 s of speech a second (its README)",
    vllm: vllmCosts.tp1,
    voice: { kind: "serial", cost: { startMs, realTimeFactor: 1 / 15 } },
    workers,
  },
  s1mini: {
    name: "s1mini",
    about: "OpenAudio S1-mini, compiled, RTX 4090: 7 s of speech a second (its documentation)",
    vllm: vllmCosts.tp1,
    voice: { kind: "serial", cost: { startMs, realTimeFactor: 1 / 7 } },
    workers,
  },
  s2ref: {
    name: "s2ref",
    about: "Fish-Speech S2 by its reference server: 1.5 s of speech a second",
    vllm: vllmCosts.tp1,
    voice: { kind: "serial", cost: { startMs, realTimeFactor: 1 / 1.5 } },
    workers,
  },
  voxcpm: {
    name: "voxcpm",
    about: "VoxCPM2 in nano-vLLM, RTX 4090: batches, and streams by 160 ms (VoxCPM#374)",
    vllm: vllmCosts.tp1,
    voice: { kind: "batching", cost: speechCosts["voxcpm-4090"] },
    workers,
  },
  voxcpm1: {
    name: "voxcpm1",
    about: "the same on one card in place of three",
    vllm: vllmCosts.tp1,
    voice: { kind: "batching", cost: speechCosts["voxcpm-4090"] },
    workers: 1,
  },
  cosyvoice: {
    name: "cosyvoice",
    about: "CosyVoice2 in TensorRT-LLM, L20: batches, and streams by the second (its runtime/triton_trtllm)",
    vllm: vllmCosts.tp1,
    voice: { kind: "batching", cost: speechCosts["cosyvoice2-l20"] },
    workers,
  },
} as const satisfies Record<string, Calibration>;

/** A calibration by name. */
export type CalibrationName = keyof typeof calibrations;
