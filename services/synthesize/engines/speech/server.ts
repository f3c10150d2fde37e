import type { Dispatcher } from "undici";
import { toldServer } from "../../../../infra/engines/speech/listing.ts";
import { withoutCredentials } from "../../../../infra/net/address.ts";
import { createHttp, readText } from "../../../common/engine/http.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import type { Voice } from "../engine.ts";
import { createLearning } from "../learning.ts";
import { type Dialect, type DialectName, dialects } from "./dialects.ts";
import { modelIds, readVoices, type Signs } from "./signs.ts";

/** Options of createSpeechServer. */
export interface SpeechServerOptions {
  readonly url: string;
  /** The API key, sent as a bearer token; undefined if the server needs none. */
  readonly apiKey: string | undefined;
  /** The kind of server, as set by the operator; `auto`: found out from the server's responses. */
  readonly asked: DialectName | "auto";
  /** The model that the operator chose; undefined: the first that the server lists. */
  readonly model: string | undefined;
}

/** What a server has answered when it was asked about itself. */
export interface Known {
  readonly name: DialectName;
  readonly dialect: Dialect;
  readonly model: string;
  /** The voices that the server lists; empty if it lists none. */
  readonly voices: readonly Voice[];
}

/** A server of `/v1/audio/speech`. */
export interface SpeechServer {
  /** The server's address, without credentials. */
  readonly address: string;
  /** How many of our requests the server is working on. */
  busy: number;
  /** Whether the server sends only complete files, as shown by its answers or by its refusal to stream. */
  whole: boolean;
  /** Whether the server's latest speech came as server-sent events. */
  sendsEvents: boolean;
  /** What was learned about the server; undefined until it has been reached. */
  readonly known: Known | undefined;
  /** Asks the server what it is, once. Throws an EngineError that says in one line what is wrong. */
  learn(signal: AbortSignal): Promise<Known>;
  /** Sends a request for speech. Throws EngineError `unreachable`, or the signal's reason. */
  speak(body: object, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  /** Why the server cannot speak, and what to do; undefined if it can, or is speaking. */
  whyNotReady(): Promise<string | undefined>;
  /** Like `whyNotReady`, but asks the server even while it is thought to be speaking. */
  probe(): Promise<string | undefined>;
  /** Destroys all sockets to the server. */
  close(): Promise<void>;
}

/** How long to wait for an answer other than speech; an idle server gives it at once. */
const askTimeoutMs = 2000;

/** Creates the client of a server. */
export function createSpeechServer({ url, apiKey, asked, model }: SpeechServerOptions): SpeechServer {
  const address = withoutCredentials(url);
  const at = `the speech server at ${address}`;
  const http = createHttp({
    url,
    apiKey,
    unreachable: () => `${at} does not answer`,
    // Sends a request again only if its idle connection had died; the schedule retries cut-off speech on a free server.
    sendAgain: "died-idle",
  });

  async function get(path: string, signal: AbortSignal): Promise<{ status: number; value: unknown }> {
    const { statusCode: status, body } = await http.request({ method: "GET", path, headers: json, signal });
    const text = await readText(body);
    if (status === 401 || status === 403)
      throw new EngineError("unauthorized", `${at} does not accept the key: check DUET_SPEECH_API_KEY`);
    return { status, value: status === 200 ? parse(text) : undefined };
  }

  async function readSigns(signal: AbortSignal): Promise<Signs> {
    const { value } = await get("/v1/models", signal);
    const listed = (value as { data?: unknown } | undefined)?.data;
    const voices = (await get("/v1/audio/voices", signal)).value;
    // A request without any field is refused before any work is done; the status tells whether the path exists.
    const empty = await http.request({ method: "POST", path: speechPath, headers: json, body: {}, signal });
    await readText(empty.body);
    const models = Array.isArray(listed) ? listed.filter((one) => typeof one === "object" && one !== null) : undefined;
    return { models, voices, speech: empty.statusCode };
  }

  async function ask(signal: AbortSignal): Promise<Known> {
    const signs = await readSigns(signal);
    const ids = modelIds(signs);
    if (signs.speech === 404 || signs.speech === 405) throw new EngineError("misshapen", whyNoSpeech(ids));
    const seen = toldServer(signs);
    if (asked !== "auto" && asked !== "openai" && seen !== asked && seen !== "openai")
      throw new EngineError(
        "misshapen",
        `${at} is not ${asked} but looks like ${seen}: set DUET_SPEECH_SERVER to auto`,
      );
    if (model !== undefined && ids.length > 0 && !ids.includes(model))
      throw new EngineError(
        "rejected",
        `${at} has no model ${model}: it lists ${ids.slice(0, 5).join(", ")}; check DUET_SPEECH_MODEL`,
      );
    const name = asked === "auto" ? seen : asked;
    return { name, dialect: dialects[name], model: model ?? ids[0] ?? "tts-1", voices: readVoices(signs.voices) };
  }

  function whyNoSpeech(ids: readonly string[]): string {
    if (ids.length === 0) return `${at} has no /v1/audio/speech: check DUET_SPEECH_URL`;
    const lists = `it lists ${ids.slice(0, 3).join(", ")} and has no /v1/audio/speech`;
    return `${at} is a model server that does not speak (${lists}): set DUET_VLLM_URL to it, and DUET_SPEECH_URL to a speech server`;
  }

  const unreachable = `${at} does not answer: check DUET_SPEECH_URL`;
  const learning = createLearning(() => ask(AbortSignal.timeout(askTimeoutMs)), unreachable);
  const server: SpeechServer = {
    address,
    busy: 0,
    whole: false,
    sendsEvents: false,
    get known() {
      return learning.known;
    },
    learn: learning.learn,
    speak: (body, signal) => http.request({ method: "POST", path: speechPath, body, signal }),
    async whyNotReady() {
      if (server.busy > 0) return undefined;
      const reason = await server.probe();
      // If the server has started to speak in the meantime, its silence is no fault.
      return server.busy > 0 ? undefined : reason;
    },
    async probe() {
      try {
        if (learning.known === undefined) await learning.learn(AbortSignal.timeout(askTimeoutMs));
        else await get("/v1/models", AbortSignal.timeout(askTimeoutMs));
        return undefined;
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

const speechPath = "/v1/audio/speech";
const json = { accept: "application/json" };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
