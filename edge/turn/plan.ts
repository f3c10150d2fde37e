import type { Call } from "../call.ts";
import type { EventOf, TurnEvent } from "./events.ts";
import type { SpeechOptions } from "./speech.ts";
import type { Turn } from "./turns.ts";
import type { Writer } from "./writer.ts";

/** What is asked of one turn. */
export interface TurnPlan extends SpeechOptions {
  /** What log, metrics and traces call this way of asking. */
  readonly rpc: "Converse" | "Speak" | "Answer";
  /** What it is called, where that is decided. Default: a new name. */
  readonly id?: string | undefined;
  /** Who writes the text. */
  readonly write: Writer;
  /** The text is JSON, of which the values at these paths are spoken; of none, every text in it. Default: all is spoken as it is written. */
  readonly spoken?: readonly string[] | undefined;
  /** The id of its profile, for its caller, log, metrics and traces. Default: none. */
  readonly profile?: string;
  /** What the voice says before the text, for all to hear that a machine speaks; asked once the text has begun to be written. Default: nothing. */
  readonly notice?: (() => string) | undefined;
  /** Keeps it in its session. Default: it belongs to none. */
  readonly keep?: KeepTurn | undefined;
}

/** What was said in a recording, as its caller is told. */
export interface Said extends Omit<EventOf<"transcript">, "$typeName" | "final"> {
  /** Empty if nobody spoke. */
  readonly text: string;
  /** A BCP 47 tag; empty if it is not told. */
  readonly language: string;
}

/** What is asked of a turn whose question is a recording: it is transcribed to first, and what was said decides the rest. */
export interface SpokenPlan extends Pick<TurnPlan, "rpc" | "id" | "profile"> {
  /** Writes down what was said. The call's signal is the turn's. */
  readonly listen: (call: Call) => Promise<Said>;
  /** What to do about it; not asked where nobody spoke. */
  readonly answer: (said: Said) => TurnPlan;
}

/**
 * A stage that keeps a turn, for what comes after it: whatever has to be there before the turn begins is there when the first event is
 * read, and what passes is what is sent. It may say of `started` which session the turn belongs to.
 */
export type KeepTurn = (events: AsyncGenerator<TurnEvent>, turn: Turn) => AsyncGenerator<TurnEvent>;
