import type { Call } from "../call.ts";
import type { OpenerMode } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "./events.ts";

/** How a turn is spoken. */
export interface SpeechOptions {
  /** A voice's name; empty for the default. */
  readonly voice: string;
  /** A BCP 47 tag; empty to be told from the text. */
  readonly language: string;
  /** The language of the question that the text answers, as a BCP 47 tag; empty if it is not known. */
  readonly questionLanguage: string;
  /** The profile whose lexicon counts besides the service's own. Default: none. */
  readonly lexicon?: string | undefined;
  /** Where the first sound comes from. Default: as the service decides. */
  readonly opener?: OpenerMode | undefined;
  /** Texts that the writer may be asked to begin with, if the opener is listed. Default: none. */
  readonly openings?: readonly string[];
}

/** A voice that has a place for a turn. */
export interface Speech {
  /** The voice that speaks. */
  readonly voice: string;
  /** The format of its audio. */
  readonly format: { sampleRateHertz: number; channelCount: number };
  /** Where its first sound comes from. */
  readonly openerMode: OpenerMode;
  /** Those of the openings offered that are worth it. */
  readonly openings: readonly string[];
  /** The speech of the text, to its end. */
  readonly events: AsyncIterable<TurnEvent>;
}

/**
 * Asks for a place and waits until it is granted; then `text` is spoken while it arrives, until the call's signal aborts. Leaving
 * the events alone does not end it.
 */
export type OpenSpeech = (text: AsyncIterable<string>, call: Call, options: SpeechOptions) => Promise<Speech>;
