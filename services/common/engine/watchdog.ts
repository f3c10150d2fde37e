import type { Clock } from "../../../infra/clock/clock.ts";

/** Aborts a piece of work that is silent for too long. */
export interface Watchdog {
  /** Aborts with the caller's signal, with its reason, or with the error of `expect`. */
  readonly signal: AbortSignal;
  /** Something must happen within `limitMs`, or `error()` is the reason of the abort. Takes the place of what was expected before. */
  expect(limitMs: number, error: () => Error): void;
  /** Nothing is expected any more. */
  rest(): void;
}

/** Makes a watchdog; within a call whose signal is `signal`, if it is given. */
export function createWatchdog(clock: Clock, signal?: AbortSignal): Watchdog {
  const bark = new AbortController();
  let cancel = () => {};
  return {
    signal: signal === undefined ? bark.signal : AbortSignal.any([signal, bark.signal]),
    expect(limitMs, error) {
      cancel();
      cancel = clock.after(limitMs, () => bark.abort(error()));
    },
    rest() {
      cancel();
    },
  };
}
