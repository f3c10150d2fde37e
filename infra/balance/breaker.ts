/** A circuit breaker: keeps work away from a failing server. `now`: the current time, in milliseconds. */
export interface Breaker {
  /**
   * Whether the server may be given work: the breaker is closed, or has been open for long enough and no trial is in
   * progress.
   */
  allows(now: number): boolean;
  /** Whether the breaker is open: then at most one piece of work at a time is let through, as a trial. */
  readonly isOpen: boolean;
  /** The time from which an open breaker lets a trial through; undefined if it is closed or a trial is running. */
  readonly trialAt: number | undefined;
  /** To be called when work begins. If the breaker is open, this work is a trial: its result decides the next state. */
  begin(now: number): void;
  /** To be called when work went well. */
  succeeded(): void;
  /** To be called when work failed through the server's fault. */
  failed(now: number): void;
  /** To be called when work has failed in a way that proves that the server is broken: opens the breaker at once. */
  trip(now: number): void;
  /**
   * To be called when the server was seen to be up: closes the breaker. Being up does not prove that the server works,
   * so if the breaker opens again, the pause is as long as if the breaker had not been closed.
   */
  reset(): void;
  /** To be called when work ended because its caller left, which says nothing about the server. */
  ended(): void;
}

/**
 * The breaker opens after this many failures in a row, since so many are no coincidence: at first for `firstPauseMs`.
 */
const tripsAfter = 3;
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/**
 * Creates a closed breaker. Once it opens, it lets nothing through for 1 s; after each failed trial this pause is
 * doubled, up to 30 s.
 */
export function createBreaker(): Breaker {
  let failures = 0;
  let pauseMs = firstPauseMs;
  let openUntil: number | undefined;
  let onTrial = false;

  const reset = () => {
    failures = 0;
    openUntil = undefined;
    onTrial = false;
  };
  const trip = (now: number) => {
    // Requests begun before the breaker opened may fail too; after that, only a failed trial request counts.
    if (openUntil !== undefined && !onTrial) return;
    openUntil = now + pauseMs;
    pauseMs = Math.min(longestPauseMs, 2 * pauseMs);
    onTrial = false;
  };
  return {
    allows: (now) => openUntil === undefined || (now >= openUntil && !onTrial),
    begin(now) {
      if (openUntil !== undefined && now >= openUntil) onTrial = true;
    },
    get isOpen() {
      return openUntil !== undefined;
    },
    get trialAt() {
      return onTrial ? undefined : openUntil;
    },
    succeeded() {
      reset();
      pauseMs = firstPauseMs;
    },
    failed(now) {
      failures++;
      if (openUntil !== undefined || failures >= tripsAfter) trip(now);
    },
    trip,
    reset,
    ended() {
      onTrial = false;
    },
  };
}
