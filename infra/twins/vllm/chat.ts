import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, sendJson, write, writeHead } from "../http.ts";
import { answerOf, readMarks } from "./answer.ts";
import type { Batch } from "./batch.ts";
import { badRequest } from "./errors.ts";
import { type AnswerEvent, type ApiError, type ChunkHead, renderCompletion, renderEvent } from "./events.ts";
import { type Fault, faults } from "./faults.ts";
import type { VllmMetrics } from "./metrics.ts";
import { type Plan, planAnswer } from "./plan.ts";
import { readChatRequest } from "./request.ts";
import type { SeenChat } from "./seen.ts";

/** What a chat request needs of the twin around it. */
export interface ChatContext {
  modelName: string;
  maxModelLen: number;
  fingerprint: string;
  /** A fault for every request; undefined for none. */
  fault: string | undefined;
  now: () => number;
  batch: Batch;
  metrics: VllmMetrics;
  /** Notes a request; it is changed as the request goes on. */
  remember: (seen: SeenChat) => void;
  /** The connection of this response is reset when it is used again. */
  drop: (response: ServerResponse) => void;
}

/** Answers `POST /v1/chat/completions`. */
export async function answerChat(
  request: IncomingMessage,
  response: ServerResponse,
  context: ChatContext,
): Promise<void> {
  const text = (await readBody(request)).toString("utf8");
  const receivedAt = context.now();
  const seen: SeenChat = {
    id: "",
    headers: request.headers,
    body: parsed(text),
    state: "running",
    tokens: 0,
    tookMs: undefined,
  };
  context.remember(seen);
  const end = (state: SeenChat["state"]) => {
    seen.state = state;
    seen.tookMs = context.now() - receivedAt;
  };
  const refuse = (error: ApiError) => {
    end("refused");
    sendJson(response, error.code, { error });
  };

  const result = readChatRequest(text, context);
  if ("error" in result) return refuse(result.error);
  const chat = result.request;
  const marks = readMarks(chat.question);
  const faultName = marks.fault ?? context.fault;
  const fault: Fault | undefined = faultName === undefined ? { does: "" } : faults[faultName];
  if (fault === undefined)
    return refuse(badRequest(`There is no fault named ${faultName}: GET /_twin/faults lists them.`, null));
  if (fault.instead === "cut") {
    end("refused");
    request.socket.resetAndDestroy();
    return;
  }
  if (fault.instead !== undefined) return refuse(fault.instead);
  if (fault.dropConnection) context.drop(response);

  const header = request.headers["x-request-id"];
  seen.id = `chatcmpl-${(typeof header === "string" ? header : chat.requestId) ?? randomUUID().replaceAll("-", "")}`;
  const head: ChunkHead = {
    id: seen.id,
    created: Math.floor(Date.now() / 1000),
    model: context.modelName,
    fingerprint: context.fingerprint,
    promptTokens: chat.promptTokens,
    usage: chat.usage,
    continuousUsage: chat.continuousUsage,
  };
  const plan = planAnswer(answerOf(chat, marks), chat);
  context.metrics.onPrompt(chat.promptTokens);

  const leaving = new AbortController();
  response.once("close", () => leaving.abort());
  const events = answerEvents(plan, context.batch.run(chat.promptTokens, plan.deltas.length, leaving.signal));
  const measured = measure(events, context, receivedAt);
  const faulty = fault.stream?.(measured) ?? measured;
  try {
    const writing = chat.stream
      ? stream(faulty, head, seen, response, leaving.signal)
      : complete(faulty, head, seen, response);
    if ((await writing) === "cut") {
      end("finished");
      return;
    }
    end("finished");
    context.metrics.onEnd(plan.finishReason, seen.tookMs ?? 0);
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
    end("aborted");
    context.metrics.onEnd("abort", seen.tookMs ?? 0);
  }
}

/** Turns tokens, as they are made, into events. The role comes with the first token, as in vLLM. */
async function* answerEvents(plan: Plan, made: AsyncIterable<number>): AsyncGenerator<AnswerEvent> {
  let index = 0;
  for await (const tokens of made) {
    if (index === 0) yield { type: "role" };
    const text = plan.deltas.slice(index, index + tokens).join("");
    index += tokens;
    if (index < plan.deltas.length) yield { type: "delta", text, tokens };
    else yield { type: "finish", text, tokens, finishReason: plan.finishReason, stopReason: plan.stopReason };
  }
  yield { type: "usage" };
  yield { type: "done" };
}

async function* measure(
  events: AsyncIterable<AnswerEvent>,
  { metrics, now }: ChatContext,
  receivedAt: number,
): AsyncGenerator<AnswerEvent> {
  let last = receivedAt;
  for await (const event of events) {
    if (event.type === "role") metrics.onFirstToken(now() - receivedAt);
    if (event.type === "delta" || event.type === "finish") {
      metrics.onTokens(event.tokens, now() - last);
      last = now();
    }
    yield event;
  }
}

/** Writes events as they come. Headers go out first, before there is a token. */
async function stream(
  events: AsyncIterable<AnswerEvent>,
  head: ChunkHead,
  seen: SeenChat,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<"ended" | "cut"> {
  writeHead(response, 200, { "content-type": "text/event-stream; charset=utf-8" });
  response.flushHeaders();
  for await (const event of events) {
    if (event.type === "cut") {
      response.socket?.resetAndDestroy();
      return "cut";
    }
    if (event.type === "hang") await untilAborted(signal);
    signal.throwIfAborted();
    const inner = event.type === "split" ? event.event : event;
    if (inner.type === "delta" || inner.type === "finish") seen.tokens += inner.tokens;
    const bytes = Buffer.from(renderEvent(event, head, seen.tokens));
    const parts = event.type === "split" ? splitInCharacter(bytes) : [bytes];
    for (const part of parts) {
      if (part.length > 0) await write(response, part);
      if (parts.length > 1) await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
  signal.throwIfAborted();
  await new Promise<void>((resolve) => response.end(resolve));
  return "ended";
}

/** Collects the whole answer, then sends it. */
async function complete(
  events: AsyncIterable<AnswerEvent>,
  head: ChunkHead,
  seen: SeenChat,
  response: ServerResponse,
): Promise<"ended" | "cut"> {
  let content = "";
  let ending = { finishReason: "stop", stopReason: null as string | null };
  for await (const event of events) {
    if (event.type === "delta" || event.type === "finish") {
      content += event.text;
      seen.tokens += event.tokens;
    }
    if (event.type === "finish") ending = event;
  }
  sendJson(response, 200, renderCompletion(head, content, ending, seen.tokens));
  return "ended";
}

/** Two parts of an event, parted inside its last character of more than one byte; one part if it has none. */
function splitInCharacter(bytes: Buffer): Buffer[] {
  const at = bytes.findLastIndex((byte) => byte >= 0xc0);
  return at === -1 ? [bytes] : [bytes.subarray(0, at + 1), bytes.subarray(at + 1)];
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
