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

/** The parts of the stand-in that are needed to answer a TTS request. */
export interface TtsContext {
  mode: FishMode;
  cost: FishCost;
  law: Law;
  garble: Garble;
  /** The maximum length of a text in code points; 0 is no limit. */
  maxTextLength: number;
  speaker: Speaker;
  references: References;
  random: Random;
  now: () => number;
  pace: Pace;
  /** Returns the fault that a text triggers; undefined if the text triggers no fault. */
  pull: (text: string) => Pulled | undefined;
  /** How long the fault HANG blocks the worker, in milliseconds of real time. */
  hangMs: number;
  /** Closes every connection, and refuses new ones for a while. */
  restart: () => void;
  /** Aborts when the stand-in closes: waiting work is abandoned. */
  closing: AbortSignal;
}

/** The maximum number of frames of a segment if the request sets no limit: S2's context of 8192 tokens. */
const mostTokens = 8192;

/** Yields each segment of a text's speech once it would be ready in the engine. Throws the errors of the engine. */
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
    // The time that espeak-ng really took is part of the simulated time.
    await pace(Math.max(0, workMs - (now() - startedAt)), closing);
    if (trigger?.error !== undefined) throw new Error(trigger.error);
    seen.audioSeconds += seconds;
    seen.partsAtMs.push(now());
    yield { samples, part };
  }
}

/** The voice of a request: the reference voice that it names, or else that of its recording, or else a random one. */
function voiceOf({ referenceId, references: brought }: TtsRequest, { mode, references, random }: TtsContext): string {
  if (referenceId !== null) {
    // Older generations create a folder at whatever path the name leads to; the stand-in creates none.
    if (mode.hidesExceptions && !referenceIdPattern.test(referenceId)) throw exception("", mode);
    references.touch(referenceId);
    return references.speaks(referenceId) ? referenceId : strangerVoice(random);
  }
  if (!brought.every(({ audio }) => isRecording(audio))) throw exception("Format not recognised.", mode);
  const [first] = brought;
  return first === undefined ? strangerVoice(random) : `inline-${hash(Buffer.from(first.audio).toString("latin1"))}`;
}

/** The error that a client gets if the server does not handle an exception; `words` is the exception's message. */
export function exception(words: string, { hidesExceptions }: FishMode): Error {
  return new Error(hidesExceptions ? "Failed to generate speech" : words);
}

/** Blocks the worker for as long as the fault HANG lasts. */
async function hang({ hangMs, closing }: TtsContext): Promise<void> {
  // A hang longer than a timer's maximum lasts until the stand-in closes.
  await sleep(Math.min(hangMs, 2 ** 31 - 1), undefined, { signal: closing, ref: hangMs < 2 ** 31 });
}
