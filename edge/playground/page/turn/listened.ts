import type { Playback } from "../audio/playback.ts";

/** How a turn's sound was heard: since its beginning, or since what was told before. */
export interface Listened {
  /** From the question to the first sound that left the speaker; absent: nothing did, or it was told. */
  readonly firstSoundMs?: number;
  /** Times that the sound broke off until more had come. */
  readonly gapCount: number;
  /** How long in all. */
  readonly gapMs: number;
}

/** Before anything is heard. */
export const unheard: Listened = { gapCount: 0, gapMs: 0 };

/** How a sound is heard so far that was asked for at `askedAtMs`. */
export function listenedOf({ firstHeardMs, gapCount, gapMs }: Playback, askedAtMs: number): Listened {
  return { gapCount, gapMs, ...(firstHeardMs === undefined ? {} : { firstSoundMs: firstHeardMs - askedAtMs }) };
}

/** What of `now` was not told yet. */
export function newsOf(now: Listened, told: Listened): Listened {
  const { firstSoundMs, gapCount, gapMs } = now;
  const first = told.firstSoundMs === undefined && firstSoundMs !== undefined ? { firstSoundMs } : {};
  return { ...first, gapCount: gapCount - told.gapCount, gapMs: gapMs - told.gapMs };
}
