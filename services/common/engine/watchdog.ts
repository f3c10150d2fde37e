import type { Clock } from "../../../infra/clock/clock.ts";

/** Aborts work when an engine is silent for too long. */
export interface Watchdog {
  /** Aborts with the caller's reason when its signal aborts, or with the error of `expect` when a time limit ends. */
  readonly signal: AbortSignal;
  /** Starts a time limit: aborts `signal` with `error()` after `limitMs` unless `expect` or `rest` is called before. */
  expect(limitMs: number, error: () => Error): void;
  /** Cancels the current time limit; the next call of `expect` starts a new limit. */
  rest(): void;
}

/** Makes a watchdog; `signal`, which may be absent, is the signal of the caller for whom the engine works. */
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
