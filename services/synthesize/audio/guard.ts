/*
 * Engines sometimes return silence, noise, half a sentence, the same words over and over, or samples that overflowed
 * and wrapped around. The guard sits between an engine and the listener. While audio passes, it repairs what can be
 * repaired locally (wrapped samples, silence before the first sound and after the last, clicks at joins); at the end it
 * judges whether all of it sounds like its text.
 *
 * It holds back as little as possible: silence before the first sound; the last few milliseconds up to the latest sound
 * and all that follows, since the speech may end there and would then be faded out; and samples that may have wrapped
 * around, until that is known. What it has released cannot be taken back, so a suspicion often comes too late;
 * `speak/retry.ts` decides what follows from it, depending on how much was heard.
 *
 * The guard owns the samples pushed into it and modifies them in place. Its verdict must not depend on how the audio
 * was cut into pieces; checks that need state across pieces keep it themselves (`clipping.ts`, `loop.ts`). Pitfalls:
 * the estimated duration of a text is rough, above all for numbers and names, so the limits are wide, and speech with a
 * few wrong words passes. Any check may reject good speech, so `checks` disables those that an engine does not need.
 */
import { estimateSeconds, longestSeconds } from "../text/duration.ts";
import type { Checks } from "./checks.ts";
import { createClipping } from "./clipping.ts";
import { createLoopCheck } from "./loop.ts";
import { pauseAfter } from "./pauses.ts";
import { concatSamples } from "./pcm.ts";
import { longestRun, unwrap } from "./unwrap.ts";

/** Why audio does not match its text. */
export type Suspicion = "silent" | "short" | "long" | "looped" | "clipped";

/**
 * Repairs a segment's audio as it passes, and afterwards tells what was wrong with it; `speak/retry.ts` decides what
 * follows from that. The result does not depend on how the audio is split.
 */
export interface Guard {
  /** Takes samples, which it may modify from now on, and returns those that may be played. */
  push(samples: Int16Array): Int16Array;
  /**
   * Ends the audio, whether complete or cut off: returns the rest, faded out, and the pause that the text's last
   * punctuation mark calls for.
   */
  end(): Int16Array;
  /** What is wrong with the audio as a whole so far; undefined if nothing is. */
  suspicion(): Suspicion | undefined;
}

/** What a guard needs to know about the speech that it checks. */
export interface GuardOptions {
  /** The text that is spoken. */
  readonly text: string;
  /** The sample rate of the mono samples, in hertz. */
  readonly sampleRateHertz: number;
  readonly checks: Checks;
}

/** Samples up to this magnitude are silence: −50 dBFS, where full scale is 32,767. */
const silence = 104;
/**
 * How much silence is left before the first sound, in seconds; for the end, see `pauses.ts`. The engine's trailing
 * silence is removed (fish-speech#575).
 */
const leadSeconds = 0.05;
/** The duration of a fade: long enough that the join of two segments does not click, too short to be heard. */
const fadeSeconds = 0.005;
/** Speech that is shorter than its estimated duration divided by this is too short to be the whole text. */
const shortFactor = 3;
/**
 * Speech that ends less than this many seconds before its time limit did not end by itself: the engine was stopped,
 * perhaps during a pause.
 */
const runAwaySeconds = 0.3;

/** Makes the guard of one attempt at a text. */
export function createGuard({ text, sampleRateHertz, checks }: GuardOptions): Guard {
  const toSamples = (seconds: number) => Math.round(seconds * sampleRateHertz);
  const lead = toSamples(leadSeconds);
  const fade = toSamples(fadeSeconds);
  const longest = longestRun(sampleRateHertz);
  const expected = estimateSeconds(text) / checks.speed;
  const clipping = createClipping();
  const loop = checks.loops ? createLoopCheck(sampleRateHertz, expected) : undefined;
  /** Audio held back: the last sound, which may have to be faded out, and silence that may turn out to be the end. */
  let held: Int16Array = new Int16Array(0);
  /** The index in `held` up to which samples that wrapped around (integer overflow) have been repaired. */
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
      const last = held.findLastIndex(sounds);
      sounding = sentCount + last + 1;
      // Samples that may have wrapped around (integer overflow) are nearer to the end than the length of the fade, so
      // they are not released yet.
      return release(Math.max(0, last - fade));
    },
    end() {
      if (!sounded) return held.subarray(0, 0);
      const { least, most } = pauseAfter(text);
      const soundEnd = held.findLastIndex(sounds) + 1;
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

/** The index of the first sample that is not silent; the number of samples if all are silent. */
function firstSound(samples: Int16Array): number {
  const first = samples.findIndex(sounds);
  return first === -1 ? samples.length : first;
}
