import type { Call } from "../call.ts";
import type { EventOf, TurnEvent } from "./events.ts";
import type { SpeechOptions } from "./speech.ts";
import type { Turn } from "./turns.ts";
import type { Writer } from "./writer.ts";

/** What a turn is asked to do. */
export interface TurnPlan extends SpeechOptions {
  /** The RPC's name, for logs, metrics and traces. */
  readonly rpc: "Converse" | "Speak" | "Answer";
  /** The turn's id, if it is given in advance. Default: a new one. */
  readonly id?: string | undefined;
  /** Writes the text. */
  readonly write: Writer;
  /**
   * If the text is JSON: the paths of the values to speak; an empty list means every string in it. Default: the text is
   * spoken as written.
   */
  readonly spoken?: readonly string[] | undefined;
  /** The id of the turn's profile, which the caller, logs, metrics and traces are told. Default: none. */
  readonly profile?: string;
  /**
   * The notice, spoken before the text, that a machine is speaking; evaluated once the text has begun. Default: none.
   */
  readonly notice?: (() => string) | undefined;
  /** The stage that keeps the turn in its session. Default: the turn belongs to no session. */
  readonly keep?: KeepTurn | undefined;
}

/** What was said in a recording, in the form in which callers get it. */
export interface Said extends Omit<EventOf<"transcript">, "$typeName" | "final"> {
  /** Empty if nobody spoke. */
  readonly text: string;
  /** A BCP 47 tag; empty if unknown. */
  readonly language: string;
}

/** A turn whose question is a recording: it is transcribed first, and the transcript decides the rest. */
export interface SpokenPlan extends Pick<TurnPlan, "rpc" | "id" | "profile"> {
  /** Transcribes the recording. The call's signal is the turn's. */
  readonly listen: (call: Call) => Promise<Said>;
  /** Plans the turn that answers what was said; not called if nobody spoke in the recording. */
  readonly answer: (said: Said) => TurnPlan;
}

/**
 * A stage that keeps a turn for later. Whatever must be stored before the turn begins is stored before the first event
 * is read; the events that leave the stage are those that are sent. The stage may add the session to `started`.
 */
export type KeepTurn = (events: AsyncGenerator<TurnEvent>, turn: Turn) => AsyncGenerator<TurnEvent>;
