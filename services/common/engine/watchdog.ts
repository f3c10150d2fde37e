import type { Clock } from "../../../infra/clock/clock.ts";

/** Aborts work when an engine is silent for too long. */
export interface Watchdog {
  /** Aborts with the caller's signal and its reason, or with the error given to `expect`. */
  readonly signal: AbortSignal;
  /** Aborts with `error()` after `limitMs`, unless `expect` or `rest` is called before that. */
  expect(limitMs: number, error: () => Error): void;
  /** Stops waiting for anything until the next `expect`. */
  rest(): void;
}

/** Makes a watchdog, for a call with the given signal if there is one. */
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
