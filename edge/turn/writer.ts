import type { Call } from "../call.ts";
import { FinishReason, type Role, type ThinkingMode } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ending, ToolCall } from "./events.ts";

/** A text that is being written. */
export interface Writing {
  /** The model that writes the text; empty if the text was given. */
  readonly model: string;
  /** Whether the caller is sent the text: not if the caller supplied it. */
  readonly shown: boolean;
  /** Whether the writer was asked to begin with an opening. Default: no. */
  readonly opens?: boolean;
  /** The text in pieces, with reports in between that the model is thinking. Returns how the text ended. */
  readonly deltas: AsyncGenerator<string | Thought, Ending>;
  /** What the first text waited for, as the service reports it; undefined before the report. Default: no waits. */
  readonly waits?: () => TextWaits | undefined;
}

/** What the first text of an answer waited for, in milliseconds. */
export interface TextWaits {
  /** The wait for a slot with the model. */
  readonly queueMs: number;
  /** The wait, after that, for the model's first token. */
  readonly firstTokenMs: number;
  /** The wait, after that, for the first text, while the model was thinking. */
  readonly thinkingMs: number;
}

/** A report that a model is thinking. The thoughts themselves are shown to nobody. */
export interface Thought {
  /** How long the model has been thinking, in milliseconds. */
  readonly elapsedMs: number;
  /** Whether the model has finished thinking. */
  readonly done: boolean;
}

/**
 * Begins to write for a turn, until the call's signal aborts; throws if the work is refused. The text may begin with
 * one of `openings`, whose audio is cached.
 */
export type Writer = (call: Call, turnId: string, openings?: readonly string[]) => Promise<Writing>;

/** What the model is asked, and how it may answer. */
export interface Question {
  /** The instructions for the answer. */
  readonly instructions: string;
  /** The conversation, oldest first, ending with what is to be answered. */
  readonly history: readonly (Said | Returned)[];
  /**
   * Identifies the conversation, so that its questions go to the server that has the beginning of the conversation
   * cached. Default: none.
   */
  readonly sessionId?: string;
  /** How the answer is written; absent options have the deployment's defaults. */
  readonly options: {
    /** The maximum number of tokens. */
    readonly maxTokens?: number | undefined;
    readonly temperature?: number | undefined;
    readonly topP?: number | undefined;
    readonly seed?: number | undefined;
    readonly presencePenalty?: number | undefined;
    readonly frequencyPenalty?: number | undefined;
    /** Whether the model may think before it answers. */
    readonly thinking?: ThinkingMode | undefined;
  };
  /** Strings at which the answer ends, without including them. Default: none. */
  readonly stop?: readonly string[];
  /** The shape that the answer must have. Default: none. */
  readonly constraint?: Shape | undefined;
  /**
   * The functions that the model may call, as JSON; which one it must call, and whether it may call several at once.
   * Default: none.
   */
  readonly tools?: { readonly definitions: readonly string[]; readonly choice?: string; readonly parallel?: boolean };
}

/** A message from one side of the conversation. */
export interface Said {
  readonly role: Role;
  readonly content: string;
  /** The model's calls in this message. */
  readonly toolCalls?: readonly ToolCall[];
}

/** The result of a function that the model called. */
export interface Returned {
  readonly toolCallId: string;
  readonly content: string;
}

/** A shape that an answer must have. */
export type Shape =
  | { readonly case: "jsonSchema" | "regex"; readonly value: string }
  | { readonly case: "choice"; readonly value: { readonly options: readonly string[] } };

/** Makes a writer that asks the model. */
export type AskModel = (question: Question) => Writer;

/** A writer of a text that is known in advance. */
export function giveText(text: string): Writer {
  async function* deltas(): AsyncGenerator<string, Ending> {
    yield text;
    return { finishReason: FinishReason.UNSPECIFIED, usage: undefined };
  }
  return async () => ({ model: "", shown: false, deltas: deltas() });
}
