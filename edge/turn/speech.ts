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
  /** How long it took to find the place, by the voice's own account, in milliseconds. */
  readonly waitedMs: number;
  /** What its first audio has waited for, by the voice's own account, once that is there. */
  readonly waits: () => AudioWaits | undefined;
  /** Tells the voice how far it was heard by now: what is needed soonest is made first. */
  readonly played: (heard: HeardSound) => void;
}

/** A place in the sound of a turn. */
export interface HeardSound {
  /** A segment's index. */
  readonly segment: number;
  /** Seconds of it that left the speaker. */
  readonly seconds: number;
}

/** What the first audio of a text has waited for since its first text came, in milliseconds. */
export interface AudioWaits {
  /** For as much text as is spoken alone. */
  readonly clauseMs: number;
  /** For its words as they are spoken. */
  readonly wordsMs: number;
  /** For a worker. */
  readonly queueMs: number;
  /** For the worker's first sound. */
  readonly engineMs: number;
  /** For the end of the silence that it began with. */
  readonly leadingSilenceMs: number;
}

/**
 * Asks for a place and waits until it is granted; then `text` is spoken while it arrives, until the call's signal aborts. Leaving
 * the events alone does not end it.
 */
export type OpenSpeech = (text: AsyncIterable<string>, call: Call, options: SpeechOptions) => Promise<Speech>;
