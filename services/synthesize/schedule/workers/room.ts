/**
 * How many requests a worker takes at once, as far as it is known: what its engine says, or what it has shown. Who is not known is given one
 * more as long as it answers promptly with all that it has, and fewer when it does not; who says that it is busy has shown its limit.
 */
export interface Room {
  /** Requests at once, at least 1. */
  readonly limit: number;
  /** It brought the first byte of one of `used` requests after `tookMs`. */
  answered(tookMs: number, used: number): void;
  /** It refused one, and kept `kept` others. */
  refused(kept: number): void;
}

/** The first byte comes promptly within this: a listener who waits for it, and no longer, has waited for half a second. */
const promptMs = 500;
/** Past this a listener's sound in hand begins to run out. */
const slowMs = 1500;
/** After a refusal it is tried with one more only after so many prompt answers. */
const carefulGrowth = 0.02;

/** Makes the room of a worker: `first` to begin with, and never more than `most`. Where both are the same it is known. */
export function createRoom(first: number, most: number): Room {
  let room = first;
  let hasRefused = false;
  return {
    get limit() {
      return Math.max(1, Math.floor(room));
    },
    answered(tookMs, used) {
      if (tookMs > slowMs && first < most) room = Math.max(1, Math.min(room, used) * 0.7);
      // Only who is full shows that there may be room for more.
      else if (tookMs <= promptMs && used >= Math.floor(room))
        room = Math.min(most, room + (hasRefused ? carefulGrowth : 1 / room));
    },
    refused(kept) {
      hasRefused = true;
      room = Math.max(1, Math.min(room, kept));
    },
  };
}
