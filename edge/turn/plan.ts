import type { Call } from "../call.ts";
import type { EventOf, TurnEvent } from "./events.ts";
import type { SpeechOptions } from "./speech.ts";
import type { Turn } from "./turns.ts";
import type { Writer } from "./writer.ts";

/** What a turn is to do, as its request says. */
export interface TurnPlan extends SpeechOptions {
  /** The RPC's name, for logs, metrics and traces. */
  readonly rpc: "Converse" | "Speak" | "Answer";
  /** The turn's id, if it is given in advance. Default: a new one. */
  readonly id?: string | undefined;
  /** Writes the text of the turn. */
  readonly write: Writer;
  /**
   * If the text is JSON: the paths of the values to speak; an empty list means every string in it. Default: the text is
   * spoken as written.
   */
  readonly spoken?: readonly string[] | undefined;
  /** The id of the turn's profile, for the caller, logs, metrics and traces. Default: no profile. */
  readonly profile?: string;
  /**
   * Returns the notice that the voice is a machine's; it is spoken before the text. Called when the text has begun.
   * Default: no notice.
   */
  readonly notice?: (() => string) | undefined;
  /** The stage that stores the turn in its session. Default: the turn belongs to no session. */
  readonly keep?: KeepTurn | undefined;
}

/** The transcript of a recording, in the form in which callers get it. */
export interface Said extends Omit<EventOf<"transcript">, "$typeName" | "final"> {
  /** The transcript; empty if nobody spoke. */
  readonly text: string;
  /** The language that was spoken, as a BCP 47 tag; empty if unknown. */
  readonly language: string;
}

/** A turn whose question is a recording: it is transcribed first, and everything else depends on the transcript. */
export interface SpokenPlan extends Pick<TurnPlan, "rpc" | "id" | "profile"> {
  /** Transcribes the recording. `call.signal` aborts when the turn is stopped. */
  readonly listen: (call: Call) => Promise<Said>;
  /** Returns the plan of the turn that answers the transcript; not called if nobody spoke in the recording. */
  readonly answer: (said: Said) => TurnPlan;
}

/**
 * A stage that stores a turn in its session. It stores what must be stored before the turn begins, and only then reads
 * the first event. It passes on the events for the caller, and may add the session's id to `started`.
 */
export type KeepTurn = (events: AsyncGenerator<TurnEvent>, turn: Turn) => AsyncGenerator<TurnEvent>;
