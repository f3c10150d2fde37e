/** A language model that runs in this process. */
export interface LocalModel {
  /** What it is called in requests: its file's name without the ending. */
  readonly name: string;
  /** Tokens of prompt and answer together. */
  readonly contextSize: number;
  /**
   * Writes one answer: `begun`, any number of `text`, `ended`. Leaving it or aborting stops the computation, and it returns once
   * that has stopped. Throws PromptTooLongError, UnsupportedFormError, or the signal's reason.
   */
  write(request: WriteRequest, signal: AbortSignal): AsyncIterable<WriteEvent>;
  /** Frees the model's memory. Nothing may be written any more. */
  close(): Promise<void>;
}

/** What to write, checked. */
export interface WriteRequest {
  /** Oldest first, at least one. */
  readonly messages: readonly Message[];
  /** The most tokens to write; undefined: as many as fit. */
  readonly maxTokens: number | undefined;
  readonly sampling: Sampling;
  /** Strings that end the answer and are not part of it. */
  readonly stop: readonly string[];
  /** What the answer is held to; undefined: nothing. */
  readonly form: Form | undefined;
}

/** One message of a conversation. */
export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** How tokens are drawn. */
export interface Sampling {
  /** 0 always takes the likeliest. */
  readonly temperature: number;
  readonly topP: number;
  /** 0: off. */
  readonly topK: number;
  readonly minP: number;
  /** 0: off. */
  readonly presencePenalty: number;
  /** 0: off. */
  readonly frequencyPenalty: number;
  /** 1: off. */
  readonly repetitionPenalty: number;
  /** undefined: another one each time. */
  readonly seed: number | undefined;
}

/** A form that an answer is held to. */
export type Form =
  | { readonly type: "schema"; readonly schema: object }
  | { readonly type: "choice"; readonly options: readonly string[] };

/** What happens while an answer is written. */
export type WriteEvent =
  /** The prompt fits and is being read. */
  | { readonly type: "begun" }
  /** Whole code points, never empty. */
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "ended"; readonly reason: "stop" | "length"; readonly usage: Usage };

/** Tokens that an answer took. */
export interface Usage {
  readonly promptTokens: number;
  /** Those of the prompt that had been read for the answer before. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
}

/** The conversation leaves no room for an answer. */
export class PromptTooLongError extends Error {
  override name = "PromptTooLongError";
}

/** The form that was asked for cannot be kept to. */
export class UnsupportedFormError extends Error {
  override name = "UnsupportedFormError";
}
