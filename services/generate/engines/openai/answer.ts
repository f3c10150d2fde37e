import type { Clock } from "../../../../infra/clock/clock.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import type { ChatEvent, FinishReason, Usage } from "../../chat.ts";
import { createCalls } from "./calls.ts";
import { type Chunk, type NoChunk, readChunk } from "./chunk.ts";
import { Refusal } from "./complaint/complaint.ts";
import type { HiderOptions } from "./hidden/contract.ts";
import { createHider } from "./hidden/hider.ts";
import { createThinkingTeller } from "./hidden/thinking.ts";

/** Options of readAnswer. */
export interface AnswerOptions extends HiderOptions {
  readonly model: string;
  readonly clock: Clock;
  /** The request's id: tool calls that come without an id get ids made from this one. Default: empty. */
  readonly requestId?: string;
  /** Whether the model was given tools: if so, its calls are reported; if not, they are removed. Default: no. */
  readonly tools?: boolean;
  /** Called once the answer has shown whether it began inside a thought that the chat template had opened (`opens`). */
  readonly onTemplate: (opens: boolean) => void;
}

/**
 * Reads the events of a streamed chat completion. Deltas that arrive together are joined; thoughts and tool calls are
 * removed from the text. Ends after `[DONE]`. Throws Refusal if the engine reports an error; EngineError if it aborted,
 * stopped without a finish reason, or wrote no text.
 */
export async function* readAnswer(
  batches: AsyncIterable<readonly string[]>,
  { model, clock, onTemplate, requestId = "", tools = false, ...options }: AnswerOptions,
): AsyncGenerator<ChatEvent, void, undefined> {
  const answer: Answer = { begun: false, finish: undefined, usage: undefined, failure: undefined, done: false };
  const hider = createHider(options);
  const thinking = createThinkingTeller(clock);
  const seen = { started: false, text: false, thought: false, call: false, told: false };
  const calls = createCalls(requestId);
  let held = "";

  /** Yields the events that are due now: `leftOut` if something was removed, `thinking`, and a `delta` for `text`. */
  function* tell(text: string, thoughtBeside: boolean, ended: boolean): Generator<ChatEvent> {
    if (hider.leftOut) seen.call = true;
    if (seen.call && !seen.told) {
      seen.told = true;
      yield { type: "leftOut" };
    }
    const event = thinking.next(hider.thoughts, thoughtBeside, text !== "" || ended);
    if (event !== undefined) {
      seen.thought = true;
      yield event;
    }
    if (text === "") return;
    seen.text = true;
    yield { type: "delta", text };
  }

  for await (const batch of batches) {
    let text = held;
    let thought = false;
    for (const data of batch) {
      const chunk = take(data, answer);
      if (chunk !== undefined) {
        text += chunk.text;
        thought ||= chunk.thought;
        if (tools) calls.add(chunk.callParts);
        else seen.call ||= chunk.call;
      }
      if (answer.done || answer.failure !== undefined) break;
    }
    if (answer.begun && !seen.started) {
      seen.started = true;
      yield { type: "started", model };
    }
    held = answer.done ? "" : (/[\ud800-\udbff]$/.exec(text)?.[0] ?? "");
    text = text.slice(0, text.length - held.length).toWellFormed();
    const released = thought ? hider.release() : "";
    yield* tell(released + hider.take(text), thought, answer.done);
    if (answer.failure !== undefined) throw answer.failure;
    if (answer.done) break;
  }
  // `[DONE]` marks the end of an answer even without a finish reason. An answer that has neither was cut off.
  const cut = answer.finish === undefined && !answer.done;
  yield* tell(hider.end(!cut && answer.finish !== "length"), false, true);
  if (hider.unopened || hider.neverThought) onTemplate(hider.unopened);
  const called = calls.all.length > 0;
  if (cut || (answer.finish === undefined && !seen.text && !called))
    throw new EngineError(
      "broken",
      "the model server ended its answer without a finish reason, so the answer was probably cut off",
    );
  if (!seen.text && !called) throw withoutWords(seen, answer.finish);
  const reason = finishReason(answer.finish ?? "");
  if (!called) yield { type: "finished", reason, usage: answer.usage };
  // If a request forces the model to call a particular tool, vLLM reports `stop`, so this is changed to `toolCalls`.
  else
    yield {
      type: "finished",
      reason: reason === "stop" ? "toolCalls" : reason,
      usage: answer.usage,
      toolCalls: calls.all,
    };
}

/** What is known about an answer, besides its text. */
interface Answer {
  /** Whether the engine has sent anything other than an error. */
  begun: boolean;
  finish: string | undefined;
  usage: Usage | undefined;
  failure: Error | undefined;
  done: boolean;
}

/** Records one event in `answer`, and returns its contents (text, the end of the answer, or both), if any. */
function take(event: string, answer: Answer): Chunk | undefined {
  const data = event.trim();
  // Some servers send empty events to keep the connection alive.
  if (data === "" || data === "null") return undefined;
  if (data === "[DONE]") {
    answer.done = true;
    return undefined;
  }
  const chunk = readChunk(data);
  if (!("text" in chunk)) {
    answer.failure = failureOf(chunk);
    return undefined;
  }
  answer.begun = true;
  answer.usage = chunk.usage ?? answer.usage;
  answer.finish = chunk.finish ?? answer.finish;
  if (answer.finish === "abort" || answer.finish === "error")
    answer.failure = new EngineError("broken", `the model server abandoned the answer (${answer.finish})`);
  return chunk;
}

function failureOf(event: NoChunk): Error {
  return "complaint" in event
    ? new Refusal(event.complaint)
    : new EngineError("broken", `the model server sent ${event.broken}`);
}

function withoutWords(seen: { thought: boolean; call: boolean }, reason: string | undefined): EngineError {
  const why = seen.call
    ? "called a tool and wrote no answer"
    : seen.thought && reason === "length"
      ? "reached its token limit while thinking, and wrote no answer: allow more tokens, or turn thinking off"
      : seen.thought
        ? "thought, and wrote no answer"
        : "ended its answer without a word";
  return new EngineError("empty", `the model ${why}`);
}

const reasons: Readonly<Record<string, FinishReason>> = {
  stop: "stop",
  eos_token: "stop",
  stop_sequence: "stop",
  end_turn: "stop",
  length: "length",
  max_tokens: "length",
  repetition: "repetition",
  tool_calls: "toolCalls",
  tool_use: "toolCalls",
  function_call: "toolCalls",
};

function finishReason(reason: string): FinishReason {
  return Object.hasOwn(reasons, reason) ? (reasons[reason] as FinishReason) : "other";
}
