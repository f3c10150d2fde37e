import type { Dispatcher } from "undici";
import { withoutCredentials } from "../../../../infra/net/address.ts";
import { createHttp } from "../../../common/engine/http.ts";
import { type FishModeName, fishModes } from "./modes.ts";
import { type Ask, modesOf, readSigns } from "./signs.ts";

/** How to reach a Fish-Speech server. */
export interface FishWorkerOptions {
  readonly url: string;
  /** The generation of Fish-Speech to which the server should belong. */
  readonly mode: FishModeName;
  /** The API key, sent as a bearer token; undefined if the server needs none. */
  readonly apiKey: string | undefined;
}

/** A Fish-Speech server, which handles one request at a time. */
export interface FishWorker {
  /** The server's URL, without credentials. */
  readonly address: string;
  /** Whether the server is speaking: then it answers no other request, and is sent none. */
  busy: boolean;
  /** The generations to which the server may belong, as last observed; empty if the server was not reached. */
  readonly versions: readonly FishModeName[];
  /** Sends a GET request. Throws EngineError `unreachable`, or the signal's reason. */
  get(path: string, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  /** Posts bytes as MessagePack, anything else as JSON. Throws like `get`. */
  post(path: string, body: object | Uint8Array, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  /** Why the server cannot speak, and what to do; undefined if it can, or is speaking. */
  whyNotReady(): Promise<string | undefined>;
  /**
   * Like `whyNotReady`, but asks the server even while it is thought to be speaking; a server that is indeed speaking
   * answers only once it has finished.
   */
  probe(): Promise<string | undefined>;
  /** Destroys all sockets to the server. */
  close(): Promise<void>;
}

/** How long to wait for a worker's health check, which an idle worker answers at once. */
const healthTimeoutMs = 2000;
const noBytes = new Uint8Array();
const accept = { accept: "application/json" };

/** Makes the client of a server. */
export function createFishWorker({ url, mode, apiKey }: FishWorkerOptions): FishWorker {
  const address = withoutCredentials(url);
  const http = createHttp({
    url,
    apiKey,
    unreachable: () => `Fish-Speech at ${address} does not answer`,
    // Sends a request again only if its idle connection had died. The caller retries cut-off speech on any free worker.
    sendAgain: "died-idle",
  });
  /** Whether the server's generation has been determined since the server last came up. */
  let told = false;
  let versions: readonly FishModeName[] = [];

  const get: FishWorker["get"] = (path, signal) => http.request({ method: "GET", path, headers: accept, signal });
  const post: FishWorker["post"] = (path, body, signal) => {
    const type = body instanceof Uint8Array && { "content-type": "application/msgpack" };
    return http.request({ method: "POST", path, headers: { ...accept, ...type }, body, signal });
  };

  function asker(): Ask {
    const signal = AbortSignal.timeout(healthTimeoutMs);
    return (path, body) => (body === undefined ? get(path, signal) : post(path, body, signal));
  }

  /**
   * Checks only the health of a server whose generation is known; returns what is wrong, or undefined if it is well.
   */
  async function whyUnwell(): Promise<string | undefined> {
    const { statusCode, body } = await asker()(
      "/v1/health",
      fishModes[mode].healthMethod === "POST" ? noBytes : undefined,
    );
    await body.dump();
    return notWell(statusCode);
  }

  async function whyOther(): Promise<string | undefined> {
    const signs = await readSigns(asker());
    if (signs.getHealth !== 405 && signs.getHealth !== 200) return notWell(signs.getHealth);
    versions = modesOf(signs);
    told = versions.includes(mode);
    if (told) return undefined;
    const remedy =
      versions.length > 0
        ? ` but looks like ${versions.join(" or ")}: set DUET_FISH_MODE to match`
        : ": check DUET_FISH_MODE";
    return `Fish-Speech at ${address} is not ${mode}${remedy}`;
  }

  function notWell(status: number): string | undefined {
    if (status === 401) return `Fish-Speech at ${address} does not accept the key: check DUET_FISH_API_KEY`;
    return status === 200 ? undefined : `Fish-Speech at ${address} answered ${status}`;
  }

  const worker: FishWorker = {
    address,
    busy: false,
    get versions() {
      return versions;
    },
    get,
    post,
    async whyNotReady() {
      if (worker.busy) return undefined;
      const reason = await worker.probe();
      // If the worker has started to speak in the meantime, its silence is no fault.
      return worker.busy ? undefined : reason;
    },
    async probe() {
      try {
        return told ? await whyUnwell() : await whyOther();
      } catch {
        if (!worker.busy) {
          told = false;
          versions = [];
        }
        return `Fish-Speech at ${address} does not answer: check DUET_FISH_URL`;
      }
    },
    close: http.close,
  };
  return worker;
}
