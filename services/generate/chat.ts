/** One chat completion, as the adapter of an engine takes it: checked and complete. */
export interface ChatRequest {
  /** Names the request in the engine's log. */
  readonly requestId: string;
  /** The served model; undefined lets the adapter choose. */
  readonly model: string | undefined;
  /** Oldest first, at least one. */
  readonly messages: readonly ChatMessage[];
  /** The most tokens to write. */
  readonly maxTokens: number;
  /** What is absent is the engine's own default. */
  readonly sampling: Sampling;
  /** Strings that end the answer. */
  readonly stop: readonly string[];
  /** The shape that the answer is held to. */
  readonly constraint: Constraint | undefined;
  /** Texts that the answer may begin with; the model is asked to. Default: none. */
  readonly openings?: readonly string[];
  /** Functions that the model may call. None: a call that it writes is left out of the answer. */
  readonly tools?: Tools;
  /** Whether the model may think before it answers; if not, it is kept from it where the server can. Default: not. */
  readonly thinking?: boolean;
  /** Lower is served earlier; 0 is ordinary. */
  readonly priority: number;
  /** Whose request it is, from coarse to fine: a tenant, and its user. Default: nobody says. */
  readonly whose?: readonly string[];
  /** Requests of one conversation share it: they find their beginning in the same server's prefix cache. */
  readonly sessionId?: string;
  /** A first token that comes later is of no use to the caller. */
  readonly firstTokenTimeoutMs?: number;
  /** W3C Trace Context of the caller. */
  readonly traceparent: string | undefined;
}

/** One message of a conversation. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string;
  /** What the model called, in a message of the assistant. */
  readonly toolCalls?: readonly ToolCall[];
  /** Which call a message of a tool answers. */
  readonly toolCallId?: string;
}

/** Functions that the model may call, as chat completions has them: nobody here looks into them. */
export interface Tools {
  readonly definitions: readonly object[];
  readonly choice?: unknown;
  readonly parallel?: boolean;
}

/** A function that the model calls; its arguments are as the model wrote them. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** How tokens are drawn; meanings and ranges are those of `duet.generate.v1.Sampling`. */
export interface Sampling {
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly minP?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly repetitionPenalty?: number;
  readonly seed?: number;
  /** What is added to the chances of tokens, by their id. */
  readonly logitBias?: Readonly<Record<number, number>>;
}

/** A shape that an answer is held to. */
export type Constraint =
  | { readonly type: "jsonSchema"; readonly schema: object }
  | { readonly type: "regex"; readonly pattern: string }
  | { readonly type: "choice"; readonly options: readonly string[] };

/** What an engine says: `started`, any number of those between, one `finished`. */
export type ChatEvent =
  /**
   * Before `started`, and perhaps again before it: a server has taken the request, and its first token is to come. It may still refuse. `queuedMs`: how long
   * the request waited for a place. Default: 0.
   */
  | { readonly type: "accepted"; readonly model: string; readonly queuedMs?: number }
  /** `openingHeld`: the model is held to begin with an opening. Default: not. `queuedMs`: how long the request waited for a place. Default: 0. */
  | { readonly type: "started"; readonly model: string; readonly openingHeld?: boolean; readonly queuedMs?: number }
  /** The model thinks, and has for `elapsedMs`; about once a second. `done`: it has ended to. */
  | { readonly type: "thinking"; readonly elapsedMs: number; readonly done: boolean }
  /** Never empty, whole code points, and never blanks alone before the first word. */
  | { readonly type: "delta"; readonly text: string }
  /** Something that the model wrote is no part of the answer: the call of a tool. At most once. */
  | { readonly type: "leftOut" }
  | {
      readonly type: "finished";
      readonly reason: FinishReason;
      readonly usage: Usage | undefined;
      /** What the model calls, where it was given tools. */
      readonly toolCalls?: readonly ToolCall[];
    };

/** Why an answer ended; `other` is a reason that this version does not know. */
export type FinishReason = "stop" | "length" | "repetition" | "toolCalls" | "other";

/** Tokens by the engine's count. */
export interface Usage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
}

/**
 * Writes one answer. Throws EngineError, InvalidRequestError, among them TooLongError, NotFoundError, OverloadedError, or the signal's reason; leaving it stops
 * the engine.
 */
export type Chat = (request: ChatRequest, signal: AbortSignal) => AsyncIterable<ChatEvent>;

/** Makes a chat out of another: what stands between a caller and the servers is a row of these. */
export type Layer = (chat: Chat) => Chat;
