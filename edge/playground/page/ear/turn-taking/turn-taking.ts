/**
 * Decides, frame by frame, whose turn it is to speak. An utterance begins with speech; at its first pause it is written down at once, and how
 * long a silence then ends it depends on its words; whoever goes on before that has both parts joined. What begins while the assistant speaks
 * lowers its voice, then holds it, and interrupts it once it goes on or has a word: a noise, or the assistant's own voice, does neither, and
 * the assistant goes on where it was held. It knows no clock: time is counted in frames.
 */
import { framesOf } from "../frames.ts";
import { endsAfterMs } from "./ending.ts";
import { Hush, type VoiceDecision } from "./hush.ts";

/** What is to be done. */
export type Decision =
  /** Somebody begins to speak. */
  | { readonly do: "begin" }
  /** Write down the last `frames` frames; those before its first sound are among them. `overVoice`: the assistant spoke meanwhile. */
  | { readonly do: "transcribe"; readonly id: number; readonly frames: number; readonly overVoice: boolean }
  /** What was asked for with `transcribe` counts no more: the person goes on. */
  | { readonly do: "withdraw"; readonly id: number }
  /** This is what the person said. */
  | { readonly do: "ask"; readonly text: string }
  /** It was nothing that was said. */
  | { readonly do: "drop" }
  | VoiceDecision;

/** What a recording came to. */
export interface Understood {
  /** The words; empty if nobody spoke. */
  readonly text: string;
  /** They are what the assistant itself has just said. */
  readonly isEcho: boolean;
}

/** Whose turn it is. */
export interface TurnTaking {
  /** The next frame: how likely somebody speaks in it, 0 to 1, and whose answer sounds meanwhile, by its id. */
  frame(speech: number, voice: string | undefined): readonly Decision[];
  /** What came of a `transcribe`. One that was withdrawn changes nothing. */
  understood(id: number, understood: Understood): readonly Decision[];
  /** Forgets what is being said. */
  reset(): readonly Decision[];
  /** Somebody speaks: they have begun, and have not been quiet for long. */
  readonly isSpeaking: boolean;
  /** What was said, as far as it is understood and not yet asked. */
  readonly pending: string | undefined;
  /** The assistant's voice comes back by the microphone: while it speaks nobody can interrupt it. */
  readonly isDeaf: boolean;
}

// Silero's own; while the assistant speaks, what is left of its echo is not to pass.
const speaks = { alone: 0.5, overVoice: 0.7 } as const;
const goesOnBelow = 0.15;
// A click is shorter.
const beginFrames = 3;
/** What is kept from before the first sound: soft consonants. */
const leadFrames = framesOf(500);
const pauseFrames = framesOf(240);
const holdFrames = framesOf(200);
// 500 ms in all, of which the voice was silent for the last part: its own echo ends with it.
const interruptFrames = framesOf(500) - holdFrames;
// A sound takes this long from the speaker through the room.
const echoTailFrames = framesOf(1000);
// After two echoes in one answer a third would make it stutter to its end.
const mostEchoes = 2;
// A recording takes at most 60 s (assistant.proto).
const mostFrames = framesOf(58_000) - leadFrames;

interface Utterance {
  /** Frames since its first sound. */
  length: number;
  /** How many of them hold speech. */
  spoken: number;
  /** Frames since the last that does. */
  silence: number;
  /** Frames of speech since the voice was held and is silent. */
  afterVoice: number;
  overVoice: boolean;
  /** The transcript that was asked for last, and its words once they are there. */
  asked: { readonly id: number; text?: string } | undefined;
}

/** Begins with nobody speaking. */
export function createTurnTaking(): TurnTaking {
  return new TurnTaker();
}

class TurnTaker implements TurnTaking {
  readonly #hush = new Hush();
  #utterance: Utterance | undefined;
  /** Frames of speech in a row, before they are an utterance. */
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
    // What is longer than a recording may be ends here, in the middle of a word if need be.
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

  /** Nobody has spoken so far. */
  #wait(isSpeech: boolean, sounds: boolean): Decision[] {
    this.#run = isSpeech ? this.#run + 1 : 0;
    if (this.#run < beginFrames) return [];
    const overVoice = this.#sinceVoice <= echoTailFrames;
    const [length, spoken] = [this.#run, this.#run];
    this.#utterance = { length, spoken, silence: 0, afterVoice: 0, overVoice, asked: undefined };
    return [{ do: "begin" }, ...(sounds ? this.#hush.quieten("lower") : [])];
  }

  /** Somebody goes on. */
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

  /** Somebody pauses, or has ended. */
  #pause(said: Utterance): Decision[] {
    said.silence++;
    if (said.silence !== pauseFrames) return this.#end(said);
    said.asked = { id: ++this.#lastId };
    const { length, overVoice } = said;
    const asks: Decision = { do: "transcribe", id: this.#lastId, frames: length + leadFrames, overVoice };
    return this.#hush.state === "lower" ? [asks, ...this.#hush.resume()] : [asks];
  }

  /** Asks what was said, once it is understood and nothing more comes. */
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
