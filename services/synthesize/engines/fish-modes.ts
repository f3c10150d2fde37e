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
}

/** The generations there are: releases 1.4.x, 1.5.0 and 1.5.1, OpenAudio S1, S2-Pro. */
export const fishModes = {
  "1.4": { body: "msgpack", streams: true, healthMethod: "POST", listsReferences: "never", memoryCache: "never" },
  "1.5.0": { body: "json", streams: true, healthMethod: "POST", listsReferences: "never", memoryCache: "on" },
  "1.5.1": { body: "json", streams: true, healthMethod: "GET", listsReferences: "never", memoryCache: "on" },
  s1: { body: "json", streams: false, healthMethod: "GET", listsReferences: "since-late", memoryCache: "on" },
  s2: { body: "json", streams: false, healthMethod: "GET", listsReferences: "always", memoryCache: "on" },
} as const satisfies Record<string, FishMode>;

/** A generation by name. */
export type FishModeName = keyof typeof fishModes;

/** What a server answered when it was asked what it is. */
export interface FishSigns {
  /** The status of `GET /v1/health`. */
  readonly getHealth: number;
  /** The status of `GET /v1/references/list`. */
  readonly listReferences: number;
}

/** Whether a server that answered so may be of that generation. */
export function mayBe(mode: FishMode, { getHealth, listReferences }: FishSigns): boolean {
  if ((getHealth === 405) !== (mode.healthMethod === "POST")) return false;
  if (mode.listsReferences === "since-late") return true;
  return (listReferences !== 404) === (mode.listsReferences === "always");
}
