/**
 * Decides, frame by frame, whose turn it is to speak. An utterance begins with speech; at its first pause it is written down at once, and how
 * long a silence then ends it depends on its words; whoever goes on before that has both parts joined. What begins while the assistant speaks
 * lowers its voice, then holds it, and interrupts it once it goes on or has a word: a noise, or the assistant's own voice, does neither, and
 * the assistant goes on where it was held. It knows no clock: time is counted in frames.
 */
import { frameMs } from "../frames.ts";
import { endsAfterMs } from "./ending.ts";

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
  /** The assistant's voice: `lower` it, `hold` it, let it `resume` as it was, or `interrupt` it for good. */
  | { readonly do: "lower" | "hold" | "resume" | "interrupt" };

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

const framesOf = (ms: number) => Math.round(ms / frameMs);

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
const resumeFrames = framesOf(2000);
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
  let utterance: Utterance | undefined;
  let run = 0;
  let lastId = 0;
  let sinceVoice = Number.POSITIVE_INFINITY;
  let voiceOf: string | undefined;
  let echoes = 0;
  let hush: "none" | "lower" | "hold" = "none";
  let sinceHold = 0;

  /** Lowers or holds the voice; what is done already is not done again. */
  const quieten = (how: "lower" | "hold"): Decision[] => {
    if (hush === how || hush === "hold") return [];
    hush = how;
    sinceHold = 0;
    return [{ do: how }];
  };
  const resume = (): Decision[] => {
    if (hush === "none") return [];
    hush = "none";
    return [{ do: "resume" }];
  };
  const interrupt = (): Decision[] => {
    // It may have gone on, or begun, since.
    if (hush === "none" && sinceVoice > 0) return [];
    hush = "none";
    return [{ do: "interrupt" }];
  };
  const isDeaf = () => echoes >= mostEchoes;

  /** Nobody has spoken so far. */
  const wait = (isSpeech: boolean, sounds: boolean): Decision[] => {
    run = isSpeech ? run + 1 : 0;
    if (run < beginFrames) return [];
    const overVoice = sinceVoice <= echoTailFrames;
    utterance = { length: run, spoken: run, silence: 0, afterVoice: 0, overVoice, asked: undefined };
    return [{ do: "begin" }, ...(sounds ? quieten("lower") : [])];
  };

  /** Somebody goes on. */
  const speak = (said: Utterance, sounds: boolean): Decision[] => {
    const decisions: Decision[] = [];
    if (said.asked !== undefined) decisions.push({ do: "withdraw", id: said.asked.id });
    said.asked = undefined;
    said.silence = 0;
    said.spoken++;
    if (sounds && said.spoken >= holdFrames << echoes) decisions.push(...quieten("hold"));
    else if (sounds) decisions.push(...quieten("lower"));
    if (hush === "hold" && !sounds && ++said.afterVoice >= interruptFrames) decisions.push(...interrupt());
    return decisions;
  };

  /** Somebody pauses, or has ended. */
  const pause = (said: Utterance): Decision[] => {
    said.silence++;
    if (said.silence === pauseFrames) {
      said.asked = { id: ++lastId };
      const frames = said.length + leadFrames;
      const { overVoice } = said;
      const asks: Decision = { do: "transcribe", id: lastId, frames, overVoice };
      return hush === "lower" ? [asks, ...resume()] : [asks];
    }
    return end(said);
  };

  /** Asks what was said, once it is understood and nothing more comes. */
  const end = (said: Utterance): Decision[] => {
    const text = said.asked?.text;
    const isLong = said.length >= mostFrames;
    if (text === undefined || (!isLong && said.silence < framesOf(endsAfterMs(text)))) return [];
    utterance = undefined;
    run = 0;
    return [{ do: "ask", text }];
  };
  const drop = (): Decision[] => {
    utterance = undefined;
    run = 0;
    return [{ do: "drop" }, ...resume()];
  };

  return {
    frame(speech, voice) {
      const sounds = voice !== undefined;
      if (sounds && voice !== voiceOf) [voiceOf, echoes] = [voice, 0];
      sinceVoice = sounds ? 0 : sinceVoice + 1;
      const least = speaks[sounds ? "overVoice" : "alone"] - (utterance === undefined ? 0 : goesOnBelow);
      const isSpeech = speech >= least && !(sounds && isDeaf());
      const late = hush === "hold" && ++sinceHold >= resumeFrames ? resume() : [];
      if (utterance === undefined) return [...late, ...wait(isSpeech, sounds)];
      utterance.length++;
      utterance.overVoice ||= sounds;
      // What is longer than a recording may be ends here, in the middle of a word if need be.
      const goesOn = isSpeech && utterance.length < mostFrames;
      return [...late, ...(goesOn ? speak(utterance, sounds) : pause(utterance))];
    },
    understood(id, { text, isEcho }) {
      const asked = utterance?.asked;
      if (utterance === undefined || asked?.id !== id) return [];
      if (isEcho) echoes++;
      if (isEcho || text === "") return drop();
      asked.text = text;
      return [...interrupt(), ...end(utterance)];
    },
    reset: () => (utterance === undefined ? resume() : drop()),
    get isSpeaking() {
      return utterance !== undefined && utterance.silence < pauseFrames;
    },
    get pending() {
      return utterance?.asked?.text;
    },
    get isDeaf() {
      return isDeaf();
    },
  };
}
