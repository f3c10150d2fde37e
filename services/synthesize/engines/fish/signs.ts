import { encode } from "@msgpack/msgpack";
import type { Dispatcher } from "undici";
import { type FishMode, type FishModeName, fishModes } from "./modes.ts";

/** How a server responded to the probes that identify it. */
export interface FishSigns {
  /** The HTTP status of `GET /v1/health`. */
  readonly getHealth: number;
  /** The HTTP status of `GET /v1/references/list`. */
  readonly listReferences: number;
  /** The probe's fields that the server's schema rejected; undefined if this seems to be no Fish-Speech server. */
  readonly refused: readonly string[] | undefined;
}

/** Sends a request: GET, or POST if there is a MessagePack body. */
export type Ask = (path: string, body?: Uint8Array) => Promise<Dispatcher.ResponseData>;

/**
 * A request without a text: no generation of Fish-Speech makes any sound for it, so its only result is the schema's
 * verdict on the other fields.
 */
const probe = encode({ format: "opus", use_memory_cache: "never" });

/** Probes a server that is idle. */
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

/** The generations of Fish-Speech that fit the signs observed of a server. */
export function modesOf(signs: FishSigns): FishModeName[] {
  return (Object.keys(fishModes) as FishModeName[]).filter((name) => mayBe(fishModes[name], signs));
}

function mayBe(mode: FishMode, { getHealth, listReferences, refused }: FishSigns): boolean {
  if ((getHealth === 405) !== (mode.healthMethod === "POST")) return false;
  if (refused !== undefined && refused.join() !== mode.refuses.join()) return false;
  if (mode.listsReferences === "since-late") return true;
  return (listReferences !== 404) === (mode.listsReferences === "always");
}

/**
 * The names of the rejected fields: each is the last part of an error path in a pydantic list. The field `text` is left
 * out, since the probe omits it on purpose.
 */
async function refusedFields({ statusCode, body }: Dispatcher.ResponseData): Promise<string[] | undefined> {
  const faults = (await body.json().catch(() => undefined)) as { loc?: unknown[] }[] | undefined;
  if (statusCode !== 422 || !Array.isArray(faults)) return undefined;
  return [...new Set(faults.map(({ loc }) => String(loc?.at(-1))))].filter((field) => field !== "text").sort();
}
