import type { Dispatcher } from "undici";
import { withoutCredentials } from "../../../../infra/net/address.ts";
import { createHttp, readText } from "../../../common/engine/http.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import type { Voice } from "../engine.ts";

/** What a server answered to a question. */
export interface Told {
  readonly status: number;
  /** Its JSON; undefined if it is none. */
  readonly value: unknown;
}

/** Asks a server: with a body by POST, else by GET. Throws EngineError `unauthorized` or `unreachable`, or the signal's reason. */
export type Ask = (path: string, body?: object) => Promise<Told>;

/** What is sent so that a voice speaks. */
export interface Spoken {
  readonly path: string;
  readonly body: object;
}

/** What a server that was asked is, and can do. */
export interface Known {
  /** What it may be, by how it answers. */
  readonly version: string;
  /** Its voices, the default first. */
  readonly voices: readonly Voice[];
  /** How a voice is asked to speak; undefined if it has no voice of that name. */
  toRequest(voice: string, text: string): Spoken | undefined;
}

/** How servers of one kind are spoken with. */
export interface WholeDialect {
  /** The engine's name, and how people call it. */
  readonly name: string;
  readonly title: string;
  /** How many times as fast as usual it is asked to speak. */
  readonly speed: number;
  /** Headers that show a key. */
  keyed(apiKey: string): Record<string, string>;
  /** Finds out what a server is. Throws an Error that says in one line what is wrong with it: `has no /voices`. */
  learn(ask: Ask): Promise<Known>;
  /** A question that an idle server answers at once with 200, once it is known. */
  readonly health: string;
  /** It calls its WAV files something else: what comes is told by its bytes. */
  readonly mistyped?: true;
  /** The server's own words in a refusal, without what a user wrote; empty if there are none. */
  whatItSaid(body: string): string;
}

/** A server that answers each text with a whole file. */
export interface WholeServer {
  /** Its address, without credentials. */
  readonly address: string;
  /** Requests that it works on for us. It may answer nobody else then, and is not asked. */
  busy: number;
  /** What was learnt of it; undefined before it was reached. */
  readonly known: Known | undefined;
  /** Learns who it is, once. Throws EngineError, which says what is wrong with the address in one line. */
  learn(signal: AbortSignal): Promise<Known>;
  /** Asks it to speak. Throws EngineError `unreachable`, or the signal's reason. */
  speak(spoken: Spoken, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  /** Why it cannot speak, with the remedy; undefined if it can, or does. */
  whyNotReady(): Promise<string | undefined>;
  /** The same, asked also of one that should be speaking. */
  probe(): Promise<string | undefined>;
  /** Destroys its sockets. */
  close(): Promise<void>;
}

/** An idle server lists what it has at once. */
const askTimeoutMs = 2000;

/** Makes the client of a server. */
export function createWholeServer(url: string, apiKey: string | undefined, dialect: WholeDialect): WholeServer {
  const { title, name, health } = dialect;
  const variable = `DUET_${name.toUpperCase()}`;
  const address = withoutCredentials(url);
  const at = `${title} at ${address}`;
  const headers = { accept: "application/json", ...(apiKey !== undefined && dialect.keyed(apiKey)) };
  const http = createHttp({
    url,
    apiKey: undefined,
    unreachable: () => `${at} does not answer`,
    // What was cut is spoken once more by who gave it, on whichever server is free.
    sendAgain: "died-idle",
  });
  let known: Known | undefined;
  let learning: Promise<Known> | undefined;

  const asker =
    (signal: AbortSignal): Ask =>
    async (path, body) => {
      const method = body === undefined ? "GET" : "POST";
      const { statusCode: status, body: answer } = await http.request({
        ...{ method, path, headers, signal },
        ...(body !== undefined && { body }),
      });
      const text = await readText(answer);
      if (status === 401 || status === 403)
        throw new EngineError("unauthorized", `${at} does not accept the key: check ${variable}_API_KEY`);
      return { status, value: parse(text) };
    };

  /** One that is well known elsewhere is told by name: it is the usual mistake. */
  async function ask(ask: Ask): Promise<Known> {
    try {
      return await dialect.learn(ask);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      const { status, value } = await ask("/v1/models");
      const isModelServer = status === 200 && typeof value === "object";
      const remedy = isModelServer
        ? "it lists models: if it speaks, set DUET_SPEECH_URL to it, and if it writes, DUET_VLLM_URL"
        : `check ${variable}_URL`;
      throw new EngineError("misshapen", `${at} ${(error as Error).message}: ${remedy}`);
    }
  }

  const server: WholeServer = {
    address,
    busy: 0,
    get known() {
      return known;
    },
    async learn(signal) {
      if (known !== undefined) return known;
      learning ??= ask(asker(AbortSignal.timeout(askTimeoutMs)))
        .then((found) => {
          known = found;
          return found;
        })
        .finally(() => {
          learning = undefined;
        });
      try {
        return await learning;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof EngineError) throw error;
        throw new EngineError("unreachable", `${at} does not answer: check ${variable}_URL`, { cause: error });
      }
    },
    speak: ({ path, body }, signal) => http.request({ method: "POST", path, headers, body, signal }),
    async whyNotReady() {
      if (server.busy > 0) return undefined;
      const reason = await server.probe();
      // It may have begun to speak while it was asked.
      return server.busy > 0 ? undefined : reason;
    },
    async probe() {
      const signal = AbortSignal.timeout(askTimeoutMs);
      try {
        if (known === undefined) await server.learn(signal);
        const { status } = await asker(signal)(health);
        return status === 200 ? undefined : `${at} answered ${status}`;
      } catch (error) {
        // Another may have come up in its place.
        if (server.busy === 0) known = undefined;
        const isSaid = error instanceof EngineError && error.fault !== "unreachable";
        return isSaid ? error.message : `${at} does not answer: check ${variable}_URL`;
      }
    },
    close: http.close,
  };
  return server;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
