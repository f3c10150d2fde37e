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
  /** The profile whose lexicon applies in addition to the voice service's own. Default: no profile. */
  readonly lexicon?: string | undefined;
  /** How the text of the first audio is chosen. Default: the voice service decides. */
  readonly opener?: OpenerMode | undefined;
  /** Texts that the writer may be asked to begin with, if the opener mode is `OpenerMode.LIST`. Default: none. */
  readonly openings?: readonly string[];
}

/** The speech of a turn for which the voice service has granted a slot. */
export interface Speech {
  /** The name of the voice that speaks. */
  readonly voice: string;
  /** The format of the speech's audio. */
  readonly format: { sampleRateHertz: number; channelCount: number };
  /** How the text of the first audio is chosen. */
  readonly openerMode: OpenerMode;
  /** Which of the openings given in `SpeechOptions` are worth using, as judged by the voice service. */
  readonly openings: readonly string[];
  /** The events of the speech, up to the end of the text. */
  readonly events: AsyncIterable<TurnEvent>;
  /** How long the turn waited for its slot, in milliseconds, as the voice service reports. */
  readonly waitedMs: number;
  /** What the first audio waited for, as the voice service reports; undefined until the report arrives. */
  readonly waits: () => AudioWaits | undefined;
  /** Tells the voice service how far the audio has been heard, so that the audio needed soonest is made first. */
  readonly played: (heard: HeardSound) => void;
}

/** A position in the audio of a turn. */
export interface HeardSound {
  /** The index of a segment in the turn's speech. */
  readonly segment: number;
  /** How many seconds of the segment's audio have left the speaker. */
  readonly seconds: number;
}

/** What the first audio of a turn waited for after the first text had arrived, in milliseconds. */
export interface AudioWaits {
  /** The wait for a clause: enough text to be spoken by itself. */
  readonly clauseMs: number;
  /** The wait until the first clause was converted to spoken words. */
  readonly wordsMs: number;
  /** The wait for a free worker. */
  readonly queueMs: number;
  /** The wait for the first audio from the worker. */
  readonly engineMs: number;
  /** The wait for the end of the silence with which the audio begins. */
  readonly leadingSilenceMs: number;
}

/**
 * Asks the voice service for a slot and waits until it is granted; then `text` is spoken while it arrives, until the
 * call's signal aborts. Speaking continues even if the events are no longer read.
 */
export type OpenSpeech = (text: AsyncIterable<string>, call: Call, options: SpeechOptions) => Promise<Speech>;
