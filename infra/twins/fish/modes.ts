/** How a generation of Fish-Speech differs on the wire. A new generation is a new row. */
export interface FishMode {
  /** What a body may be; the words are those of the `accept` header of a 415. */
  contentTypes: readonly string[];
  /** A reference's audio in JSON is base64; before that it was the text itself. */
  base64References: boolean;
  /** `format` values that pass the schema; of them only wav (and mp3) work. */
  formats: readonly string[];
  /** `use_memory_cache` values that pass the schema. */
  memoryCache: readonly string[];
  /** `latency` values that pass the schema; empty: there is no such field, and one is dropped. */
  latencies: readonly string[];
  /** A streamed body begins with a 44-byte WAV header whose sizes are wrong. */
  streamHeader: boolean;
  /** Where one text becomes several segments: nowhere, at `<|speaker:N|>` tags, or at marks so that none is too long. */
  split: "none" | "speakers" | "bytes";
  /** How health may be asked. */
  healthMethods: readonly ("GET" | "POST")[];
  /** `--api-key` does what it says. */
  checksKey: boolean;
  /** Voices are managed below `/v1/references/`. */
  managesReferences: boolean;
  /** What fails within is told as one sentence; before that in the exception's own words. */
  hidesExceptions: boolean;
  /** Serves the page `/ui`, which is not built. */
  webUi: boolean;
}

const s1 = {
  contentTypes: ["application/msgpack", "application/json", "multipart/form-data"],
  base64References: true,
  formats: ["wav", "pcm", "mp3"],
  memoryCache: ["on", "off"],
  latencies: [],
  streamHeader: false,
  split: "none",
  healthMethods: ["GET", "POST"],
  checksKey: true,
  managesReferences: true,
  hidesExceptions: true,
  webUi: false,
} as const satisfies FishMode;

const v151 = {
  ...s1,
  contentTypes: ["application/msgpack", "application/json"],
  split: "bytes",
  managesReferences: false,
  hidesExceptions: false,
} as const satisfies FishMode;

const v150 = { ...v151, streamHeader: true, healthMethods: ["POST"], checksKey: false } as const satisfies FishMode;

/**
 * The generations there are, by release: 1.4 (content types as 1.4.0, fields as 1.4.3), 1.5.0, 1.5.1; OpenAudio S1 since
 * 2025-09-21, S2-Pro.
 */
export const fishModes = {
  "1.4": {
    ...v150,
    contentTypes: ["application/msgpack"],
    base64References: false,
    memoryCache: ["on-demand", "never"],
    latencies: ["normal", "balanced"],
  },
  "1.5.0": v150,
  "1.5.1": v151,
  s1,
  s2: {
    ...s1,
    formats: ["wav", "pcm", "mp3", "opus"],
    latencies: ["normal", "balanced"],
    split: "speakers",
    webUi: true,
  },
} as const satisfies Record<string, FishMode>;

/** A generation by name. */
export type FishModeName = keyof typeof fishModes;
