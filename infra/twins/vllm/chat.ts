import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, send, sendJson } from "../http.ts";
import { answerOf, readMarks } from "./answer/answer.ts";
import type { OpeningHabit } from "./answer/openings.ts";
import type { Batch } from "./batch/batch.ts";
import { type Plan, planAnswer } from "./batch/plan.ts";
import type { PrefixCache } from "./batch/prefix.ts";
import type { ChatBody, Fault } from "./fault.ts";
import { faults, unguessable } from "./faults.ts";
import type { VllmMetrics } from "./metrics.ts";
import { newlySeen, type SeenChat } from "./seen.ts";
import { badRequest, type Refusal, refusal } from "./wire/error-body.ts";
import type { AnswerEvent, ChunkHead } from "./wire/events.ts";
import { type ChatRequest, readChatRequest } from "./wire/request.ts";
import { sendAnswer, streamAnswer } from "./wire/response.ts";

/** The parts of the stand-in that are needed to answer a chat request. */
export interface ChatContext {
  modelName: string;
  maxModelLen: number;
  fingerprint: string;
  /** Whether markers in a question trigger faults. */
  faults: boolean;
  /** The fault that a request triggers if no marker in it names another; undefined: no fault. */
  fault: string | undefined;
  now: () => number;
  batch: Batch;
  /** How the model reacts when a prompt asks it to begin with a certain opening. */
  openings: OpeningHabit;
  /** The cache of prompts' prefixes; undefined if prefix caching is off. */
  prefixes: PrefixCache | undefined;
  /** Whether speculative decoding is on. */
  guesses: boolean;
  metrics: VllmMetrics;
  /** Records a request; the object is updated as the request proceeds. */
  remember: (seen: SeenChat) => void;
  /** Makes the connection of this request fail: the next request on that connection is reset. */
  drop: (request: IncomingMessage) => void;
  /** Ends the process, which is then started again. */
  exit: () => void;
}

/** Answers `POST /v1/chat/completions`. */
export async function answerChat(
  request: IncomingMessage,
  response: ServerResponse,
  context: ChatContext,
): Promise<void> {
  const receivedAt = context.now();
  const text = (await readBody(request)).toString("utf8");
  const seen = newlySeen(request, text, receivedAt);
  context.remember(seen);
  const end = (state: SeenChat["state"], reason: string) => {
    seen.state = state;
    seen.tookMs = context.now() - receivedAt;
    if (state !== "refused") context.metrics.onEnd(reason, seen.tookMs, seen.tokens);
  };

  const work = prepare(text, context);
  if ("refused" in work) {
    end("refused", "error");
    const { status, body } = work.refused;
    if (typeof body === "string") send(response, status, body, { "content-type": "text/html" });
    else sendJson(response, status, body);
    if (work.exits) response.once("close", context.exit);
    return;
  }
  const { chat, plan, fault } = work;
  if (fault?.instead === "cut") {
    end("refused", "error");
    request.socket.resetAndDestroy();
    return;
  }
  if (fault?.dropConnection) context.drop(request);

  const head = headOf(request, chat, context);
  seen.id = head.id;
  const cachedTokens = context.prefixes?.take(chat.prompt) ?? 0;
  context.metrics.onPrompt(chat.promptTokens, cachedTokens);
  const leaving = new AbortController();
  response.once("close", () => leaving.abort());
  const made = context.batch.run(chat.promptTokens, plan.deltas.length, leaving.signal, cachedTokens);
  const events = measure(answerEvents(plan, made), context, seen);
  try {
    const answer = chat.stream ? streamAnswer : sendAnswer;
    const ended = await answer(
      fault?.stream?.(events) ?? events,
      head,
      seen,
      response,
      leaving.signal,
      fault?.contentType,
    );
    end("finished", ended === "cut" ? "error" : plan.finishReason);
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
    end("aborted", "abort");
  }
}

/**
 * Decides everything that must be known before the first token: the parsed request, its answer, and the fault to
 * simulate, if any.
 */
function prepare(
  text: string,
  context: ChatContext,
): { chat: ChatRequest; plan: Plan; fault: Fault | undefined } | { refused: Refusal; exits?: boolean } {
  const result = readChatRequest(text, context);
  if ("error" in result) return { refused: refusal(result.error) };
  const chat = result.request;
  const marks = readMarks(chat.question);
  const name = (context.faults ? marks.fault : undefined) ?? context.fault;
  if (name !== undefined && !Object.hasOwn(faults, name))
    return { refused: refusal(badRequest(`There is no fault ${name}: GET /_twin/faults lists them.`, null)) };
  const fault = name === undefined ? (context.guesses && chat.unguessable ? unguessable : undefined) : faults[name];
  const refused = fault?.refuses?.(JSON.parse(text) as ChatBody);
  if (refused !== undefined) return { refused };
  if (fault?.instead !== undefined && fault.instead !== "cut")
    return { refused: fault.instead, exits: fault.exits === true };
  try {
    return { chat, plan: planAnswer(answerOf(chat, marks, context.openings), chat), fault };
  } catch (error) {
    return { refused: refusal(badRequest((error as Error).message, null)) };
  }
}

function headOf(request: IncomingMessage, chat: ChatRequest, context: ChatContext): ChunkHead {
  const header = request.headers["x-request-id"];
  const requestId = (typeof header === "string" ? header : chat.requestId) ?? randomUUID().replaceAll("-", "");
  return {
    id: `chatcmpl-${requestId}`,
    created: Math.floor(Date.now() / 1000),
    model: context.modelName,
    fingerprint: context.fingerprint,
    promptTokens: chat.promptTokens,
    usage: chat.usage,
    continuousUsage: chat.continuousUsage,
  };
}

/**
 * Turns tokens into events as the tokens are generated. The role comes with the first token, as in vLLM. vLLM would
 * join tokens that a slow client has not read yet; here each token is an event of its own, so that the events of an
 * answer are always the same. The fault `multi-token` joins tokens.
 */
async function* answerEvents(plan: Plan, made: AsyncIterable<number>): AsyncGenerator<AnswerEvent> {
  let index = 0;
  for await (const tokens of made) {
    if (index === 0) yield { type: "role" };
    for (const text of plan.deltas.slice(index, index + tokens)) {
      index++;
      if (index < plan.deltas.length) yield { type: "delta", text, tokens: 1 };
      else yield { type: "finish", text, tokens: 1, finishReason: plan.finishReason, stopReason: plan.stopReason };
    }
  }
  yield { type: "usage" };
  yield { type: "done" };
}

async function* measure(
  events: AsyncIterable<AnswerEvent>,
  { metrics, now }: ChatContext,
  { receivedAtMs, tokensAtMs }: SeenChat,
): AsyncGenerator<AnswerEvent> {
  for await (const event of events) {
    if (event.type === "role") metrics.onFirstToken(now() - receivedAtMs);
    if (event.type === "delta" || event.type === "finish") {
      metrics.onToken();
      const last = tokensAtMs.at(-1);
      if (last !== undefined) metrics.onTokenAfter(now() - last);
      tokensAtMs.push(now());
    }
    yield event;
  }
}
