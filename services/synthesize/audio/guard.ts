import { estimateSeconds, longestSeconds } from "../text/duration.ts";
import { concatSamples } from "./pcm.ts";

/** Why audio does not sound like its text. */
export type Suspicion = "silent" | "short" | "long";

/**
 * Repairs a segment's audio while it passes, and says how it sounded when all has passed; `speak/retry.ts` decides what follows
 * from that. The result does not depend on how the audio was cut.
 */
export interface Guard {
  /** Takes samples and returns those that may go on. */
  push(samples: Int16Array): Int16Array;
  /** There are no more, be it the end or a cut: returns the rest, faded out. */
  end(): Int16Array;
  /** What is wrong with all that was pushed, if anything. */
  suspicion(): Suspicion | undefined;
}

/** Audio this quiet, of 32767, is silence: −50 dBFS. */
const silence = 104;
/** Silence left at each end. The pause after a sentence is heard; a dead tail is not (fish-speech#575). */
const leadSeconds = 0.05;
const tailSeconds = 0.25;
/** Long enough that a join does not click, too short to be heard. */
const fadeSeconds = 0.005;
/** Below a third of the estimate no reading of the text is that short. */
const shortFactor = 3;
/** Speech that lasts to within this of the limit did not end: the engine was stopped. A pause may stand there. */
const runAwaySeconds = 0.3;

/** Makes the guard of one reading of a text, mono. */
export function createGuard(spoken: string, sampleRateHertz: number): Guard {
  const lead = Math.round(leadSeconds * sampleRateHertz);
  const tail = Math.round(tailSeconds * sampleRateHertz);
  const fade = Math.round(fadeSeconds * sampleRateHertz);
  /** What has not gone on yet: the edge that may have to be faded, and silence that may turn out to be the end. */
  let held: Int16Array = new Int16Array(0);
  let sounded = false;
  let sentCount = 0;
  let sounding = 0;

  function release(count: number): Int16Array {
    const released = held.slice(0, count);
    held = held.slice(count);
    for (let i = 0; i < released.length && sentCount + i < fade; i++)
      released[i] = ((released[i] as number) * (sentCount + i)) / fade;
    sentCount += released.length;
    return released;
  }

  return {
    push(samples) {
      held = concatSamples([held, samples]);
      unwrap(held);
      if (!sounded) {
        const first = held.findIndex(sounds);
        held = held.slice(Math.max(0, (first < 0 ? held.length : first) - lead));
        sounded = first >= 0;
      }
      if (!sounded) return new Int16Array(0);
      // One more than the fade stays, so that a sample that wrapped is seen with both its neighbours.
      const safe = held.findLastIndex(sounds) - fade;
      sounding = sentCount + held.findLastIndex(sounds) + 1;
      return release(Math.max(0, safe));
    },
    end() {
      if (!sounded) return new Int16Array(0);
      held = held.slice(0, held.findLastIndex(sounds) + 1 + tail);
      const last = release(held.length);
      const n = Math.min(fade, last.length);
      for (let i = 0; i < n; i++) {
        const j = last.length - 1 - i;
        last[j] = ((last[j] as number) * i) / fade;
      }
      return last;
    },
    suspicion() {
      if (!sounded) return "silent";
      const seconds = sounding / sampleRateHertz;
      if (seconds * shortFactor < estimateSeconds(spoken)) return "short";
      return seconds > longestSeconds(spoken) - runAwaySeconds ? "long" : undefined;
    },
  };
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

function sounds(sample: number): boolean {
  return Math.abs(sample) > silence;
}
