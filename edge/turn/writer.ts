import type { Call } from "../call.ts";
import { FinishReason, type Role, type ThinkingMode } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ending, ToolCall } from "./events.ts";

/** A text that is being written. */
export interface Writing {
  /** The model that writes; empty if the text was given. */
  readonly model: string;
  /** Whether the caller is shown the text: not if it is his own. */
  readonly shown: boolean;
  /** Its writer was asked to begin with an opening. Default: it was not. */
  readonly opens?: boolean;
  /** The text, in pieces, and between them word that its model thinks. Returns how it ended. */
  readonly deltas: AsyncGenerator<string | Thought, Ending>;
  /** What its first text has waited for, by its own account, once that is there. Default: nothing. */
  readonly waits?: () => TextWaits | undefined;
}

/** What the first text of an answer has waited for, in milliseconds. */
export interface TextWaits {
  /** For a place with the model. */
  readonly queueMs: number;
  /** From there to the model's first token. */
  readonly firstTokenMs: number;
  /** From there to its first text: it thought. */
  readonly thinkingMs: number;
}

/** A model thinks. What it thinks is told nobody. */
export interface Thought {
  /** For how long it has, in milliseconds. */
  readonly elapsedMs: number;
  /** It has ended to. */
  readonly done: boolean;
}

/**
 * Begins to write for a turn, until the call's signal aborts; throws if no writer takes the work. Its text may begin with one of `openings`, whose
 * sound is at hand.
 */
export type Writer = (call: Call, turnId: string, openings?: readonly string[]) => Promise<Writing>;

/** What the model is asked. */
export interface Question {
  /** How it is to answer. */
  readonly instructions: string;
  /** The conversation, oldest first; what is to be answered is the last of it. */
  readonly history: readonly (Said | Returned)[];
  /** Names the conversation, so that its questions go where its beginning is cached. Default: it has no name. */
  readonly sessionId?: string;
  /** How the answer is written; what is left out is the deployment's default. */
  readonly options: {
    /** The most tokens to write. */
    readonly maxTokens?: number | undefined;
    readonly temperature?: number | undefined;
    readonly topP?: number | undefined;
    readonly seed?: number | undefined;
    readonly presencePenalty?: number | undefined;
    readonly frequencyPenalty?: number | undefined;
    /** Whether it may think first. */
    readonly thinking?: ThinkingMode | undefined;
  };
  /** Texts that end the answer before them. Default: none. */
  readonly stop?: readonly string[];
  /** The shape that the answer is held to. Default: none. */
  readonly constraint?: Shape | undefined;
  /** What the model may call, each as JSON text, which one it has to, and whether several at once. Default: nothing. */
  readonly tools?: { readonly definitions: readonly string[]; readonly choice?: string; readonly parallel?: boolean };
}

/** What somebody has said. */
export interface Said {
  readonly role: Role;
  readonly content: string;
  /** What the model called with it. */
  readonly toolCalls?: readonly ToolCall[];
}

/** What a function that the model called has returned. */
export interface Returned {
  readonly toolCallId: string;
  readonly content: string;
}

/** A shape that an answer is held to. */
export type Shape =
  | { readonly case: "jsonSchema" | "regex"; readonly value: string }
  | { readonly case: "choice"; readonly value: { readonly options: readonly string[] } };

/** Makes a writer that asks the model. */
export type AskModel = (question: Question) => Writer;

/** A writer of a text that is known already. */
export function giveText(text: string): Writer {
  async function* deltas(): AsyncGenerator<string, Ending> {
    yield text;
    return { finishReason: FinishReason.UNSPECIFIED, usage: undefined };
  }
  return async () => ({ model: "", shown: false, deltas: deltas() });
}
