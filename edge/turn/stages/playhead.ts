/**
 * Estimates a listener's position in a turn's speech, assuming playback from the first audio on: players report their
 * positions later, if at all.
 */
export interface Playhead {
  /** To be called when audio arrives: `seconds` is the length of this audio alone. */
  came(seconds: number, nowMs: number): void;
  /** How many times playback ran out before more audio arrived; `gapMs` is how long these gaps lasted in total. */
  readonly gaps: number;
  readonly gapMs: number;
  /** How much audio has arrived, in seconds. */
  readonly seconds: number;
}

/** Gaps this short are covered by a player's own buffer, so nobody hears them. */
const unheardMs = 50;

/** Makes a playhead for audio of which nothing has arrived yet. */
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
