/** The properties in which the APIs of Fish-Speech's generations differ; `fishModes` has one entry per generation. */
export interface FishMode {
  /** The accepted content types, as in the `accept` header of a 415. */
  contentTypes: readonly string[];
  /** Whether a reference's audio in JSON is base64; in earlier releases the bytes were written as text. */
  base64References: boolean;
  /** The values of the field `format` that pass validation; all except `wav` are then answered with an error. */
  formats: readonly string[];
  /** `use_memory_cache` values that pass validation. */
  memoryCache: readonly string[];
  /** `latency` values that pass validation; empty if the release does not have the field, and ignores it. */
  latencies: readonly string[];
  /** Whether a streamed body begins with a 44-byte WAV header, whose sizes are wrong. */
  streamHeader: boolean;
  /**
   * Where a text is split into segments: nowhere, at `<|speaker:N|>` tags, or at punctuation marks so that no segment
   * is too long in bytes.
   */
  split: "none" | "speakers" | "bytes";
  /** The HTTP methods of the health check. */
  healthMethods: readonly ("GET" | "POST")[];
  /** Whether `--api-key` is enforced. */
  checksKey: boolean;
  /** Whether voices are managed below `/v1/references/`. */
  managesReferences: boolean;
  /** Whether internal errors are reported as one generic sentence; earlier releases sent the exception's message. */
  hidesExceptions: boolean;
  /** Whether the server knows the path `/ui`. It answers with an error: the page is missing in the real release too. */
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
 * The generations of Fish-Speech that can be imitated, by release: 1.4 (content types as in 1.4.0, fields as in 1.4.3),
 * 1.5.0, 1.5.1, OpenAudio S1 since 2025-09-21, and S2-Pro.
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

/** The name of a generation of Fish-Speech that can be imitated. */
export type FishModeName = keyof typeof fishModes;
