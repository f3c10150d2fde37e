import { type Kept, type Keys, keptSeconds } from "../kept.ts";
import type { Work } from "../segment.ts";
import type { Session } from "../session.ts";
import { type End, endsOf } from "./ends.ts";
import { laterEnd, latestStart } from "./later.ts";
import { bestOpener, writingMsPerSecond } from "./opener.ts";

/** What determines how large a segment becomes and how long it waits; see ScheduleOptions. */
export interface Sizes {
  readonly minOpenerSeconds: number;
  readonly segmentMaxCharacters: number;
  readonly openerBudgetMs: number;
  readonly shortSlackMs: number;
  readonly maxUnreadSeconds: number;
  /** How many milliseconds an engine takes until the first audio of `seconds` of speech. */
  readonly workMs: (seconds: number) => number;
  /** The probability that `seconds` of speech are noise. */
  readonly garbled: (seconds: number) => number;
  /** Whether so many workers are busy that the next caller might find none free. */
  readonly isCrowded: () => boolean;
}

/** Which speech is cached, and which is being made for other segments. */
export interface Made<W extends Work> {
  readonly kept: Kept<W>;
  /**
   * The keys of the speech that workers are making: another text that wants the same speech waits for it, instead of
   * having it made twice.
   */
  readonly keys: Keys;
}

/** The next segment of a session. */
export interface Next {
  readonly end: End;
  /**
   * From when the segment can be dispatched even if no more text comes. Infinity: only once more text has come, or
   * once the speech that it awaits has been made.
   */
  readonly readyAt: number;
  /** The key of this segment's speech, if the segment waits because that speech is being made for another text. */
  readonly awaits?: string;
}

/** Speech shorter than this, in seconds, sounds clipped between other segments. */
const shortSeconds = 0.9;
/**
 * Clauses are joined into one segment only if the engine needs at most this many milliseconds for the segment, since
 * the first words of another text may have to wait that long.
 */
const longestWorkMs = 450;
/** Speech is long enough to be spoken by itself if the probability that it is noise is at most this. */
const rarely = 0.02;

/**
 * A placeholder where the end of a segment need not be chosen: the segment is attempted again, or it waits because a
 * worker is already speaking the same words for another text.
 */
export const nowhere: End = { kind: "mark", whole: 0, border: undefined, seconds: 0 };

/** Where the next new segment ends, and when it is dispatched; undefined if there is no text for a segment yet. */
export function nextOf<W extends Work>(
  session: Session<W>,
  made: Made<W>,
  sizes: Sizes,
  deadline: number,
  now: number,
): Next | undefined {
  const next = newOf(session, made, sizes, deadline, now);
  if (next === undefined || next.end.border !== undefined) return next;
  const awaits = keyBeingMade(session.pending.slice(0, next.end.whole), made);
  return awaits === undefined ? next : { end: nowhere, readyAt: Number.POSITIVE_INFINITY, awaits };
}

/** Like `nextOf`, but disregards whether the same speech is already being made for another text. */
function newOf<W extends Work>(
  session: Session<W>,
  made: Made<W>,
  sizes: Sizes,
  deadline: number,
  now: number,
): Next | undefined {
  const clauses = join(session, made.kept, sizes);
  const isFull = clauses.length < session.pending.length;
  const mayGrow = session.urgent === 0 && !session.ended && !isFull;
  const ends = endsOf(session, Math.max(1, clauses.length));
  const whole = ends.find((end) => end.border === undefined && end.whole === clauses.length);
  const { workMs, garbled, minOpenerSeconds, shortSlackMs } = sizes;
  if (session.background) {
    const waits = mayGrow && whole !== undefined && !isEnough(whole.seconds, sizes);
    return whole && { end: whole, readyAt: waits ? Number.POSITIVE_INFINITY : now };
  }
  const writtenSeconds =
    (ends.findLast((end) => end.border === undefined)?.seconds ?? 0) + (session.open?.seconds ?? 0);
  if (session.nextSegment > 0) {
    const later = laterEnd(ends, { deadline, mayGrow, whole, workMs, leastSeconds: shortSeconds, shortSlackMs }, now);
    if (later === undefined || later.readyAt > now || !mayGrow || !isForeseen(session, writtenSeconds, Infinity))
      return later;
    return { ...later, readyAt: Math.max(now, latestStart(later.end, deadline, workMs)) };
  }
  const long = ends.filter((end) => end.seconds >= minOpenerSeconds);
  const costs = { mode: session.opener, writtenSeconds, workMs, garbled, isCrowded: sizes.isCrowded() };
  const best = bestOpener(long, costs);
  if (!mayGrow && whole !== undefined) return { end: best?.end ?? whole, readyAt: now };
  if (best === undefined) return undefined;
  const waits = best.waits || isForeseen(session, writtenSeconds, workMs(best.end.seconds));
  return { end: best.end, readyAt: waits ? Number.POSITIVE_INFINITY : now };
}

/**
 * Whether the clause that is being written will likely be complete within `withinMs`, and then turn out to be cached.
 */
function isForeseen<W>({ pending, open }: Session<W>, writtenSeconds: number, withinMs: number): boolean {
  const seconds = open?.foreseen?.(pending);
  return seconds !== undefined && (seconds - writtenSeconds) * writingMsPerSecond <= withinMs;
}

/** Whether speech of this duration can be spoken by itself: it is long enough, and hardly ever noise. */
const isEnough = (seconds: number, { minOpenerSeconds, garbled }: Sizes): boolean =>
  seconds >= minOpenerSeconds && garbled(seconds) <= rarely;

/** The key of some clauses' speech, if that speech is being made for another text; otherwise undefined. */
export function keyBeingMade<W extends Work>(clauses: readonly W[], { kept, keys }: Made<W>): string | undefined {
  const key = keys.size === 0 ? undefined : kept.keyOf(clauses);
  return key !== undefined && keys.has(key) ? key : undefined;
}

/**
 * The waiting clauses that one segment takes: a first segment only enough to sound good, a later one up to the limits.
 * A clause whose speech is cached is left out, unless the words before it are too few to sound good by themselves.
 */
function join<W extends Work>(session: Session<W>, kept: Kept<W>, sizes: Sizes): readonly W[] {
  const clauses: W[] = [];
  let characters = 0;
  let seconds = 0;
  for (const clause of session.pending) {
    const isLong = isEnough(seconds, sizes) && sizes.workMs(seconds + clause.seconds) > longestWorkMs;
    const isFull = isLong || characters + clause.characters > sizes.segmentMaxCharacters;
    const ends =
      isEnough(seconds, sizes) &&
      (session.nextSegment === 0 || session.background || keptSeconds(kept, [clause]) !== undefined);
    if (clauses.length > 0 && (isFull || ends)) break;
    clauses.push(clause);
    characters += clause.characters;
    seconds += clause.seconds;
  }
  return clauses;
}
