/** A language model that runs in this process. */
export interface LocalModel {
  /** The model's name in requests: the name of its file without the extension. */
  readonly name: string;
  /** The maximum of prompt and answer tokens together. */
  readonly contextSize: number;
  /**
   * Writes one answer as a series of events: `begun`, any number of `text`, `ended`. Leaving the iteration or aborting
   * the signal stops the computation; the iteration ends once the computation has stopped. Throws PromptTooLongError,
   * UnsupportedFormError, or the signal's reason.
   */
  write(request: WriteRequest, signal: AbortSignal): AsyncIterable<WriteEvent>;
  /** Frees the model's memory. Nothing can be written after that. */
  close(): Promise<void>;
}

/** A validated request. */
export interface WriteRequest {
  /** The messages of the conversation, oldest first; there is at least one. */
  readonly messages: readonly Message[];
  /** The maximum number of tokens in the answer; undefined: as many as fit. */
  readonly maxTokens: number | undefined;
  readonly sampling: Sampling;
  /** Strings that end the answer and are not part of it. */
  readonly stop: readonly string[];
  /** The format that the answer must have; undefined: any. */
  readonly form: Form | undefined;
}

/** One message of a conversation. */
export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** How tokens are sampled. */
export interface Sampling {
  /** How random the choice of tokens is; at 0 the most likely token is always taken. */
  readonly temperature: number;
  readonly topP: number;
  /** Only this many of the most likely tokens are considered; 0: all tokens. */
  readonly topK: number;
  readonly minP: number;
  /** How much tokens that have already occurred are penalized, no matter how often they occurred; 0: not at all. */
  readonly presencePenalty: number;
  /** 0: off. */
  readonly frequencyPenalty: number;
  /** The repetition penalty; 1 turns it off. */
  readonly repetitionPenalty: number;
  /** The seed of the random choices; undefined: a different seed each time. */
  readonly seed: number | undefined;
}

/** A format that an answer must have. */
export type Form =
  | { readonly type: "schema"; readonly schema: object }
  | { readonly type: "choice"; readonly options: readonly string[] };

/** An event of an answer. */
export type WriteEvent =
  /** The prompt fits and is being processed. */
  | { readonly type: "begun" }
  /** A piece of the answer: complete code points, never empty. */
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "ended"; readonly reason: "stop" | "length"; readonly usage: Usage };

/** The token counts of an answer. */
export interface Usage {
  readonly promptTokens: number;
  /** How many tokens of the prompt had already been processed for an earlier request. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
}

/** Thrown if the conversation is so long that the context has no room for an answer. */
export class PromptTooLongError extends Error {
  override name = "PromptTooLongError";
}

/** Thrown if the format that a request demands for the answer is not supported. */
export class UnsupportedFormError extends Error {
  override name = "UnsupportedFormError";
}
