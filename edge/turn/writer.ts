import type { Call } from "../call.ts";
import { FinishReason, type Role, type ThinkingMode } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ending, ToolCall } from "./events.ts";

/** A text that is being written. */
export interface Writing {
  /** The name of the model that writes the text; empty if the caller supplied the text. */
  readonly model: string;
  /** Whether the text is sent to the caller: false for a text that the caller supplied. */
  readonly shown: boolean;
  /** Whether the writer was asked to begin with an opening, a ready-made first sentence such as 让我想想。 Default: no. */
  readonly opens?: boolean;
  /** The text in pieces, with reports in between that the model is thinking. Returns how the text ended. */
  readonly deltas: AsyncGenerator<string | Thought, Ending>;
  /** The waits before the first text, as Generate reports them; undefined before the report. Default: no waits. */
  readonly waits?: () => TextWaits | undefined;
}

/** The three consecutive waits before the first text of an answer, in milliseconds. */
export interface TextWaits {
  /** The wait for a slot at the model server. */
  readonly queueMs: number;
  /** The wait for the model's first token, after the slot was free. */
  readonly firstTokenMs: number;
  /** The wait for the first text after the model's first token, while the model was thinking. */
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
 * Begins to write the text of a turn; aborting `call.signal` stops the writing. Throws if the work is refused. The text
 * may begin with one of `openings`, whose audio is cached.
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
  /** How the model writes the answer; options that are absent have the deployment's defaults. */
  readonly options: {
    /** The maximum number of tokens in the answer. */
    readonly maxTokens?: number | undefined;
    readonly temperature?: number | undefined;
    readonly topP?: number | undefined;
    readonly seed?: number | undefined;
    readonly presencePenalty?: number | undefined;
    readonly frequencyPenalty?: number | undefined;
    /** Whether the model may think before it answers. */
    readonly thinking?: ThinkingMode | undefined;
  };
  /** Strings that end the answer and are not part of it. Default: none. */
  readonly stop?: readonly string[];
  /** A JSON Schema, a regular expression or a list of options that the answer must match. Default: none. */
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
  /** The function calls that the model made in this message. */
  readonly toolCalls?: readonly ToolCall[];
}

/** The result of a function that the model called. */
export interface Returned {
  readonly toolCallId: string;
  readonly content: string;
}

/** What an answer must match: a JSON Schema, a regular expression, or one of several options. */
export type Shape =
  | { readonly case: "jsonSchema" | "regex"; readonly value: string }
  | { readonly case: "choice"; readonly value: { readonly options: readonly string[] } };

/** Makes a writer that asks the model. */
export type AskModel = (question: Question) => Writer;

/** Makes a writer for a text that is known in advance. */
export function giveText(text: string): Writer {
  async function* deltas(): AsyncGenerator<string, Ending> {
    yield text;
    return { finishReason: FinishReason.UNSPECIFIED, usage: undefined };
  }
  return async () => ({ model: "", shown: false, deltas: deltas() });
}
