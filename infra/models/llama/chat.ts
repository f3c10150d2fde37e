import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../clock/clock.ts";
import type { Log } from "../../log/log.ts";
import { type ApiError, bodyTooLarge, classify, errorBody } from "./errors.ts";
import type { LocalModel, Usage, WriteEvent } from "./model.ts";
import type { Places } from "./places.ts";
import { type ChatRequest, readChatRequest } from "./request.ts";

/** The model, slots, log and clock with which chat requests are answered. */
export interface ChatContext {
  readonly model: LocalModel;
  readonly places: Places;
  readonly log: Log;
  readonly clock: Clock;
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
}

// The maximum size of a request's body: far more than any context window holds.
const maxBodyBytes = 4_194_304;

/** Answers `POST /v1/chat/completions`. A caller who hangs up stops the model. */
export async function answerChat(
  request: IncomingMessage,
  response: ServerResponse,
  { model, places, log, clock, signal: closing }: ChatContext,
): Promise<void> {
  const left = new AbortController();
  response.once("close", () => left.abort());
  const signal = AbortSignal.any([left.signal, closing]);
  const body = await readBody(request, signal);
  const read = body === undefined ? { error: bodyTooLarge } : readChatRequest(body, model.name);
  if ("error" in read) return sendError(response, read.error);

  const startedAt = clock.now();
  let giveBack: (() => void) | undefined;
  try {
    giveBack = await places.take(signal);
    const id = request.headers["x-request-id"] ?? randomUUID();
    const head = { id: `chatcmpl-${id}`, created: Math.floor(Date.now() / 1000), model: model.name };
    const events = model.write(read.request, signal);
    const answer = read.request.stream ? streamAnswer : sendAnswer;
    const { reason, usage } = await answer(events, head, read.request, response, signal);
    log.info({ reason, ...usage, tookMs: Math.round(clock.now() - startedAt) }, "answered");
  } catch (error) {
    if (signal.aborted) {
      response.destroy();
      return log.info({ tookMs: Math.round(clock.now() - startedAt) }, "answer stopped: the caller disconnected");
    }
    const told = classify(error);
    if (told.status >= 500) log.error({ err: error }, "the model could not answer a request");
    if (!response.headersSent) return sendError(response, told);
    response.end(`${event(errorBody(told))}${done}`);
  } finally {
    giveBack?.();
  }
}

/** Sends an error instead of an answer. */
export function sendError(response: ServerResponse, error: ApiError): void {
  if (error.status === 413) response.setHeader("connection", "close");
  if (error.status === 503) response.setHeader("retry-after", "1");
  sendJson(response, error.status, errorBody(error));
}

/** Sends a complete JSON body. */
export function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

interface Head {
  readonly id: string;
  /** When the answer was begun: Unix time in seconds. */
  readonly created: number;
  readonly model: string;
}

type Ended = Extract<WriteEvent, { type: "ended" }>;

const done = "data: [DONE]\n\n";

async function streamAnswer(
  events: AsyncIterable<WriteEvent>,
  head: Head,
  request: ChatRequest,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<Ended> {
  const chunk = (rest: object) => event({ ...head, object: "chat.completion.chunk", ...rest });
  const choice = (delta: object, finish_reason: string | null = null) =>
    chunk({ choices: [{ index: 0, delta, finish_reason }] });
  for await (const written of events) {
    switch (written.type) {
      case "begun":
        response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
        await write(response, choice({ role: "assistant", content: "" }), signal);
        break;
      case "text":
        await write(response, choice({ content: written.text }), signal);
        break;
      case "ended": {
        const usage = request.usage ? chunk({ choices: [], usage: usageOf(written.usage) }) : "";
        response.end(`${choice({}, written.reason)}${usage}${done}`);
        return written;
      }
    }
  }
  throw new Error("the model ended its answer without saying why");
}

async function sendAnswer(
  events: AsyncIterable<WriteEvent>,
  head: Head,
  _request: ChatRequest,
  response: ServerResponse,
): Promise<Ended> {
  let content = "";
  for await (const written of events) {
    if (written.type === "text") content += written.text;
    if (written.type !== "ended") continue;
    const message = { role: "assistant", content };
    sendJson(response, 200, {
      ...head,
      object: "chat.completion",
      choices: [{ index: 0, message, finish_reason: written.reason }],
      usage: usageOf(written.usage),
    });
    return written;
  }
  throw new Error("the model ended its answer without saying why");
}

function usageOf({ promptTokens, cachedTokens, completionTokens }: Usage): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
}

function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (!response.write(text)) await once(response, "drain", { signal });
}

/** Reads the body of a request; undefined if it is too large. */
async function readBody(request: IncomingMessage, signal: AbortSignal): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    signal.throwIfAborted();
    bytes += part.length;
    if (bytes > maxBodyBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
