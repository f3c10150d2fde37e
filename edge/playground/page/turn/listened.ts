import type { Playback } from "../audio/playback.ts";

/** How a turn's sound was heard: since its beginning, or since what was told before. */
export interface Listened {
  /** From the question to the first sound that left the speaker; absent: nothing did, or it was told. */
  readonly firstSoundMs?: number;
  /** From the question until now, beside it. */
  readonly reportedMs?: number;
  /** Times that the sound broke off until more had come. */
  readonly gapCount: number;
  /** How long in all. */
  readonly gapMs: number;
}

/** Before anything is heard. */
export const unheard: Listened = { gapCount: 0, gapMs: 0 };

/** How a sound is heard at `nowMs` that was asked for at `askedAtMs`. */
export function listenedOf({ firstHeardMs, gapCount, gapMs }: Playback, askedAtMs: number, nowMs: number): Listened {
  if (firstHeardMs === undefined) return { gapCount, gapMs };
  return { gapCount, gapMs, firstSoundMs: firstHeardMs - askedAtMs, reportedMs: nowMs - askedAtMs };
}

/** What of `now` was not told yet. */
export function newsOf(now: Listened, told: Listened): Listened {
  const { gapCount, gapMs, ...first } = now;
  const isNew = told.firstSoundMs === undefined;
  return { ...(isNew && first), gapCount: gapCount - told.gapCount, gapMs: gapMs - told.gapMs };
}
