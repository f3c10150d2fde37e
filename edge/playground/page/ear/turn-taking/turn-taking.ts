/**
 * Decides, frame by frame, whose turn it is to speak. An utterance begins with speech and is transcribed at its first
 * pause; its words decide how much silence ends it. If the user continues before then, both parts are joined. Speech
 * while the assistant is speaking first lowers its voice, then pauses it, and interrupts it once the speech continues
 * or contains a word. Noise and the assistant's own voice do not interrupt: the assistant resumes where it was paused.
 * This module has no clock: time is counted in frames.
 */
import { framesOf } from "../frames.ts";
import { endsAfterMs } from "./ending.ts";
import { Hush, type VoiceDecision } from "./hush.ts";

/** What turn-taking tells the page to do. */
export type Decision =
  /** The user begins to speak. */
  | { readonly do: "begin" }
  /**
   * Transcribe the last `frames` frames, which include those kept from before the first sound. `overVoice`: the
   * assistant was speaking meanwhile.
   */
  | { readonly do: "transcribe"; readonly id: number; readonly frames: number; readonly overVoice: boolean }
  /** Ignore the result of this `transcribe`: the user continues to speak. */
  | { readonly do: "withdraw"; readonly id: number }
  /** Send what the user said as a question. */
  | { readonly do: "ask"; readonly text: string }
  /** Discard the utterance: nothing was said. */
  | { readonly do: "drop" }
  | VoiceDecision;

/** The result of a transcription. */
export interface Understood {
  /** The transcript; empty if nobody spoke. */
  readonly text: string;
  /** Whether the transcript is what the assistant itself has just said. */
  readonly isEcho: boolean;
}

/** The state machine of turn-taking. */
export interface TurnTaking {
  /**
   * Processes the next frame of audio. `speech` is the probability that the frame contains speech, 0 to 1; `voice` is
   * the id of the answer that is playing, or undefined.
   */
  frame(speech: number, voice: string | undefined): readonly Decision[];
  /** Processes the result of the `transcribe` decision with this id; if the decision was withdrawn, nothing changes. */
  understood(id: number, understood: Understood): readonly Decision[];
  /** Discards the current utterance. */
  reset(): readonly Decision[];
  /** Whether the user is speaking: they have begun, and have not been quiet for long. */
  readonly isSpeaking: boolean;
  /** The transcript of the current utterance, which has not been sent as a question yet; undefined until it arrives. */
  readonly pending: string | undefined;
  /** Whether the user cannot interrupt the assistant by speaking, because the microphone picks up its voice. */
  readonly isDeaf: boolean;
}

// A frame counts as speech from this probability on. `alone` is Silero's own threshold; `overVoice`, which applies
// while the assistant speaks, keeps residual echo out.
const speaks = { alone: 0.5, overVoice: 0.7 } as const;
const goesOnBelow = 0.15;
// Speech must last this many frames to begin an utterance: a click is shorter.
const beginFrames = 3;
/** How many frames from before the first sound belong to an utterance, since they may contain soft consonants. */
const leadFrames = framesOf(500);
const pauseFrames = framesOf(240);
const holdFrames = framesOf(200);
// How many frames of the user's speech interrupt the assistant once its voice is paused: with the speech before the
// pause, 500 ms in all. If the speech is only an echo of the voice, it ends when the voice is paused.
const interruptFrames = framesOf(500) - holdFrames;
// How long audio from the loudspeaker lingers in the room, in frames: speech that begins within this time may be an
// echo.
const echoTailFrames = framesOf(1000);
// After this many echoes in one answer, the user can no longer interrupt the answer by speaking: otherwise further
// echoes would make it stutter to its end.
const mostEchoes = 2;
// The longest utterance, in frames, so that the recording stays just below the 60 s that assistant.proto allows.
const mostFrames = framesOf(58_000) - leadFrames;

interface Utterance {
  /** The number of frames since the utterance's first sound. */
  length: number;
  /** How many of the utterance's frames contain speech. */
  spoken: number;
  /** The number of frames since the last frame with speech. */
  silence: number;
  /** The number of frames with speech since the assistant's voice was paused. */
  afterVoice: number;
  overVoice: boolean;
  /** The last `transcribe` decision of this utterance, with the transcript once it has arrived. */
  asked: { readonly id: number; text?: string } | undefined;
}

/** Creates the state machine, in the state in which nobody is speaking. */
export function createTurnTaking(): TurnTaking {
  return new TurnTaker();
}

class TurnTaker implements TurnTaking {
  readonly #hush = new Hush();
  #utterance: Utterance | undefined;
  /** The number of frames of speech in a row so far, until there are enough to begin an utterance. */
  #run = 0;
  #lastId = 0;
  #sinceVoice = Number.POSITIVE_INFINITY;
  #voiceOf: string | undefined;
  #echoes = 0;

  frame(speech: number, voice: string | undefined): readonly Decision[] {
    const sounds = voice !== undefined;
    if (sounds && voice !== this.#voiceOf) [this.#voiceOf, this.#echoes] = [voice, 0];
    this.#sinceVoice = sounds ? 0 : this.#sinceVoice + 1;
    const least = speaks[sounds ? "overVoice" : "alone"] - (this.#utterance === undefined ? 0 : goesOnBelow);
    const isSpeech = speech >= least && !(sounds && this.isDeaf);
    const late = this.#hush.frame();
    const said = this.#utterance;
    if (said === undefined) return [...late, ...this.#wait(isSpeech, sounds)];
    said.length++;
    said.overVoice ||= sounds;
    // An utterance that has reached the maximum length ends here, even in the middle of a word.
    const goesOn = isSpeech && said.length < mostFrames;
    return [...late, ...(goesOn ? this.#speak(said, sounds) : this.#pause(said))];
  }

  understood(id: number, { text, isEcho }: Understood): readonly Decision[] {
    const said = this.#utterance;
    if (said?.asked?.id !== id) return [];
    if (isEcho) this.#echoes++;
    if (isEcho || text === "") return this.#drop();
    said.asked.text = text;
    return [...this.#hush.interrupt(this.#sinceVoice === 0), ...this.#end(said)];
  }

  reset(): readonly Decision[] {
    return this.#utterance === undefined ? this.#hush.resume() : this.#drop();
  }

  get isSpeaking(): boolean {
    return this.#utterance !== undefined && this.#utterance.silence < pauseFrames;
  }

  get pending(): string | undefined {
    return this.#utterance?.asked?.text;
  }

  get isDeaf(): boolean {
    return this.#echoes >= mostEchoes;
  }

  /** Handles a frame while nobody has spoken yet. */
  #wait(isSpeech: boolean, sounds: boolean): Decision[] {
    this.#run = isSpeech ? this.#run + 1 : 0;
    if (this.#run < beginFrames) return [];
    const overVoice = this.#sinceVoice <= echoTailFrames;
    const [length, spoken] = [this.#run, this.#run];
    this.#utterance = { length, spoken, silence: 0, afterVoice: 0, overVoice, asked: undefined };
    return [{ do: "begin" }, ...(sounds ? this.#hush.quieten("lower") : [])];
  }

  /** Handles a frame while the user continues to speak. */
  #speak(said: Utterance, sounds: boolean): Decision[] {
    const decisions: Decision[] = [];
    if (said.asked !== undefined) decisions.push({ do: "withdraw", id: said.asked.id });
    said.asked = undefined;
    said.silence = 0;
    said.spoken++;
    if (sounds) decisions.push(...this.#hush.quieten(said.spoken >= holdFrames << this.#echoes ? "hold" : "lower"));
    else if (this.#hush.state === "hold" && ++said.afterVoice >= interruptFrames)
      decisions.push(...this.#hush.interrupt(false));
    return decisions;
  }

  /** Handles a frame while the user pauses or has finished. */
  #pause(said: Utterance): Decision[] {
    said.silence++;
    if (said.silence !== pauseFrames) return this.#end(said);
    said.asked = { id: ++this.#lastId };
    const { length, overVoice } = said;
    const asks: Decision = { do: "transcribe", id: this.#lastId, frames: length + leadFrames, overVoice };
    return this.#hush.state === "lower" ? [asks, ...this.#hush.resume()] : [asks];
  }

  /** Sends the utterance as a question if it is over and its transcript has arrived; otherwise does nothing. */
  #end(said: Utterance): Decision[] {
    const text = said.asked?.text;
    const isLong = said.length >= mostFrames;
    if (text === undefined || (!isLong && said.silence < framesOf(endsAfterMs(text)))) return [];
    this.#forget();
    return [{ do: "ask", text }];
  }

  #drop(): Decision[] {
    this.#forget();
    return [{ do: "drop" }, ...this.#hush.resume()];
  }

  #forget(): void {
    this.#utterance = undefined;
    this.#run = 0;
  }
}
