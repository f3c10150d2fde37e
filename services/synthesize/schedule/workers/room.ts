/**
 * How many requests a worker accepts at once, as far as known: what its engine states, or what the worker has shown. If
 * that is unknown, the limit grows as long as the worker responds promptly when full, and shrinks when it does not. A
 * worker that reports that it is busy has shown its limit.
 */
export interface Room {
  /** The maximum number of concurrent requests, at least 1. */
  readonly limit: number;
  /** Learns that the worker sent the first byte of one of `used` concurrent requests after `tookMs`. */
  answered(tookMs: number, used: number): void;
  /** Learns that the worker refused a request while it was working on `kept` other requests. */
  refused(kept: number): void;
}

/**
 * A first byte within this many milliseconds is prompt: a listener who waits only for this byte waits for at most half
 * a second.
 */
const promptMs = 500;
/** If a first byte takes longer than this, in milliseconds, listeners may run out of audio, so the limit is reduced. */
const slowMs = 1500;
/** After a refusal, the limit grows by only this much each time that the full worker responds within `promptMs`. */
const carefulGrowth = 0.02;

/** Creates a Room whose limit begins at `first` and never exceeds `most`. If both are equal, only refusals lower it. */
export function createRoom(first: number, most: number): Room {
  let room = first;
  let hasRefused = false;
  return {
    get limit() {
      return Math.max(1, Math.floor(room));
    },
    answered(tookMs, used) {
      if (tookMs > slowMs && first < most) room = Math.max(1, Math.min(room, used) * 0.7);
      // Only a worker that is full can show that there is room for more.
      else if (tookMs <= promptMs && used >= Math.floor(room))
        room = Math.min(most, room + (hasRefused ? carefulGrowth : 1 / room));
    },
    refused(kept) {
      hasRefused = true;
      room = Math.max(1, Math.min(room, kept));
    },
  };
}
