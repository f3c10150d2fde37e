import type { Playback } from "../audio/playback.ts";

/** How a turn's audio was heard: in total, or since the last report. */
export interface Listened {
  /**
   * The time from the question to the first audio that left the speaker, in milliseconds; absent if no audio was heard,
   * or this time was reported already.
   */
  readonly firstSoundMs?: number;
  /** From the question until now, in milliseconds; set together with `firstSoundMs`. */
  readonly reportedMs?: number;
  /** How often playback ran dry until more audio arrived. */
  readonly gapCount: number;
  /** The total duration of the gaps in playback, in milliseconds. */
  readonly gapMs: number;
}

/** Nothing heard yet. */
export const unheard: Listened = { gapCount: 0, gapMs: 0 };

/** How a playback has gone up to `nowMs`, for a question asked at `askedAtMs`. */
export function listenedOf({ firstHeardMs, gapCount, gapMs }: Playback, askedAtMs: number, nowMs: number): Listened {
  if (firstHeardMs === undefined) return { gapCount, gapMs };
  return { gapCount, gapMs, firstSoundMs: firstHeardMs - askedAtMs, reportedMs: nowMs - askedAtMs };
}

/** The part of `now` that has not been reported yet; `told` is what has been reported. */
export function newsOf(now: Listened, told: Listened): Listened {
  const { gapCount, gapMs, ...first } = now;
  const isNew = told.firstSoundMs === undefined;
  return { ...(isNew && first), gapCount: gapCount - told.gapCount, gapMs: gapMs - told.gapMs };
}
