import { EngineError } from "../../../common/errors/engine-error.ts";
import type { ChatEvent, FinishReason, Usage } from "../../chat.ts";
import { complaintOf, toError } from "./complaint.ts";

/**
 * Reads the events of a streamed chat completion. Deltas that arrived together become one. Ends after `[DONE]`.
 * Throws EngineError if the engine says that it failed, aborted, or stopped without saying why.
 */
export async function* readAnswer(
  batches: AsyncIterable<readonly string[]>,
  model: string,
): AsyncGenerator<ChatEvent, void, undefined> {
  const answer: Answer = { begun: false, finish: undefined, usage: undefined, failure: undefined, done: false };
  let started = false;
  let held = "";
  for await (const batch of batches) {
    let text = held;
    for (const data of batch) {
      text += readEvent(data, answer);
      if (answer.done || answer.failure !== undefined) break;
    }
    if (answer.begun && !started) {
      started = true;
      yield { type: "started", model };
    }
    held = answer.done ? "" : (/[\ud800-\udbff]$/.exec(text)?.[0] ?? "");
    text = text.slice(0, text.length - held.length).toWellFormed();
    if (text !== "") yield { type: "delta", text };
    if (answer.failure !== undefined) throw answer.failure;
    if (answer.done) break;
  }
  if (answer.finish === undefined)
    throw new EngineError("broken", "the model server ended its answer without saying why, as if it were cut off");
  yield { type: "finished", reason: finishReason(answer.finish), usage: answer.usage };
}

/** What has been read of an answer, besides its text. */
interface Answer {
  /** The engine has sent something that is no failure. */
  begun: boolean;
  finish: string | undefined;
  usage: Usage | undefined;
  failure: Error | undefined;
  done: boolean;
}

/** The few fields that are read of a chunk; another server may leave out any of them. */
interface Chunk {
  error?: unknown;
  choices?: { delta?: { content?: string | null } | null; finish_reason?: string | null }[] | null;
  usage?: {
    prompt_tokens?: number;
    completion_tokens?: number;
    prompt_tokens_details?: { cached_tokens?: number } | null;
  } | null;
}

/** Takes one event into `answer` and returns its text: an event may bring text and the end at once. */
function readEvent(data: string, answer: Answer): string {
  if (data === "[DONE]") {
    answer.done = true;
    return "";
  }
  const chunk = parseChunk(data);
  if (chunk === undefined) {
    answer.failure = new EngineError("broken", "the model server sent an event that is no JSON object");
    return "";
  }
  if (chunk.error) {
    answer.failure = toError(complaintOf(chunk.error, 500));
    return "";
  }
  answer.begun = true;
  if (chunk.usage) answer.usage = readUsage(chunk.usage);
  const choice = chunk.choices?.[0];
  answer.finish = choice?.finish_reason ?? answer.finish;
  if (answer.finish === "abort" || answer.finish === "error")
    answer.failure = new EngineError("broken", `the model server gave the answer up (${answer.finish})`);
  return choice?.delta?.content ?? "";
}

function parseChunk(data: string): Chunk | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function readUsage(usage: NonNullable<Chunk["usage"]>): Usage {
  return {
    promptTokens: usage.prompt_tokens ?? 0,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
    completionTokens: usage.completion_tokens ?? 0,
  };
}

function finishReason(reason: string): FinishReason {
  return reason === "stop" || reason === "length" || reason === "repetition" ? reason : "other";
}
