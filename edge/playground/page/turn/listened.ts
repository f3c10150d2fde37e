import type { Playback } from "../audio/playback.ts";

/** How the playback of a turn went: in total, or since the last report to the server. */
export interface Listened {
  /**
   * The time from the question to the first audio that left the speaker, in milliseconds; absent if no audio was heard,
   * or this time was reported already.
   */
  readonly firstSoundMs?: number;
  /** The time from the question to this report, in milliseconds; present exactly if `firstSoundMs` is. */
  readonly reportedMs?: number;
  /** How many times playback ran out of audio and had to wait for more. */
  readonly gapCount: number;
  /** The total duration of the gaps in playback, in milliseconds. */
  readonly gapMs: number;
}

/** The value for a turn of which nothing has been heard yet. */
export const unheard: Listened = { gapCount: 0, gapMs: 0 };

/** Summarizes a playback up to `nowMs`, for a question asked at `askedAtMs`. */
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
