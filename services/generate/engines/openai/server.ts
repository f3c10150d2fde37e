import type { Dispatcher } from "undici";
import type { Clock } from "../../../../infra/clock/clock.ts";
import { withoutCredentials } from "../../../../infra/net/address.ts";
import { createHttp, readText } from "../../../common/engine/http.ts";
import { createWatchdog, type Watchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { NotFoundError } from "../../../common/errors/request-error.ts";
import type { Chat, ChatRequest } from "../../chat.ts";
import { readAnswer } from "./answer.ts";
import { chatBody } from "./body.ts";
import { isMissingPath, readComplaint, toError } from "./complaint.ts";
import { noModel, type Page, readFirstModel } from "./pages.ts";
import { readSse } from "./sse.ts";

/** Options of createVllm. */
export interface VllmOptions {
  /** The server's address, with or without `/v1`. */
  readonly url: string;
  readonly apiKey: string | undefined;
  /** The served model; undefined takes the first that the server lists. */
  readonly model: string | undefined;
  /** How long the server may take to its first token. */
  readonly firstTokenTimeoutMs: number;
  /** How long it may be silent after that. */
  readonly stallTimeoutMs: number;
  readonly clock: Clock;
}

/** How long a server may keep a finished answer open before its socket is given up. */
const lingerMs = 1000;

/** One model server. */
export interface ModelServer {
  /** Its address, without credentials. */
  readonly url: string;
  /** The model that it is asked for; undefined: the first that it lists. */
  readonly model: string | undefined;
  readonly chat: Chat;
  /** Asks for a page, with a body by POST. Throws EngineError `unreachable`, or the signal's reason. */
  page(path: string, signal: AbortSignal, body?: object): Promise<Page>;
  /** Cancels what runs and closes its sockets. */
  close(): Promise<void>;
}

/** Speaks to vLLM, and to any other server of OpenAI's chat completions: Ollama, llama.cpp, … */
export function createVllm(options: VllmOptions): ModelServer {
  const { clock, firstTokenTimeoutMs, stallTimeoutMs } = options;
  const http = createHttp({
    url: options.url,
    apiKey: options.apiKey,
    unreachable: (code) => `the model server cannot be reached (${code}): is it running, and is DUET_VLLM_URL right?`,
    // Where there is one server only, nobody above asks again.
    sendAgain: "unanswered",
  });
  let listedModel: string | undefined;

  async function* chat(request: ChatRequest, signal: AbortSignal) {
    const watchdog = createWatchdog(clock, signal);
    const expectFirst = () => watchdog.expect(firstTokenTimeoutMs, () => stalled("wrote nothing", firstTokenTimeoutMs));
    const expectNext = () => watchdog.expect(stallTimeoutMs, () => stalled("fell silent", stallTimeoutMs));
    let body: Body | undefined;
    try {
      expectFirst();
      const answer = await open(request, watchdog.signal);
      body = answer.body;
      let hasText = false;
      const events = watched(readSse(body.iterator({ destroyOnReturn: false })), watchdog, () =>
        hasText ? expectNext() : expectFirst(),
      );
      for await (const event of readAnswer(events, answer.model)) {
        hasText ||= event.type === "delta";
        yield event;
      }
      // A body that was read to its end leaves a socket that serves the next request.
      watchdog.expect(lingerMs, () => stalled("kept its answer open", lingerMs));
      await body.dump({ limit: Number.MAX_SAFE_INTEGER }).catch(() => {});
    } finally {
      watchdog.rest();
      // Left early, this is what tells the server to stop.
      body?.on("error", () => {}).destroy();
    }
  }

  /** Sends the request; resolves once the server has accepted it. */
  async function open(request: ChatRequest, signal: AbortSignal): Promise<{ body: Body; model: string }> {
    const named = request.model ?? options.model;
    const wasListed = listedModel !== undefined;
    const model = named ?? listedModel ?? (await listModel(signal));
    const trace: Record<string, string> = request.traceparent === undefined ? {} : { traceparent: request.traceparent };
    const { statusCode, headers, body } = await http.request({
      method: "POST",
      path: "/v1/chat/completions",
      headers: { accept: "text/event-stream", "x-request-id": request.requestId, ...trace },
      body: chatBody(request, model),
      signal,
    });
    if (statusCode === 200 && String(headers["content-type"]).startsWith("text/event-stream")) return { body, model };

    const complaint = readComplaint(statusCode, await readText(body));
    if (statusCode === 200)
      throw new EngineError("broken", "the model server answered with no stream: is DUET_VLLM_URL a model server?");
    if (statusCode !== 404) throw toError(complaint);
    if (isMissingPath(complaint))
      throw new EngineError("rejected", "nothing serves chat completions there: is DUET_VLLM_URL a model server?");
    if (request.model !== undefined)
      throw new NotFoundError("the model server has no model of that name: leave `model` empty to take what it has");
    if (named !== undefined) throw toError(complaint);
    // It serves another model than when it was asked last.
    listedModel = undefined;
    if (wasListed) return open(request, signal);
    throw toError(complaint);
  }

  async function page(path: string, signal: AbortSignal, body?: object): Promise<Page> {
    const request = body === undefined ? { path, signal } : { path, signal, body };
    const response = await http.request({ method: body === undefined ? "GET" : "POST", ...request });
    const text = await readText(response.body);
    // A body that was cut short by us is not what the server has to say.
    signal.throwIfAborted();
    return { status: response.statusCode, text };
  }

  async function listModel(signal: AbortSignal): Promise<string> {
    listedModel = readFirstModel(await page("/v1/models", signal))?.id;
    if (listedModel === undefined) throw noModel();
    return listedModel;
  }

  return {
    url: withoutCredentials(options.url),
    model: options.model,
    chat,
    page,
    close: () => http.close(),
  };
}

type Body = Dispatcher.ResponseData["body"];

/** Sets what to expect before each read, and nothing while the reader is busy: a slow caller is not a stalled server. */
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

function stalled(what: string, limitMs: number): EngineError {
  return new EngineError("stalled", `the model server ${what} for ${limitMs / 1000} s`);
}
