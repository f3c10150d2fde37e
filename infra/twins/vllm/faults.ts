import type { Fault } from "./fault.ts";
import { otherServers } from "./other-servers.ts";
import { badRequest, engineDead, overloaded, refusal, unknownModel } from "./wire/error-body.ts";
import type { AnswerEvent } from "./wire/events.ts";

/** How many tokens precede a fault that occurs in the middle of an answer. */
const midTokens = 5;

/**
 * Every fault by name. A question chooses one with `[[fault:NAME]]`; the stand-in's option `fault` sets it for all
 * requests.
 */
export const faults: Readonly<Record<string, Fault>> = {
  "empty-deltas": {
    does: "sends an empty delta before each token, as vLLM does if a token holds only part of a character",
    stream: (events) =>
      flatMap(events, (event) => (event.type === "delta" ? [{ ...event, text: "", tokens: 0 }, event] : [event])),
  },
  "text-in-finish": {
    does: "puts the last of the text into the chunk that carries finish_reason",
    stream: lastDeltaIntoFinish,
  },
  "multi-token": {
    does: "sends several tokens in each event, as speculative decoding does",
    stream: (events) => joinDeltas(events, 4),
  },
  "split-utf8": {
    does: "splits each event that has text into two writes, in the middle of a multi-byte character",
    stream: (events) => flatMap(events, (event) => ("text" in event ? [{ type: "split", event }] : [event])),
  },
  abort: {
    does: "ends after some tokens with finish_reason abort, then usage and [DONE] as usual",
    stream: (events) =>
      until(
        events,
        midTokens,
        { type: "finish", text: "", tokens: 0, finishReason: "abort", stopReason: null },
        { type: "usage" },
        { type: "done" },
      ),
  },
  "abort-before-first": {
    does: "sends the role, usage and [DONE] without text or finish_reason",
    stream: (events) => until(events, 0, { type: "usage" }, { type: "done" }),
  },
  "error-first": {
    does: "answers 200 with a stream whose only event is an error with status 400",
    stream: () =>
      from(
        { type: "error", error: badRequest("top_logprobs is greater than max allowed: 50 > 20", "top_logprobs") },
        { type: "done" },
      ),
  },
  "error-mid": {
    does: "sends an error of 500 after some tokens",
    stream: (events) => until(events, midTokens, { type: "error", error: engineDead }, { type: "done" }),
  },
  reset: {
    does: "destroys the socket after some tokens",
    stream: (events) => until(events, midTokens, { type: "cut" }),
  },
  "reset-before": { does: "destroys the socket before the first byte", instead: "cut" },
  "done-without-finish": {
    does: "sends all text and [DONE], but no finish_reason",
    stream: (events) => flatMap(events, (event) => (event.type === "finish" ? [] : [event])),
  },
  stall: {
    does: "sends nothing more after some tokens and keeps the socket open",
    stream: (events) => until(events, midTokens, { type: "hang" }),
  },
  "stall-first": { does: "sends headers and nothing else", stream: () => from({ type: "hang" }) },
  "engine-dead": { does: "answers 500: the engine process has died", instead: refusal(engineDead) },
  "engine-exit": {
    does: "answers 500 and exits, as vLLM does once its engine has died: connections are refused until it is restarted",
    instead: refusal(engineDead),
    exits: true,
  },
  overload: {
    does: "answers 503: the queue is full (vLLM 0.29 with --max-num-queued-reqs)",
    instead: refusal(overloaded),
  },
  scaling: {
    does: "answers 503 with an error that is a string: the model is being scaled",
    instead: { status: 503, body: { error: "The model is currently scaling. Please try again later." } },
  },
  unauthorized: {
    does: "answers 401 with an error that is a string: the key is wrong",
    instead: { status: 401, body: { error: "Unauthorized" } },
  },
  "not-found": {
    does: "answers 404 with a detail: no such path",
    instead: { status: 404, body: { detail: "Not Found" } },
  },
  "proxy-page": {
    does: "answers 502 with an HTML page, as a proxy in front of it does",
    instead: { status: 502, body: "<html><h1>Bad Gateway</h1></html>" },
  },
  "empty-body": { does: "answers 500 without a body", instead: { status: 500, body: "" } },
  "idle-close": {
    does: "answers, then resets the connection when it is used again, as a server does that has closed an idle connection",
    dropConnection: true,
  },
  "model-404": { does: "answers 404: unknown model", instead: refusal(unknownModel("duet-missing")) },
  "context-400": {
    does: "answers 400: the prompt is too long",
    instead: refusal(
      badRequest(
        "This model's maximum context length is 32768 tokens. However, you requested 512 output tokens and your prompt contains at least 32257 input tokens, for a total of at least 32769 tokens. Please reduce the length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=32257)",
        "input_tokens",
      ),
    ),
  },
  ...otherServers,
};

/**
 * The fault for sampling fields that do not work with speculative decoding: vLLM detects them only after it has sent
 * the headers, so it answers 200 and then an error event.
 */
export const unguessable: Fault = {
  does: "answers 200, then an error of 400: a sampling field that speculation does not support",
  stream: () =>
    from(
      {
        type: "error",
        error: badRequest(
          "The min_p and logit_bias sampling parameters are not yet supported with speculative decoding.",
          null,
        ),
      },
      { type: "done" },
    ),
};

async function* from(...events: AnswerEvent[]): AsyncGenerator<AnswerEvent> {
  yield* events;
}

async function* flatMap(
  events: AsyncIterable<AnswerEvent>,
  change: (event: AnswerEvent) => AnswerEvent[],
): AsyncGenerator<AnswerEvent> {
  for await (const event of events) yield* change(event);
}

/** Passes on an answer's role and its first `tokens` tokens, then sends `ending` instead of the rest. */
async function* until(
  events: AsyncIterable<AnswerEvent>,
  tokens: number,
  ...ending: AnswerEvent[]
): AsyncGenerator<AnswerEvent> {
  let sent = 0;
  for await (const event of events) {
    if (event.type === "finish" || (event.type === "delta" && sent >= tokens)) break;
    yield event;
    if (event.type === "delta") sent += event.tokens;
    if (sent >= tokens) break;
  }
  yield* ending;
}

/** Passes on an answer with every `count` consecutive deltas joined into one event. */
async function* joinDeltas(events: AsyncIterable<AnswerEvent>, count: number): AsyncGenerator<AnswerEvent> {
  let joined = { type: "delta" as const, text: "", tokens: 0 };
  for await (const event of events) {
    if (event.type === "delta")
      joined = { type: "delta", text: joined.text + event.text, tokens: joined.tokens + event.tokens };
    const whole = joined.tokens >= count || (event.type !== "delta" && joined.tokens > 0);
    if (whole) {
      yield joined;
      joined = { type: "delta", text: "", tokens: 0 };
    }
    if (event.type !== "delta") yield event;
  }
}

/** Merges an answer's last delta into its finish event; for this, each delta is held back until the next event. */
async function* lastDeltaIntoFinish(events: AsyncIterable<AnswerEvent>): AsyncGenerator<AnswerEvent> {
  let held: Extract<AnswerEvent, { type: "delta" }> | undefined;
  for await (const event of events) {
    if (event.type === "finish" && held !== undefined) {
      yield { ...event, text: held.text + event.text, tokens: held.tokens + event.tokens };
      held = undefined;
      continue;
    }
    if (held !== undefined) yield held;
    held = event.type === "delta" ? event : undefined;
    if (event.type !== "delta") yield event;
  }
}
