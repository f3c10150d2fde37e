import type { Dispatcher } from "undici";
import { withoutCredentials } from "../../../../infra/net/address.ts";
import { createHttp, readText } from "../../../common/engine/http.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import type { Voice } from "../engine.ts";
import { createLearning } from "../learning.ts";

/** A server's response to a query. */
export interface Told {
  readonly status: number;
  /** The answer's body, parsed; undefined if the body is not JSON. */
  readonly value: unknown;
}

/**
 * Queries a server, by GET or, with a body, by POST. Throws EngineError `unauthorized` or `unreachable`, or the
 * signal's reason.
 */
export type Ask = (path: string, body?: object) => Promise<Told>;

/** A request for speech. */
export interface Spoken {
  readonly path: string;
  readonly body: object;
}

/** What the responses of a speech server have shown about it. */
export interface Known {
  /** The server's version, judging by its responses. */
  readonly version: string;
  /** The server's voices, the default first. */
  readonly voices: readonly Voice[];
  /** The request for speech in a voice; undefined if there is no voice of that name. */
  toRequest(voice: string, text: string): Spoken | undefined;
}

/** How one kind of server differs from others: its requests, its answers and its API key. */
export interface WholeDialect {
  /** The engine's name in settings, and its name in messages to people. */
  readonly name: string;
  readonly title: string;
  /** The speed at which the server is asked to speak, relative to normal. */
  readonly speed: number;
  /** The headers that carry an API key. */
  keyed(apiKey: string): Record<string, string>;
  /** Asks a server for its version, voices and so on. Throws an Error with a short description: `has no /voices`. */
  learn(ask: Ask): Promise<Known>;
  /** The path of a health check: an idle server of this kind answers it at once, with status 200. */
  readonly health: string;
  /** Whether the server labels WAV files with a wrong content type, so that they are recognized by their bytes. */
  readonly mistyped?: true;
  /** The server's own message in an error, without anything a user wrote; empty if there is none. */
  whatItSaid(body: string): string;
}

/** A server that answers each text with a whole audio file. */
export interface WholeServer {
  /** The server's URL, without credentials. */
  readonly address: string;
  /**
   * How many of our requests the server is working on. While busy it may answer nothing else, so it is not checked.
   */
  busy: number;
  /** What was learned about the server; undefined until it has been reached. */
  readonly known: Known | undefined;
  /** Returns `known`; if that is undefined, asks the server first. Throws an EngineError that says what is wrong. */
  learn(signal: AbortSignal): Promise<Known>;
  /** Sends a request for speech. Throws EngineError `unreachable`, or the signal's reason. */
  speak(spoken: Spoken, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  /** Why the server cannot speak, and what to do; undefined if it can, or is speaking. */
  whyNotReady(): Promise<string | undefined>;
  /** Like `whyNotReady`, but asks the server even while it is thought to be speaking. */
  probe(): Promise<string | undefined>;
  /** Destroys all sockets to the server. */
  close(): Promise<void>;
}

/** The time limit for requests that ask for no speech, such as for a list of voices: an idle server answers at once. */
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
    // Sends a request again only if its idle connection had died. The caller retries cut-off speech on any free server.
    sendAgain: "died-idle",
  });

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

  /**
   * Asks the server what it is. If it is not of the expected kind, checks whether it is a well-known server of another
   * kind, since a wrong setting is the usual cause.
   */
  async function ask(ask: Ask): Promise<Known> {
    try {
      return await dialect.learn(ask);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      const { status, value } = await ask("/v1/models");
      const isModelServer = status === 200 && typeof value === "object";
      const remedy = isModelServer
        ? "it lists models: set DUET_SPEECH_URL to it if it generates speech, or DUET_VLLM_URL if it generates text"
        : `check ${variable}_URL`;
      throw new EngineError("misshapen", `${at} ${(error as Error).message}: ${remedy}`);
    }
  }

  const unreachable = `${at} does not answer: check ${variable}_URL`;
  const learning = createLearning(() => ask(asker(AbortSignal.timeout(askTimeoutMs))), unreachable);
  const server: WholeServer = {
    address,
    busy: 0,
    get known() {
      return learning.known;
    },
    learn: learning.learn,
    speak: ({ path, body }, signal) => http.request({ method: "POST", path, headers, body, signal }),
    async whyNotReady() {
      if (server.busy > 0) return undefined;
      const reason = await server.probe();
      // If the server has started to speak in the meantime, its silence is no fault.
      return server.busy > 0 ? undefined : reason;
    },
    async probe() {
      const signal = AbortSignal.timeout(askTimeoutMs);
      try {
        if (learning.known === undefined) await learning.learn(signal);
        const { status } = await asker(signal)(health);
        return status === 200 ? undefined : `${at} answered ${status}`;
      } catch (error) {
        // When a server answers at this URL again, it may be a different one, so what was learned is forgotten.
        if (server.busy === 0) learning.forget();
        const isSaid = error instanceof EngineError && error.fault !== "unreachable";
        return isSaid ? error.message : unreachable;
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
