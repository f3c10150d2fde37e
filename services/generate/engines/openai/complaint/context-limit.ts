import type { ContextTold } from "../../../too-long.ts";
import type { Complaint } from "./complaint.ts";

/**
 * Match the messages with which various servers say that a conversation is too long. The named groups `limit` and
 * `prompt` capture the numbers.
 */
const dialects: readonly RegExp[] = [
  // The messages of vLLM, OpenAI and DeepSeek. Newer ones say "your prompt contains at least N", older ones "(N in the
  // messages, M in the completion)".
  /maximum context length is (?<limit>\d+) tokens.*?(?:prompt contains at least|resulted in|requested \d+ tokens \(|\() ?(?<prompt>\d+)/is,
  /maximum context length (?:is|of) (?<limit>\d+) tokens.*?(?<prompt>\d+) tokens from the input/is,
  /maximum context length (?:is|of) (?<limit>\d+)/i,
  // The message of SGLang.
  /input \((?<prompt>\d+) tokens\) is longer than the model'?s context length \((?<limit>\d+) tokens\)/i,
  // The messages of LM Studio.
  /first (?<prompt>\d+) tokens .*context length of only (?<limit>\d+) tokens/is,
  /number of tokens to keep from the initial prompt is greater than the context length(?:.*?n_keep: (?<prompt>\d+).*?n_ctx: (?<limit>\d+))?/is,
  /model has reached (?:its|the) context length/i,
  // The message of llama.cpp and Ollama; llama.cpp gives the numbers in separate fields.
  /exceeds? the available context size/i,
  // The message of llama-cpp-python.
  /requested tokens \((?<prompt>\d+)\) exceed context window of (?<limit>\d+)/i,
  /(?:prompt|input) (?:length|is too long).*?(?<prompt>\d+).*?exceeds.*?(?<limit>\d+)/is,
  // Context-limit errors of Text Generation Inference, TensorRT-LLM and Mistral, and in Anthropic's format.
  /`?inputs`? tokens \+ `?max_new_tokens`? must be <= (?<limit>\d+)\. Given: (?<prompt>\d+)/i,
  /prompt length \((?<prompt>\d+)\)[^.]*exceeds? (?:maximum|max)[^(]*\((?<limit>\d+)\)/i,
  /prompt contains (?<prompt>\d+) tokens.*?too large for model with (?<limit>\d+) maximum context length/is,
  /prompt is too long: (?<prompt>\d+) tokens > (?<limit>\d+) maximum/i,
  /reduce the length of the (?:input|messages|prompt)/i,
];

const names = ["exceed_context_size_error", "context_length_exceeded"];
const statuses = [400, 413, 422, 500];

/** The context limit and prompt length in an error that says a conversation is too long; undefined for other errors. */
export function readContextLimit({ status, type, param, message, numbers }: Complaint): ContextTold | undefined {
  if (!statuses.includes(status)) return undefined;
  const found = dialects.map((dialect) => dialect.exec(message)).find((match) => match !== null);
  const byName = names.includes(type) || ["input_tokens", "input_text"].includes(param);
  if (!byName && (found === undefined || status === 413)) return undefined;
  const told = (number: string | undefined, beside: number | undefined) =>
    number === undefined ? beside : Number(number);
  return {
    limit: told(found?.groups?.limit, numbers.n_ctx),
    promptTokens: told(found?.groups?.prompt, numbers.n_prompt_tokens),
  };
}
