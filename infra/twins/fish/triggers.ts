import { hash } from "../random.ts";
import { framesPerSecond, sampleRateHertz } from "./audio.ts";

/** A way in which Fish-Speech misbehaves, chosen by a word in the text to speak. */
export interface Trigger {
  /** What it does, for `--help` and `GET /_twin/faults`. */
  does: string;
  /** The engine throws this: 500, or a cut when it streams. */
  error?: string;
  /** The connection is cut in the middle of the body. */
  cut?: true;
  /** Nothing comes, and the worker stays blocked until the twin ends. */
  hang?: true;
  /** Changes what was spoken. */
  audio?: (samples: Int16Array) => Int16Array;
}

/** Every trigger, by the word in capitals that pulls it. */
export const triggers: Readonly<Record<string, Trigger>> = {
  FAIL: { does: "the engine fails: 500, or 200 and a cut when it streams", error: "Failed to generate speech" },
  OOM: { does: "as FAIL, for want of GPU memory", error: "CUDA out of memory. Tried to allocate 2.00 GiB." },
  CUT: { does: "the connection is cut in the middle of the audio", cut: true },
  HANG: { does: "no answer comes, and nobody else gets one", hang: true },
  SHORT: {
    does: "speaks for 0.14 s, as after an interrupted request",
    audio: (samples) => samples.slice(0, Math.round(0.139 * sampleRateHertz)),
  },
  LOOP: {
    does: "repeats itself to the limit: 47.5 s, or max_new_tokens",
    audio: (samples) => repeat(samples, 1024 / framesPerSecond),
  },
  SILENT: { does: "speaks as long as it should, but silence", audio: (samples) => samples.fill(0) },
  WRAP: { does: "one sample in the middle wraps round to -32768: a click", audio: wrapOne },
};

/** The trigger that a text pulls, if any. */
export function triggerOf(text: string): Trigger | undefined {
  const word = Object.keys(triggers).find((name) => new RegExp(`\\b${name}\\b`).test(text));
  return word === undefined ? undefined : triggers[word];
}

function repeat(samples: Int16Array, seconds: number): Int16Array {
  const looped = new Int16Array(Math.round(seconds * sampleRateHertz));
  for (let at = 0; samples.length > 0 && at < looped.length; at += samples.length)
    looped.set(samples.subarray(0, looped.length - at), at);
  return looped;
}

function wrapOne(samples: Int16Array): Int16Array {
  const middle = samples.length >> 1;
  samples.set([30_000, 32_000, -32_768, 32_000, 30_000], middle - 2);
  return samples;
}

/** A voice that nobody chose: what Fish-Speech speaks with when it has no reference. */
export function strangerVoice(random: () => number): string {
  return `stranger-${hash(String(random()))}`;
}
