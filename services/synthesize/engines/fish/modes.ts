/** How a generation of Fish-Speech's server wants to be asked. */
export interface FishMode {
  /** The format of a request's body; 1.4.0 reads no JSON. */
  readonly body: "json" | "msgpack";
  /** Whether it cuts a long text itself and sends each part when it is done. S1 and S2 do not, and send no byte earlier. */
  readonly streams: boolean;
  /** How its health is asked; up to 1.5.0 GET is answered 405. */
  readonly healthMethod: "GET" | "POST";
  /** Whether `/v1/references/list` is there. S1 has it since 2025-09-21. */
  readonly listsReferences: "always" | "since-late" | "never";
  /** The value that lets it keep an encoded reference; 1.4's one would share a reference among all callers. */
  readonly memoryCache: "on" | "never";
  /** Fields of the probe in `signs.ts` that its schema refuses, in order of the alphabet. */
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

/** The generations there are: releases 1.4.x, 1.5.0 and 1.5.1, OpenAudio S1, S2-Pro. */
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

/** A generation by name. */
export type FishModeName = keyof typeof fishModes;
