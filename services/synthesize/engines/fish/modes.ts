/** How a generation of Fish-Speech's server expects requests. */
export interface FishMode {
  /** The format of a request's body; 1.4.0 does not accept JSON. */
  readonly body: "json" | "msgpack";
  /**
   * Whether the server splits long texts itself, and sends the audio of each part as soon as it is made. Fish-Speech's
   * generations S1 and S2 do not: their streams begin no earlier than a complete answer would.
   */
  readonly streams: boolean;
  /** The HTTP method of the server's health check; versions up to 1.5.0 answer GET with 405. */
  readonly healthMethod: "GET" | "POST";
  /** Whether `/v1/references/list` exists. `since-late`: only since 2025-09-21, in S1. */
  readonly listsReferences: "always" | "since-late" | "never";
  /**
   * The value of `use_memory_cache`: `on` makes the server cache an encoded reference; `never` is sent to 1.4, whose
   * cache would share a reference among all callers.
   */
  readonly memoryCache: "on" | "never";
  /** Fields of the probe in `signs.ts` that the server's schema rejects, in alphabetical order. */
  readonly refuses: readonly string[];
}

const v15 = {
  body: "json",
  streams: true,
  healthMethod: "GET",
  listsReferences: "never",
  memoryCache: "on",
  refuses: ["format", "use_memory_cache"],
} as const satisfies FishMode;

/** The known generations: releases 1.4.x, 1.5.0 and 1.5.1, OpenAudio S1, S2-Pro. */
export const fishModes = {
  "1.4": {
    body: "msgpack",
    streams: true,
    healthMethod: "POST",
    listsReferences: "never",
    memoryCache: "never",
    refuses: ["format"],
  },
  "1.5.0": { ...v15, healthMethod: "POST" },
  "1.5.1": v15,
  s1: { ...v15, streams: false, listsReferences: "since-late" },
  s2: { ...v15, streams: false, listsReferences: "always", refuses: ["use_memory_cache"] },
} as const satisfies Record<string, FishMode>;

/** The name of a generation of Fish-Speech, such as `1.5.1` or `s2`. */
export type FishModeName = keyof typeof fishModes;
