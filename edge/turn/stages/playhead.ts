/**
 * Estimates how far a listener has come in a turn's speech. Playback is assumed to start with the first audio, since
 * players report their positions late, if at all.
 */
export interface Playhead {
  /** To be called when audio arrives: `seconds` is the length of this audio alone. */
  came(seconds: number, nowMs: number): void;
  /** How many times playback had no more audio and had to wait; `gapMs` is how long these waits lasted in total. */
  readonly gaps: number;
  readonly gapMs: number;
  /** How much audio has arrived, in seconds. */
  readonly seconds: number;
}

/** Gaps of up to this many milliseconds are covered by a player's own buffer, so nobody hears them. */
const unheardMs = 50;

/** Makes a playhead for a turn whose first audio has not arrived yet. */
export function createPlayhead(): Playhead {
  let endsAt: number | undefined;
  let gaps = 0;
  let gapMs = 0;
  let total = 0;
  return {
    came(seconds, nowMs) {
      const lateMs = nowMs - (endsAt ?? nowMs);
      if (lateMs > unheardMs) {
        gaps++;
        gapMs += lateMs;
      }
      endsAt = Math.max(endsAt ?? nowMs, nowMs) + seconds * 1000;
      total += seconds;
    },
    get gaps() {
      return gaps;
    },
    get gapMs() {
      return gapMs;
    },
    get seconds() {
      return total;
    },
  };
}
