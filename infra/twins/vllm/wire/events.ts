import { pythonJson } from "../../python.ts";

/** The body of an error: `{"error": {...}}`. */
export interface ApiError {
  message: string;
  type: string;
  param: string | null;
  /** The HTTP status; also present in errors inside a stream. */
  code: number;
}

/**
 * A step of streaming an answer: data to send, or a connection fault. Types listed after `done` occur only in faults.
 */
export type AnswerEvent =
  | { type: "role" }
  | { type: "delta"; text: string; tokens: number }
  | { type: "finish"; text: string; tokens: number; finishReason: string; stopReason: string | null }
  | { type: "usage" }
  | { type: "done" }
  | { type: "error"; error: ApiError }
  /** An event that is sent in two writes, split inside a multi-byte character. */
  | { type: "split"; event: AnswerEvent }
  /** Bytes that vLLM would not send. */
  | { type: "raw"; text: string }
  /** The socket is destroyed. */
  | { type: "cut" }
  /** Nothing more is sent, and the socket stays open. */
  | { type: "hang" };

/** The values that are repeated in every chunk of an answer. */
export interface ChunkHead {
  id: string;
  /** When the answer began, in seconds since 1970. */
  created: number;
  model: string;
  /** vLLM's version, parallelism and a digest of its configuration. */
  fingerprint: string;
  promptTokens: number;
  /** Whether the stream ends with a chunk that states the usage (the numbers of tokens). */
  usage: boolean;
  /** Whether every chunk states the usage so far (the numbers of tokens). */
  continuousUsage: boolean;
}

/** Renders an event as bytes; `sentTokens` counts the tokens up to and including this event. */
export function renderEvent(event: AnswerEvent, head: ChunkHead, sentTokens: number): string {
  const { id, created, model } = head;
  const chunk = (rest: object) =>
    data(JSON.stringify({ id, object: "chat.completion.chunk", created, model, ...rest }));
  const counts = {
    prompt_tokens: head.promptTokens,
    total_tokens: head.promptTokens + sentTokens,
    completion_tokens: sentTokens,
  };
  const running = head.continuousUsage ? { usage: { ...counts, completion_tokens_details: null } } : {};
  switch (event.type) {
    case "role":
      return chunk({
        choices: [{ index: 0, delta: { role: "assistant", content: "" }, logprobs: null, finish_reason: null }],
        ...running,
        prompt_token_ids: null,
        prompt_text: null,
      });
    case "delta":
      return chunk({ choices: [choice(event.text, { finish_reason: null })], ...running });
    case "finish":
      return chunk({
        choices: [choice(event.text, { finish_reason: event.finishReason, stop_reason: event.stopReason })],
        ...running,
        // The last chunk of a stream carries the fingerprint; that is the usage chunk if there is one.
        ...(head.usage ? {} : { system_fingerprint: head.fingerprint }),
      });
    case "usage":
      return head.usage ? chunk({ choices: [], usage: counts, system_fingerprint: head.fingerprint }) : "";
    case "error":
      return data(pythonJson({ error: event.error }));
    case "done":
      return data("[DONE]");
    case "split":
      return renderEvent(event.event, head, sentTokens);
    case "raw":
      return event.text;
    case "cut":
    case "hang":
      return "";
  }
}

function choice(content: string, ending: object): object {
  return { index: 0, delta: { content }, logprobs: null, ...ending, token_ids: null };
}

function data(line: string): string {
  return `data: ${line}\n\n`;
}

/** The body of an answer that is not streamed. */
export function renderCompletion(
  head: ChunkHead,
  content: string,
  ending: { finishReason: string; stopReason: string | null },
  completionTokens: number,
): object {
  return {
    id: head.id,
    object: "chat.completion",
    created: head.created,
    model: head.model,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content,
          refusal: null,
          annotations: null,
          audio: null,
          function_call: null,
          reasoning: null,
        },
        logprobs: null,
        finish_reason: ending.finishReason,
        stop_reason: ending.stopReason,
        token_ids: null,
        routed_experts: null,
      },
    ],
    service_tier: null,
    system_fingerprint: head.fingerprint,
    usage: {
      prompt_tokens: head.promptTokens,
      total_tokens: head.promptTokens + completionTokens,
      completion_tokens: completionTokens,
      prompt_tokens_details: null,
      completion_tokens_details: null,
    },
    prompt_logprobs: null,
    prompt_token_ids: null,
    prompt_text: null,
    kv_transfer_params: null,
    ec_transfer_params: null,
    metrics: null,
  };
}
