import { setTimeout as sleep } from "node:timers/promises";
import { type FishCost, speakMs } from "../../cost/cost.ts";
import type { Law } from "../../cost/law.ts";
import type { Pace } from "../../cost/pace.ts";
import type { Random } from "../../random/random.ts";
import { hash } from "../../text/hash.ts";
import type { Speaker } from "../sound/speaker.ts";
import { type Pulled, strangerVoice } from "./faults.ts";
import type { FishMode } from "./modes.ts";
import type { SeenTts } from "./seen.ts";
import { framesPerSecond, isRecording, sampleRateHertz, toFrames } from "./sound/audio.ts";
import { type Garble, hiss, isGarbled } from "./sound/garble.ts";
import { splitText } from "./sound/split.ts";
import { type References, referenceIdPattern } from "./voices/references.ts";
import type { TtsRequest } from "./wire/request.ts";

/** What a TTS request needs of the twin around it. */
export interface TtsContext {
  mode: FishMode;
  cost: FishCost;
  law: Law;
  garble: Garble;
  /** Code points of a text at most; 0 is no limit. */
  maxTextLength: number;
  speaker: Speaker;
  references: References;
  random: Random;
  now: () => number;
  pace: Pace;
  /** Finds the fault that a text asks for. */
  pull: (text: string) => Pulled | undefined;
  /** How long HANG blocks the worker, in milliseconds that no time scale stretches. */
  hangMs: number;
  /** Ends every connection, and refuses others for a while. */
  restart: () => void;
  /** The twin ends: work that waits is given up. */
  closing: AbortSignal;
}

/** Frames of a segment that asks for no limit: what S2's context of 8192 tokens holds. */
const mostTokens = 8192;

/** Makes the segments of a text, each after the time that it costs. Throws what the engine itself would. */
export async function* speak(
  tts: TtsRequest,
  pulled: Pulled | undefined,
  seen: SeenTts,
  context: TtsContext,
): AsyncGenerator<{ samples: Int16Array; part: string }> {
  const { mode, cost, law, garble, speaker, random, now, pace, closing } = context;
  const voice = voiceOf(tts, context);
  seen.voice = voice;
  const mostFrames = tts.maxNewTokens > 0 ? Math.min(tts.maxNewTokens, mostTokens) : mostTokens;
  for (const part of splitText(tts.text, mode.split, tts.chunkLength)) {
    const trigger = pulled?.strikes(part) ? pulled.trigger : undefined;
    if (trigger?.hang) await hang(context);
    const startedAt = now();
    const spoken =
      trigger?.error === undefined ? speaker.speak(part, voice, mostFrames / framesPerSecond) : new Int16Array();
    const garbled = isGarbled(spoken.length / sampleRateHertz, garble, random);
    seen.garbled ||= garbled;
    const sound = garbled ? hiss(spoken.length, random) : (trigger?.audio?.(spoken, tts.streaming) ?? spoken);
    const samples = toFrames(sound, mostFrames);
    const seconds = samples.length / sampleRateHertz;
    const workMs = law(speakMs(cost, seconds), seconds * 4);
    // What espeak took is part of it.
    await pace(Math.max(0, workMs - (now() - startedAt)), closing);
    if (trigger?.error !== undefined) throw new Error(trigger.error);
    seen.audioSeconds += seconds;
    seen.partsAtMs.push(now());
    yield { samples, part };
  }
}

/** Who speaks: the reference named, else the recording brought, else somebody. */
function voiceOf({ referenceId, references: brought }: TtsRequest, { mode, references, random }: TtsContext): string {
  if (referenceId !== null) {
    // Older generations make a folder wherever a name leads; here it leads nowhere.
    if (mode.hidesExceptions && !referenceIdPattern.test(referenceId)) throw exception("", mode);
    references.touch(referenceId);
    return references.speaks(referenceId) ? referenceId : strangerVoice(random);
  }
  if (!brought.every(({ audio }) => isRecording(audio))) throw exception("Format not recognised.", mode);
  const [first] = brought;
  return first === undefined ? strangerVoice(random) : `inline-${hash(Buffer.from(first.audio).toString("latin1"))}`;
}

/** What an exception that nobody foresaw is told as. */
export function exception(words: string, { hidesExceptions }: FishMode): Error {
  return new Error(hidesExceptions ? "Failed to generate speech" : words);
}

/** Blocks the worker for as long as a hang lasts. */
async function hang({ hangMs, closing }: TtsContext): Promise<void> {
  // Longer than a timer can be set: until the twin ends.
  await sleep(Math.min(hangMs, 2 ** 31 - 1), undefined, { signal: closing, ref: hangMs < 2 ** 31 });
}
