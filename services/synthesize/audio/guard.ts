import { estimateSeconds, longestSeconds } from "../text/duration.ts";
import type { Checks } from "./checks.ts";
import { createClipping } from "./clipping.ts";
import { createLoopCheck } from "./loop.ts";
import { pauseAfter } from "./pauses.ts";
import { concatSamples } from "./pcm.ts";
import { longestRun, unwrap } from "./unwrap.ts";

/** Why audio does not sound like its text. */
export type Suspicion = "silent" | "short" | "long" | "looped" | "clipped";

/**
 * Repairs a segment's audio while it passes, and says how it sounded when all has passed; `speak/retry.ts` decides what follows
 * from that. The result does not depend on how the audio was cut.
 */
export interface Guard {
  /** Takes samples, which are the guard's from now on, and returns those that may go on. */
  push(samples: Int16Array): Int16Array;
  /** There are no more, be it the end or a cut: returns the rest, faded out, and the pause that its last mark stands for. */
  end(): Int16Array;
  /** What is wrong with all that was pushed, if anything. */
  suspicion(): Suspicion | undefined;
}

/** What a guard is told of the speech. */
export interface GuardOptions {
  /** Its words. */
  readonly text: string;
  /** Mono. */
  readonly sampleRateHertz: number;
  readonly checks: Checks;
}

/** Audio this quiet, of 32767, is silence: −50 dBFS. */
const silence = 104;
/** Silence left before the first sound; after the last, see `pauses.ts`. A dead tail is not heard (fish-speech#575). */
const leadSeconds = 0.05;
/** Long enough that a join does not click, too short to be heard. */
const fadeSeconds = 0.005;
/** Below a third of the estimate no reading of the text is that short. */
const shortFactor = 3;
/** Speech that lasts to within this of the limit did not end: the engine was stopped. A pause may stand there. */
const runAwaySeconds = 0.3;

/** Makes the guard of one reading of a text. */
export function createGuard({ text, sampleRateHertz, checks }: GuardOptions): Guard {
  const toSamples = (seconds: number) => Math.round(seconds * sampleRateHertz);
  const lead = toSamples(leadSeconds);
  const fade = toSamples(fadeSeconds);
  const longest = longestRun(sampleRateHertz);
  const expected = estimateSeconds(text) / checks.speed;
  const clipping = createClipping();
  const loop = checks.loops ? createLoopCheck(sampleRateHertz, expected) : undefined;
  /** What has not gone on yet: the edge that may have to be faded, and silence that may turn out to be the end. */
  let held: Int16Array = new Int16Array(0);
  /** Up to where what is held has been put back, if it had run over. */
  let settled = 0;
  let sounded = false;
  let sentCount = 0;
  let sounding = 0;

  function drop(count: number): Int16Array {
    const dropped = held.subarray(0, count);
    held = held.subarray(count);
    settled -= count;
    return dropped;
  }

  function release(count: number): Int16Array {
    const released = drop(count);
    for (let i = 0; i < released.length && sentCount + i < fade; i++)
      released[i] = ((released[i] as number) * (sentCount + i)) / fade;
    sentCount += released.length;
    clipping.look(released);
    loop?.listen(released);
    return released;
  }

  return {
    push(samples) {
      held = held.length === 0 ? samples : concatSamples([held, samples]);
      settled = checks.wraps ? unwrap(held, settled - 1, longest) : held.length;
      if (!sounded) {
        const first = firstSound(held);
        drop(Math.max(0, first - lead));
        sounded = first < held.length;
      }
      if (!sounded) return held.subarray(0, 0);
      const last = lastSound(held);
      sounding = sentCount + last + 1;
      // What may have run over is shorter than the fade: it has not gone on.
      return release(Math.max(0, last - fade));
    },
    end() {
      if (!sounded) return held.subarray(0, 0);
      const { least, most } = pauseAfter(text);
      const soundEnd = lastSound(held) + 1;
      const tail = Math.max(toSamples(least), Math.min(held.length - soundEnd, toSamples(most)));
      const last = release(soundEnd);
      fadeOut(last, fade);
      return concatSamples([last, new Int16Array(tail)]);
    },
    suspicion() {
      if (!sounded) return "silent";
      const seconds = sounding / sampleRateHertz;
      if (seconds * shortFactor < expected) return "short";
      if (loop?.isLooped) return "looped";
      if (seconds > longestSeconds(text, checks.speed) - runAwaySeconds) return "long";
      return clipping.isHeard ? "clipped" : undefined;
    },
  };
}

function fadeOut(samples: Int16Array, fade: number): void {
  const length = Math.min(fade, samples.length);
  for (let i = 0; i < length; i++) {
    const at = samples.length - 1 - i;
    samples[at] = ((samples[at] as number) * i) / fade;
  }
}

const sounds = (sample: number): boolean => sample > silence || sample < -silence;

/** Where the first sample stands that is no silence; the length if there is none. */
function firstSound(samples: Int16Array): number {
  let at = 0;
  while (at < samples.length && !sounds(samples[at] as number)) at++;
  return at;
}

/** Where the last one stands; −1 if there is none. */
function lastSound(samples: Int16Array): number {
  let at = samples.length - 1;
  while (at >= 0 && !sounds(samples[at] as number)) at--;
  return at;
}
