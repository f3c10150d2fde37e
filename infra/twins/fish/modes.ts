/** How a generation of Fish-Speech differs on the wire. A new generation is a new row. */
export interface FishMode {
  /** `format` values that pass the schema; of them only wav (and mp3) work. */
  formats: readonly string[];
  /** A streamed body begins with a 44-byte WAV header whose sizes are wrong. */
  streamHeader: boolean;
  /** Where one text becomes several segments: nowhere, or at `<|speaker:N|>` tags. */
  split: "none" | "speakers";
  /** Serves the page `/ui`, which is not built. */
  webUi: boolean;
}

/** The generations there are: OpenAudio S1 and S2-Pro. */
export const fishModes = {
  s1: { formats: ["wav", "pcm", "mp3"], streamHeader: false, split: "none", webUi: false },
  s2: { formats: ["wav", "pcm", "mp3", "opus"], streamHeader: false, split: "speakers", webUi: true },
} as const satisfies Record<string, FishMode>;

/** A generation by name. */
export type FishModeName = keyof typeof fishModes;
