/** A circuit breaker: keeps work away from a server that fails. Pure: time is passed in. */
export interface Breaker {
  /**
   * Whether the server may be given work: the breaker is closed, or has been open for long enough and no trial is in
   * progress.
   */
  allows(now: number): boolean;
  /** Whether the breaker is open: then at most one piece of work at a time is let through, as a trial. */
  readonly isOpen: boolean;
  /** When an open breaker lets a trial through; undefined while it is closed or a trial is in progress. */
  readonly trialAt: number | undefined;
  /** Work begins. While the breaker is open, this is the trial that decides. */
  begin(now: number): void;
  /** Work went well. */
  succeeded(): void;
  /** Work failed through the server's fault. */
  failed(now: number): void;
  /** Work failed in a way that leaves no doubt about the server: opens the breaker at once. */
  trip(now: number): void;
  /**
   * The server was seen to be up, which does not prove that it works: closes the breaker. If the breaker opens again,
   * the pause is as long as if it had not been closed.
   */
  reset(): void;
  /** Work ended without saying anything about the server: its caller left. */
  ended(): void;
}

/** The number of failures in a row that opens the breaker: that many are no coincidence. */
const tripsAfter = 3;
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/**
 * Creates a closed breaker. When it opens, it lets nothing through for 1 s, and after each failed trial for twice as
 * long as before, up to 30 s.
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
    // Work that was in progress when the breaker opened may fail as well; only the failure of a trial counts.
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
