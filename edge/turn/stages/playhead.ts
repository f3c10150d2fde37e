/** Where a listener is in the speech of a turn who plays it from its first sound on, by reckoning: what he reports is known later, if at all. */
export interface Playhead {
  /** So many seconds more have come. */
  came(seconds: number, nowMs: number): void;
  /** How often the speech ran out before more of it came, and for how long altogether, in milliseconds. */
  readonly gaps: number;
  readonly gapMs: number;
  /** How much has come. */
  readonly seconds: number;
}

/** What a player's own buffer covers, so that nobody hears it. */
const unheardMs = 50;

/** Makes it before anything has come. */
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
