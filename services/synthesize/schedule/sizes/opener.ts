import type { BorderKind } from "./border.ts";
import type { End } from "./ends.ts";

/**
 * Where the first segment ends. Somebody waits for it, so everything is counted in the milliseconds of their wait: how long the engine takes
 * for it, how likely it is noise, how it sounds to stop there, how long the listener may wait for what follows. It goes once waiting for the next place where it could end promises nothing better.
 * Only a mark may end it (`written`), or a soft border, too (`soft`).
 */
export type OpenerMode = "soft" | "written";

/** What noise costs somebody who waits: they have to make out what was said, or hear it again. As long as it takes to ask once more. */
const noiseMs = 3000;
/**
 * What a stop costs where no mark stands, after one second of speech; after more it is heard less, as people stop for breath. Listeners notice a
 * wait from a tenth of a second on.
 */
const stopMs: Readonly<Record<BorderKind, number>> = { mark: 0, phrase: 60, word: 160 };
/** How far the next place is where a segment may end, in seconds of speech: ten hanzi or eight words from mark to mark, three or two between borders. */
const gapSeconds: Readonly<Record<OpenerMode, number>> = { written: 2.2, soft: 0.7 };
/** What the stop there costs, on average. */
const nextStopMs: Readonly<Record<OpenerMode, number>> = { written: 0, soft: (stopMs.phrase + stopMs.word) / 2 };
/** What it costs to part a clause that is whole: it could be heard again as it is, from what is kept. */
const partingMs = 200;
/** A soft border after less speech than this is none: a word or two. */
const leastSoftSeconds = 0.6;
/** How long the segment after it may be that cannot be parted, in seconds of speech: nine of ten clauses are shorter. */
const nextSeconds = 4.7;
/** What silence costs after the first sound, in the milliseconds before it: who hears a voice stop takes it for the end. */
const silenceWeight = 2;
/** What may come of a long segment after it counts up to so much: most can be parted. */
const mostSilenceMs = 300;
/** How long that segment is in any case: from mark to mark, or it would be silent again behind it. */
const sureSeconds = 2.2;
/** What lies between an engine's sound and the listener's ear, and what an estimate is wrong by. */
const marginMs = 100;
/**
 * How often the work counts where workers are few: it is waited for by whoever comes meanwhile, too. Before three Fish-Speech at three quarters of what
 * they carry (test/bench/overload.ts) 83 of 100 texts are heard within half a second and without a gap, and 80 if it counts once.
 */
const crowdWeight = 4;
/** How long a model writes what is spoken in a second: 18 ms for each token of 0.355 s. */
export const writingMsPerSecond = 50;

/** What the cost of a first segment depends on. */
export interface OpenerCosts {
  readonly mode: OpenerMode;
  /** About how long the speech of all is that is written so far. */
  readonly writtenSeconds: number;
  /** How long an engine takes until the first sound of so many seconds of speech. */
  readonly workMs: (seconds: number) => number;
  /** How likely so many seconds of speech are noise. */
  readonly garbled: (seconds: number) => number;
  /** Whether whoever comes next may find no worker free. */
  readonly isCrowded: boolean;
}

/** The best of some places where a first segment may end, and whether it is worth while to wait for a better one; undefined if there is none. */
export function bestOpener(
  ends: readonly End[],
  { mode, writtenSeconds, workMs, garbled, isCrowded }: OpenerCosts,
): { readonly end: End; readonly waits: boolean } | undefined {
  const silenceBefore = (next: number, seconds: number) => Math.max(0, workMs(next) + marginMs - seconds * 1000);
  const silenceMs = (seconds: number) =>
    Math.min(mostSilenceMs, silenceBefore(nextSeconds, seconds)) + silenceBefore(sureSeconds, seconds);
  const workWeight = isCrowded ? crowdWeight : 1;
  const cost = (seconds: number, stop: number) =>
    workWeight * workMs(seconds) + garbled(seconds) * noiseMs + silenceMs(seconds) * silenceWeight + stop / seconds;
  let best: { end: End; cost: number; parting: number } | undefined;
  /** Clauses that are whole, at the end of the last. */
  const whole = Math.max(0, ...ends.map((end) => (end.border === undefined ? end.whole : 0)));
  for (const end of ends) {
    if (end.kind !== "mark" && (mode === "written" || end.seconds < leastSoftSeconds)) continue;
    const parting = end.border !== undefined && end.whole < whole ? partingMs : 0;
    const own = cost(end.seconds, stopMs[end.kind]);
    if (best === undefined || own + parting < best.cost + best.parting) best = { end, cost: own, parting };
  }
  if (best === undefined) return undefined;
  // What has come without a mark after it goes on for a while.
  const next = Math.max(best.end.seconds + gapSeconds[mode], writtenSeconds + gapSeconds[mode] / 2);
  const waiting = gapSeconds[mode] * writingMsPerSecond + cost(next, nextStopMs[mode]);
  return { end: best.end, waits: waiting < best.cost };
}
