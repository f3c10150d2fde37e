/** A chat completion request for an engine's adapter: validated, with defaults filled in. */
export interface ChatRequest {
  /** Identifies the request in the engine's log. */
  readonly requestId: string;
  /** The served model; undefined lets the adapter choose. */
  readonly model: string | undefined;
  /** Oldest first, at least one. */
  readonly messages: readonly ChatMessage[];
  /** The maximum number of tokens to write. */
  readonly maxTokens: number;
  /** Absent values have the engine's own defaults. */
  readonly sampling: Sampling;
  /** Strings that end the answer. */
  readonly stop: readonly string[];
  /** The shape that the answer must have. */
  readonly constraint: Constraint | undefined;
  /** Texts that the answer may begin with, as the model is asked to. Default: none. */
  readonly openings?: readonly string[];
  /** Functions that the model may call. If undefined, calls that it writes all the same are removed from the answer. */
  readonly tools?: Tools;
  /**
   * Whether the model may think before it answers; if not, thinking is turned off where the server can. Default: no.
   */
  readonly thinking?: boolean;
  /** Lower is served earlier; 0 is normal. */
  readonly priority: number;
  /** Whose request it is, from coarse to fine: a tenant, and its user. Default: unknown. */
  readonly whose?: readonly string[];
  /** The same for all requests of a conversation, so that they go to the server that has their prefix cached. */
  readonly sessionId?: string;
  /** A first token that arrives later is of no use to the caller. */
  readonly firstTokenTimeoutMs?: number;
  /** The caller's W3C Trace Context. */
  readonly traceparent: string | undefined;
}

/** One message of a conversation. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string;
  /** The model's calls, in a message of the assistant. */
  readonly toolCalls?: readonly ToolCall[];
  /** The call that a tool's message answers. */
  readonly toolCallId?: string;
}

/** Functions that the model may call, in the format of chat completions; this service does not interpret them. */
export interface Tools {
  readonly definitions: readonly object[];
  readonly choice?: unknown;
  readonly parallel?: boolean;
}

/** A call of a function by the model; its arguments are as the model wrote them. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** How tokens are sampled; meanings and ranges are those of `duet.generate.v1.Sampling`. */
export interface Sampling {
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly minP?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly repetitionPenalty?: number;
  readonly seed?: number;
  /** Added to the logits of tokens, by token id. */
  readonly logitBias?: Readonly<Record<number, number>>;
}

/** A shape that an answer must have. */
export type Constraint =
  | { readonly type: "jsonSchema"; readonly schema: object }
  | { readonly type: "regex"; readonly pattern: string }
  | { readonly type: "choice"; readonly options: readonly string[] };

/** The events of an answer: one `started`, any number of those between, one `finished`. */
export type ChatEvent =
  /**
   * Before `started`, and perhaps again before it: a server has taken the request, and its first token is to come. It
   * may still refuse. `queuedMs`: how long the request waited for a place. Default: 0.
   */
  | { readonly type: "accepted"; readonly model: string; readonly queuedMs?: number }
  /**
   * `openingHeld`: structured output makes the model begin with an opening. Default: no. `queuedMs`: how long the
   * request waited for admission. Default: 0.
   */
  | { readonly type: "started"; readonly model: string; readonly openingHeld?: boolean; readonly queuedMs?: number }
  /**
   * The model is thinking, and has been for `elapsedMs`; sent about once a second. `done`: it has finished thinking.
   */
  | { readonly type: "thinking"; readonly elapsedMs: number; readonly done: boolean }
  /** Text of the answer; never empty, never half a code point, and never only white space before the first word. */
  | { readonly type: "delta"; readonly text: string }
  /** Something that the model wrote is no part of the answer, such as a tool call. Sent at most once. */
  | { readonly type: "leftOut" }
  | {
      readonly type: "finished";
      readonly reason: FinishReason;
      readonly usage: Usage | undefined;
      /** The model's tool calls, if it was given tools. */
      readonly toolCalls?: readonly ToolCall[];
    };

/** Why an answer ended; `other` is a reason unknown to this version. */
export type FinishReason = "stop" | "length" | "repetition" | "toolCalls" | "other";

/** Token counts, as the engine reports them. */
export interface Usage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
}

/**
 * Writes one answer. Throws EngineError, InvalidRequestError (including TooLongError), NotFoundError, OverloadedError,
 * or the signal's reason; leaving the iteration stops the engine.
 */
export type Chat = (request: ChatRequest, signal: AbortSignal) => AsyncIterable<ChatEvent>;

/** Wraps a chat in another one. A chain of layers stands between a caller and the servers. */
export type Layer = (chat: Chat) => Chat;
