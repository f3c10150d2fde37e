import { FinishReason } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import type { EventOf, ToolCall } from "../../../turn/events.ts";

/** Why an answer ended, as OpenAI's `finish_reason`. */
export function finishReasonOf({ finishReason }: EventOf<"finished">, toolCalls: readonly ToolCall[]): string {
  if (toolCalls.length > 0) return "tool_calls";
  return finishReason === FinishReason.LENGTH || finishReason === FinishReason.REPETITION ? "length" : "stop";
}

/** Token counts as OpenAI's `usage`; null if the engine did not report any. */
export function usageOf({ usage }: EventOf<"finished">): object | null {
  if (usage === undefined) return null;
  const { promptTokens = 0, completionTokens = 0, cachedTokens = 0 } = usage;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  };
}

/** A tool call in OpenAI's format. */
export function writeCall({ id, name, arguments: given }: ToolCall) {
  return { id, type: "function", function: { name, arguments: given } } as const;
}
