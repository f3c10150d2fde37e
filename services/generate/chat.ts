/** A chat completion request for an engine's adapter: validated, with defaults filled in. */
export interface ChatRequest {
  /** Identifies the request in the engine's log. */
  readonly requestId: string;
  /** The model to use, by the name under which it is served; undefined lets the adapter choose. */
  readonly model: string | undefined;
  /** The conversation: at least one message, oldest first. */
  readonly messages: readonly ChatMessage[];
  /** The maximum number of tokens to write. */
  readonly maxTokens: number;
  /** How tokens are sampled; for values that are absent, the engine uses its own defaults. */
  readonly sampling: Sampling;
  /** Strings at which the answer is to end. */
  readonly stop: readonly string[];
  /** The shape that the answer must have; undefined if any shape will do. */
  readonly constraint: Constraint | undefined;
  /** Short texts: the model is asked to begin its answer with one of them. Default: none. */
  readonly openings?: readonly string[];
  /** Functions that the model may call. If undefined, calls that it writes nevertheless are removed from the answer. */
  readonly tools?: Tools;
  /**
   * Whether the model may think before it answers; if not, thinking is turned off where possible. Default: no.
   */
  readonly thinking?: boolean;
  /** Requests with lower values are served earlier; 0 is normal. */
  readonly priority: number;
  /** The owner of the request, from coarse to fine: a tenant, then its user. Default: unknown. */
  readonly whose?: readonly string[];
  /** An id that a conversation's requests share, so that they go to the server that has cached their common prefix. */
  readonly sessionId?: string;
  /** How long to wait for the first token; a first token that comes later is of no use to the caller. */
  readonly firstTokenTimeoutMs?: number;
  /** The caller's W3C Trace Context. */
  readonly traceparent: string | undefined;
}

/** One message of a conversation. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string;
  /** In a message of the assistant: the tool calls that the model made. */
  readonly toolCalls?: readonly ToolCall[];
  /** In a tool's message: the id of the call that the message answers. */
  readonly toolCallId?: string;
}

/**
 * Functions that the model may call, in the format of OpenAI's chat completions; this service does not interpret them.
 */
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
  /** Numbers to add to the logits of tokens, keyed by token id. */
  readonly logitBias?: Readonly<Record<number, number>>;
}

/** A shape that an answer must have. */
export type Constraint =
  | { readonly type: "jsonSchema"; readonly schema: object }
  | { readonly type: "regex"; readonly pattern: string }
  | { readonly type: "choice"; readonly options: readonly string[] };

/**
 * The events of an answer: any number of `accepted`, then one `started`, any number of other events, and one
 * `finished`.
 */
export type ChatEvent =
  /**
   * A server has taken the request but sent no token yet, and may still refuse. Sent before `started`, and again if
   * another server takes over before `started`. `queuedMs`: how long the request waited for a slot. Default: 0.
   */
  | { readonly type: "accepted"; readonly model: string; readonly queuedMs?: number }
  /**
   * The answer has begun. `openingHeld`: structured output forces the model to begin with one of the openings. Default:
   * no. `queuedMs`: how long the request waited for admission. Default: 0.
   */
  | { readonly type: "started"; readonly model: string; readonly openingHeld?: boolean; readonly queuedMs?: number }
  /**
   * The model is thinking, and has been for `elapsedMs`; sent about once a second. `done`: it has finished thinking.
   */
  | { readonly type: "thinking"; readonly elapsedMs: number; readonly done: boolean }
  /** Text of the answer: never empty, never half a surrogate pair, and never only white space before the first word. */
  | { readonly type: "delta"; readonly text: string }
  /**
   * Something that the model wrote was removed because it is not part of the answer, such as a tool call. Sent at most
   * once.
   */
  | { readonly type: "leftOut" }
  | {
      readonly type: "finished";
      readonly reason: FinishReason;
      readonly usage: Usage | undefined;
      /** The model's tool calls, if it was given tools. */
      readonly toolCalls?: readonly ToolCall[];
    };

/** Why an answer ended; `other` stands for a reason that this version does not know. */
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

/** Wraps a `Chat` in another one, which adds a behavior. Between a caller and the servers is a chain of such layers. */
export type Layer = (chat: Chat) => Chat;
