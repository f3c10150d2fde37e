import type { Call } from "../call.ts";
import type { OpenerMode } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "./events.ts";

/** How a turn is spoken. */
export interface SpeechOptions {
  /** A voice's name; empty for the default. */
  readonly voice: string;
  /** The language of the text, as a BCP 47 tag; empty to detect it from the text. */
  readonly language: string;
  /** The language of the question that the text answers, as a BCP 47 tag; empty if unknown. */
  readonly questionLanguage: string;
  /** The profile whose lexicon applies in addition to the service's own. Default: none. */
  readonly lexicon?: string | undefined;
  /** How the text of the first audio is chosen. Default: the service decides. */
  readonly opener?: OpenerMode | undefined;
  /** Texts that the writer may be asked to begin with, if the opener mode is `OpenerMode.LIST`. Default: none. */
  readonly openings?: readonly string[];
}

/** A voice that has a slot for a turn. */
export interface Speech {
  /** The voice that speaks. */
  readonly voice: string;
  /** The format of the speech's audio. */
  readonly format: { sampleRateHertz: number; channelCount: number };
  /** How the text of the first audio is chosen. */
  readonly openerMode: OpenerMode;
  /** Those of the offered openings that are worth using. */
  readonly openings: readonly string[];
  /** The speech of the text, to its end. */
  readonly events: AsyncIterable<TurnEvent>;
  /** How long it took to get the slot, as the voice service reports it, in milliseconds. */
  readonly waitedMs: number;
  /** What the first audio waited for, as the voice service reports it; undefined before the report. */
  readonly waits: () => AudioWaits | undefined;
  /** Tells the voice how far its audio has been heard, so that the audio needed soonest is made first. */
  readonly played: (heard: HeardSound) => void;
}

/** A position in the sound of a turn. */
export interface HeardSound {
  /** A segment's index. */
  readonly segment: number;
  /** Seconds of audio that have left the speaker. */
  readonly seconds: number;
}

/** What the first audio of a text waited for after its first text arrived, in milliseconds. */
export interface AudioWaits {
  /** The wait for enough text to be spoken by itself. */
  readonly clauseMs: number;
  /** The wait for the conversion of that first text to spoken words. */
  readonly wordsMs: number;
  /** The wait for a worker. */
  readonly queueMs: number;
  /** The wait for the worker's first audio. */
  readonly engineMs: number;
  /** The wait for the end of the leading silence. */
  readonly leadingSilenceMs: number;
}

/**
 * Asks for a slot and waits until it is granted; then `text` is spoken while it arrives, until the call's signal
 * aborts. Speaking continues even if the events are no longer read.
 */
export type OpenSpeech = (text: AsyncIterable<string>, call: Call, options: SpeechOptions) => Promise<Speech>;
