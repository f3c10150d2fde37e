import type { Dispatcher } from "undici";
import type { Clock } from "../../../../infra/clock/clock.ts";
import type { Log } from "../../../../infra/log/log.ts";
import { withoutCredentials } from "../../../../infra/net/address.ts";
import { createHttp, type Http, readText } from "../../../common/engine/http.ts";
import { readSse } from "../../../common/engine/sse.ts";
import { createWatchdog, type Watchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { NotFoundError } from "../../../common/errors/request-error.ts";
import type { Chat, ChatEvent, ChatRequest } from "../../chat.ts";
import { readAnswer } from "./answer.ts";
import { Refusal } from "./complaint/complaint.ts";
import { readContextLimit } from "./complaint/context-limit.ts";
import { toError } from "./complaint/to-error.ts";
import { tellWords } from "./complaint/words.ts";
import { type Body, createHabits, type Habits } from "./habits.ts";
import { type ListedModel, noModel, type Page, readChatModel } from "./pages.ts";
import { isStream, refusalOf } from "./response.ts";

/** Options of createVllm. */
export interface VllmOptions {
  /** The server's address, with or without `/v1`. */
  readonly url: string;
  readonly apiKey: string | undefined;
  /** The model to use; undefined: the first chat model that the server lists. */
  readonly model: string | undefined;
  /**
   * Whether answers begin within a thought that the chat template has opened; `auto`: inferred from the model's name
   * and from its answers.
   */
  readonly startsThinking?: "auto" | "yes" | "no";
  /** How long the server may take to send its first token of any kind. */
  readonly firstTokenTimeoutMs: number;
  /** How long the server may send nothing after its first token, in milliseconds. */
  readonly stallTimeoutMs: number;
  readonly clock: Clock;
  /** Logs what is learned about the server. Default: not logged. */
  readonly log?: Log;
}

/** How long a server may keep the response open after a finished answer, before its socket is closed. */
const lingerMs = 1000;
/**
 * The maximum number of attempts at a request. After a refusal it is sent in another form; after this many it fails.
 */
const mostTries = 6;

/** One model server. */
export interface ModelServer {
  /** The server's address, without credentials. */
  readonly url: string;
  /** The model to request from this server; undefined: the first model that the server lists. */
  readonly model: string | undefined;
  readonly chat: Chat;
  /**
   * Requests a path, by GET or, with a body, by POST. Throws EngineError `unreachable`, or the signal's reason.
   */
  page(path: string, signal: AbortSignal, body?: object): Promise<Page>;
  /** Cancels running requests and closes all sockets to the server. */
  close(): Promise<void>;
}

/** What is known about one attempt at a request. */
interface Attempt {
  /** Whether the server's list of models had been read before this attempt. */
  wasListed?: boolean;
  model?: string;
  body?: Body;
}

class OpenAiServer implements ModelServer {
  readonly #options: VllmOptions;
  readonly url: string;
  readonly model: string | undefined;
  readonly #http: Http;
  readonly #habits: Habits;
  readonly chat: Chat = (request, signal) => this.#chat(request, signal);
  #listed: ListedModel | undefined;

  constructor(options: VllmOptions) {
    this.#options = options;
    const { apiKey, startsThinking = "auto" } = options;
    this.url = withoutCredentials(options.url);
    this.model = options.model;
    this.#http = createHttp({
      url: options.url,
      apiKey,
      unreachable: (code) => `the model server cannot be reached (${code}): is it running, and is DUET_VLLM_URL right?`,
      // Unanswered requests are sent again here, since with a single server no pool would do that.
      sendAgain: "unanswered",
    });
    this.#habits = createHabits(startsThinking === "auto" ? undefined : startsThinking === "yes");
  }

  /** Sends a request; if the server refuses its form, sends it in other forms until no form is left to try. */
  async *#chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    for (let tries = 1; ; tries++) {
      const attempt: Attempt = {};
      let begun = false;
      try {
        for await (const event of this.#ask(request, attempt, signal)) {
          begun ||= event.type !== "accepted";
          yield event;
        }
        return;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const again =
          !begun && tries < mostTries && (this.#forgetModel(error, attempt) || this.#learn(error, request, attempt));
        if (!again) throw toError(error.complaint, { request, apiKey: this.#options.apiKey }, error.retryDelayMs);
      }
    }
  }

  async page(path: string, signal: AbortSignal, body?: object): Promise<Page> {
    const request = body === undefined ? { path, signal } : { path, signal, body };
    const response = await this.#http.request({ method: body === undefined ? "GET" : "POST", ...request });
    const text = await readText(response.body);
    // If our signal aborted the reading, what was read is not the server's complete message.
    signal.throwIfAborted();
    const { location } = response.headers;
    return { status: response.statusCode, text, ...(typeof location === "string" && { location }) };
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  /** Requests an answer from the server once. Throws Refusal with the server's message if the server refuses. */
  async *#ask(request: ChatRequest, attempt: Attempt, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const { clock, firstTokenTimeoutMs, stallTimeoutMs } = this.#options;
    const watchdog = createWatchdog(clock, signal);
    const expectFirst = () => watchdog.expect(firstTokenTimeoutMs, () => nothingYet(firstTokenTimeoutMs));
    const expectNext = () => watchdog.expect(stallTimeoutMs, () => stalled("fell silent", stallTimeoutMs));
    let body: ResponseBody | undefined;
    try {
      expectFirst();
      attempt.wasListed = this.#listed !== undefined;
      const model = request.model ?? this.model ?? (await this.#listModel(watchdog.signal));
      attempt.model = model;
      attempt.body = this.#habits.body(request, model, this.#ownerOf(model));
      body = await this.#open(request, attempt.body, watchdog.signal);
      watchdog.rest();
      yield { type: "accepted", model };
      expectFirst();
      let writes = false;
      const events = watched(readSse(body.iterator({ destroyOnReturn: false })), watchdog, () =>
        writes ? expectNext() : expectFirst(),
      );
      const { thinking = false } = request;
      const reading = {
        model,
        clock,
        opened: this.#habits.opened(model, thinking),
        channels: this.#habits.channels(model),
        json: request.constraint === undefined,
        requestId: request.requestId,
        tools: request.tools !== undefined,
        onTemplate: (opens: boolean) => this.#habits.noteTemplate(model, thinking, opens),
      };
      for await (const event of readAnswer(events, reading)) {
        writes ||= event.type !== "started";
        yield event;
      }
      // The body is read to its end, so that its socket can serve another request.
      watchdog.expect(lingerMs, () => stalled("did not end its answer", lingerMs));
      await body.dump({ limit: Number.MAX_SAFE_INTEGER }).catch(() => {});
    } finally {
      watchdog.rest();
      // If the caller has left the answer early, closing the socket tells the server to stop.
      body?.on("error", () => {}).destroy();
    }
  }

  /** Sends the request; resolves once the server has accepted it. */
  async #open(request: ChatRequest, asked: Body, signal: AbortSignal): Promise<ResponseBody> {
    const trace: Record<string, string> = request.traceparent === undefined ? {} : { traceparent: request.traceparent };
    const response = await this.#http.request({
      method: "POST",
      path: "/v1/chat/completions",
      headers: { accept: "text/event-stream", "x-request-id": request.requestId, ...trace },
      body: asked,
      signal,
    });
    if (await isStream(response)) return response.body;
    const text = await readText(response.body);
    // If our signal aborted the reading, what was read is not the server's complete message.
    signal.throwIfAborted();
    const refusal = refusalOf(response, text);
    if (refusal instanceof Refusal && refusal.complaint.status === 404 && request.model !== undefined)
      throw new NotFoundError(
        "the model server has no model of that name: leave `model` empty to use the one that it has",
      );
    throw refusal;
  }

  /**
   * If a model that was taken from the server's list is no longer found, forgets the model's name, since the server now
   * serves another model. Returns whether a name was forgotten.
   */
  #forgetModel({ complaint }: Refusal, { wasListed, model }: Attempt): boolean {
    const isGone = complaint.status === 404 && wasListed === true;
    if (!isGone || model !== this.#listed?.id || this.model !== undefined) return false;
    this.#listed = undefined;
    return true;
  }

  /** Learns from a refusal what the server does not accept; returns whether a retry would now take another form. */
  #learn({ complaint }: Refusal, request: ChatRequest, { model, body }: Attempt): boolean {
    if (model === undefined || body === undefined || readContextLimit(complaint) !== undefined) return false;
    const { apiKey, log } = this.#options;
    const learnt = this.#habits.learn(complaint, body);
    if (learnt !== undefined) {
      const said = tellWords(complaint.message, { request, apiKey }).forLog;
      log?.info({ server: this.url, status: complaint.status, said }, `the model server refused a request: ${learnt}`);
    }
    // Several requests sent at the same time may all be refused. The first refusal has then already taught what to
    // change, so the new body is compared with the refused one.
    return JSON.stringify(this.#habits.body(request, model, this.#ownerOf(model))) !== JSON.stringify(body);
  }

  #ownerOf(model: string) {
    return this.#listed?.id === model ? this.#listed.owner : undefined;
  }

  async #listModel(signal: AbortSignal): Promise<string> {
    this.#listed ??= readChatModel(await this.page("/v1/models", signal));
    if (this.#listed === undefined) throw noModel();
    return this.#listed.id;
  }
}

/**
 * Creates the client of a vLLM server, or of any other server that offers OpenAI's chat completions, such as Ollama or
 * llama.cpp.
 */
export function createVllm(options: VllmOptions): ModelServer {
  return new OpenAiServer(options);
}

type ResponseBody = Dispatcher.ResponseData["body"];

/**
 * Passes on a source's items. Sets the watchdog before each read, and stops it while the caller processes an item: a
 * slow caller is not a stalled server.
 */
async function* watched<T>(source: AsyncIterable<T>, watchdog: Watchdog, expect: () => void): AsyncGenerator<T> {
  try {
    for await (const item of source) {
      watchdog.rest();
      yield item;
      expect();
    }
  } catch (error) {
    watchdog.signal.throwIfAborted();
    throw new EngineError("broken", "the stream of the model server broke off in mid-answer", { cause: error });
  }
}

function stalled(what: string, limitMs: number, forLog?: string): EngineError {
  return new EngineError("stalled", `the model server ${what} for ${limitMs / 1000} s`, { forLog });
}

function nothingYet(limitMs: number): EngineError {
  const remedy = "if the server is still loading the model, raise DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS";
  return stalled("wrote nothing", limitMs, remedy);
}
