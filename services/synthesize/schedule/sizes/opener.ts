import type { BorderKind } from "./border.ts";
import type { End } from "./ends.ts";

/**
 * Where the first segment may end: only at a punctuation mark (`written`), or also at a soft border (`soft`). Somebody
 * is waiting for this segment, so every cost of an end is expressed in milliseconds of waiting: how long the engine
 * takes, how likely the result is noise, how it sounds to stop there, and how long the listener may wait for what
 * follows. The segment is dispatched once waiting for the next possible end promises no improvement.
 */
export type OpenerMode = "soft" | "written";

/**
 * The cost of noise, in milliseconds of waiting: a listener must guess what was said, or ask once more, which takes
 * about this long.
 */
const noiseMs = 3000;
/**
 * The cost of stopping without a punctuation mark after one second of speech, in milliseconds. After more speech the
 * cost is proportionally less, since people also stop for breath. For comparison: listeners notice a wait from a tenth
 * of a second on.
 */
const stopMs: Readonly<Record<BorderKind, number>> = { mark: 0, phrase: 60, word: 160 };
/**
 * The assumed distance between two positions where the first segment may end, in seconds of speech: ten hanzi or eight
 * words between punctuation marks, two or three between soft borders.
 */
const gapSeconds: Readonly<Record<OpenerMode, number>> = { written: 2.2, soft: 0.7 };
/** The average cost of stopping at the next possible end, in milliseconds. */
const nextStopMs: Readonly<Record<OpenerMode, number>> = { written: 0, soft: (stopMs.phrase + stopMs.word) / 2 };
/** The cost, in milliseconds, of dividing a complete clause: its speech cannot be cached and reused as a whole. */
const partingMs = 200;
/** Soft borders count only after this many seconds of speech: a word or two. */
const leastSoftSeconds = 0.6;
/**
 * The assumed duration of the second segment if it cannot be divided, in seconds of speech: nine out of ten clauses are
 * shorter.
 */
const nextSeconds = 4.7;
/**
 * The cost of silence after the first audio, relative to silence before the first audio: a listener who hears the voice
 * stop believes that the answer is over.
 */
const silenceWeight = 2;
/**
 * The maximum silence before the second segment that is counted as a cost, in milliseconds, if the segment is assumed
 * to last `nextSeconds`. There is a maximum since most second segments can be divided, and are then shorter.
 */
const mostSilenceMs = 300;
/**
 * The duration that the second segment has at least, in seconds of speech: that of the text between two punctuation
 * marks. The silence before a second segment of this duration counts in full, without a maximum.
 */
const sureSeconds = 2.2;
/**
 * The delay between an engine's audio and the listener's ear plus the error of an estimate, in milliseconds. If workers
 * are scarce, the second segment's wait for a worker (half a job on average) is used instead, if it is longer.
 */
const marginMs = 100;
/**
 * How many times the engine's work counts if workers are scarce, since other sessions that arrive meanwhile wait for it
 * too. With three Fish-Speech servers at three quarters of their capacity (test/bench/overload.ts), 85 of 100 texts are
 * heard within half a second and without a gap, compared with 80 if this is 1.
 */
const crowdWeight = 4;
/** How many milliseconds a language model takes to write one second of speech: 18 ms per token of 0.355 s. */
export const writingMsPerSecond = 50;

/** What the cost of a first segment depends on. */
export interface OpenerCosts {
  readonly mode: OpenerMode;
  /** The estimated duration of everything written so far. */
  readonly writtenSeconds: number;
  /** How many milliseconds an engine takes until the first audio of `seconds` of speech. */
  readonly workMs: (seconds: number) => number;
  /** The probability that `seconds` of speech are noise. */
  readonly garbled: (seconds: number) => number;
  /** Whether the next caller may find no worker free. */
  readonly isCrowded: boolean;
}

/**
 * The best of the possible ends of a first segment, and whether it is worth waiting for a better one; undefined if
 * there is no possible end.
 */
export function bestOpener(
  ends: readonly End[],
  { mode, writtenSeconds, workMs, garbled, isCrowded }: OpenerCosts,
): { readonly end: End; readonly waits: boolean } | undefined {
  const waitMs = Math.max(marginMs, isCrowded ? workMs(sureSeconds) / 2 : 0);
  const silenceBefore = (next: number, seconds: number) => Math.max(0, workMs(next) + waitMs - seconds * 1000);
  const silenceMs = (seconds: number) =>
    Math.min(mostSilenceMs, silenceBefore(nextSeconds, seconds)) + silenceBefore(sureSeconds, seconds);
  const workWeight = isCrowded ? crowdWeight : 1;
  const cost = (seconds: number, stop: number) =>
    workWeight * workMs(seconds) + garbled(seconds) * noiseMs + silenceMs(seconds) * silenceWeight + stop / seconds;
  let best: { end: End; cost: number; parting: number } | undefined;
  /** The number of complete clauses up to the last possible end. */
  const whole = Math.max(0, ...ends.map((end) => (end.border === undefined ? end.whole : 0)));
  for (const end of ends) {
    if (end.kind !== "mark" && (mode === "written" || end.seconds < leastSoftSeconds)) continue;
    const parting = end.border !== undefined && end.whole < whole ? partingMs : 0;
    const own = cost(end.seconds, stopMs[end.kind]);
    if (best === undefined || own + parting < best.cost + best.parting) best = { end, cost: own, parting };
  }
  if (best === undefined) return undefined;
  // The next possible end is assumed to be one gap after the best end, and at least half a gap after all text so far.
  const next = Math.max(best.end.seconds + gapSeconds[mode], writtenSeconds + gapSeconds[mode] / 2);
  const waiting = gapSeconds[mode] * writingMsPerSecond + cost(next, nextStopMs[mode]);
  return { end: best.end, waits: waiting < best.cost };
}
