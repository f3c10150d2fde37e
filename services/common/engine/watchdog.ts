import type { Clock } from "../../../infra/clock/clock.ts";

/** Aborts work when an engine is silent for too long. */
export interface Watchdog {
  /** Aborts with the caller's signal, for the same reason, or after too long a silence, with the error of `expect`. */
  readonly signal: AbortSignal;
  /** Starts a time limit: aborts `signal` with `error()` after `limitMs` unless `expect` or `rest` is called. */
  expect(limitMs: number, error: () => Error): void;
  /** Cancels the current time limit; there is none until the next call of `expect`. */
  rest(): void;
}

/** Makes a watchdog; `signal` is that of the call for which the engine works, if there is one. */
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
