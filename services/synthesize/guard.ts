import { estimateSeconds } from "./duration.ts";

/** What the guard found. */
export interface Verdict {
  /** The audio to send: repaired, dead ends trimmed, edges faded. */
  readonly samples: Int16Array;
  /** Why it does not sound like its text; undefined if it may. */
  readonly suspect: "empty" | "silent" | "short" | "long" | undefined;
}

/** Audio this quiet, of 32767, is silence: −50 dBFS. */
const silence = 104;
/** Silence left at each end. The pause after a sentence is heard; a dead tail is not (fish-speech#575). */
const leadSeconds = 0.05;
const tailSeconds = 0.25;
const fadeSeconds = 0.005;
/** Outside a factor of three of the estimate no reading of the text is that short or long. */
const durationFactor = 3;
/** A short text may take a moment more: breath, emphasis. */
const durationGraceSeconds = 0.6;

/** Checks a whole segment's audio against its text, and mends what can be mended. */
export function guard(samples: Int16Array, spoken: string, sampleRateHertz: number): Verdict {
  const mended = samples.slice();
  unwrap(mended);
  const [first, last] = soundingRange(mended);
  if (samples.length === 0) return { samples: mended, suspect: "empty" };
  if (first > last) return { samples: mended.subarray(0, 0), suspect: "silent" };
  const start = Math.max(0, first - Math.round(leadSeconds * sampleRateHertz));
  const end = Math.min(mended.length, last + 1 + Math.round(tailSeconds * sampleRateHertz));
  const trimmed = mended.subarray(start, end);
  fadeEdges(trimmed, Math.round(fadeSeconds * sampleRateHertz));
  const seconds = (last + 1 - first) / sampleRateHertz;
  const expected = estimateSeconds(spoken);
  const suspect =
    seconds * durationFactor < expected
      ? "short"
      : seconds > expected * durationFactor + durationGraceSeconds
        ? "long"
        : undefined;
  return { samples: trimmed, suspect };
}

/**
 * A sample that ran over the top stands at the bottom: Fish-Speech converts 1.0 to −32768 when it streams (its float to
 * int16 step does not clip). Between two loud positive neighbours that is a click; put it back.
 */
function unwrap(samples: Int16Array): void {
  for (let i = 1; i + 1 < samples.length; i++)
    if (samples[i] === -32768 && (samples[i - 1] as number) > 16000 && (samples[i + 1] as number) > 16000)
      samples[i] = 32767;
}

/** First and last sample that is not silence; first > last if there is none. */
function soundingRange(samples: Int16Array): [number, number] {
  const sounds = (sample: number) => Math.abs(sample) > silence;
  const first = samples.findIndex(sounds);
  return first < 0 ? [0, -1] : [first, samples.findLastIndex(sounds)];
}

function fadeEdges(samples: Int16Array, length: number): void {
  const n = Math.min(length, samples.length >> 1);
  for (let i = 0; i < n; i++) {
    samples[i] = ((samples[i] as number) * i) / n;
    const j = samples.length - 1 - i;
    samples[j] = ((samples[j] as number) * i) / n;
  }
}
