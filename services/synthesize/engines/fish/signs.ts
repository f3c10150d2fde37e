import { encode } from "@msgpack/msgpack";
import type { Dispatcher } from "undici";
import { type FishMode, type FishModeName, fishModes } from "./modes.ts";

/** What a server answered when it was asked what it is. */
export interface FishSigns {
  /** The status of `GET /v1/health`. */
  readonly getHealth: number;
  /** The status of `GET /v1/references/list`. */
  readonly listReferences: number;
  /** Fields of the probe that its schema refused; undefined if it did not answer as a Fish-Speech does. */
  readonly refused: readonly string[] | undefined;
}

/** Sends a request: GET, or POST if there is a body of MessagePack. */
export type Ask = (path: string, body?: Uint8Array) => Promise<Dispatcher.ResponseData>;

/** Without a text it makes no sound in any generation: all that comes of it is what the schema says of the other fields. */
const probe = encode({ format: "opus", use_memory_cache: "never" });

/** Asks a server that is idle. */
export async function readSigns(ask: Ask): Promise<FishSigns> {
  const status = async (path: string) => {
    const { statusCode, body } = await ask(path);
    await body.dump();
    return statusCode;
  };
  return {
    getHealth: await status("/v1/health"),
    listReferences: await status("/v1/references/list"),
    refused: await refusedFields(await ask("/v1/tts", probe)),
  };
}

/** The generations that a server may be that answered so. */
export function modesOf(signs: FishSigns): FishModeName[] {
  return (Object.keys(fishModes) as FishModeName[]).filter((name) => mayBe(fishModes[name], signs));
}

function mayBe(mode: FishMode, { getHealth, listReferences, refused }: FishSigns): boolean {
  if ((getHealth === 405) !== (mode.healthMethod === "POST")) return false;
  if (refused !== undefined && refused.join() !== mode.refuses.join()) return false;
  if (mode.listsReferences === "since-late") return true;
  return (listReferences !== 404) === (mode.listsReferences === "always");
}

/** The first names in the paths of a pydantic list, but for the text that is missing on purpose. */
async function refusedFields({ statusCode, body }: Dispatcher.ResponseData): Promise<string[] | undefined> {
  const faults = (await body.json().catch(() => undefined)) as { loc?: unknown[] }[] | undefined;
  if (statusCode !== 422 || !Array.isArray(faults)) return undefined;
  return [...new Set(faults.map(({ loc }) => String(loc?.at(-1))))].filter((field) => field !== "text").sort();
}
