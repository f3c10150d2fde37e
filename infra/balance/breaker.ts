/** Keeps work away from a server that fails. Pure: time goes in. */
export interface Breaker {
  /** Whether it may be given work: closed, or open for long enough and nobody is trying it. */
  allows(now: number): boolean;
  /** Whether it keeps work away, but for a trial. */
  readonly isOpen: boolean;
  /** When an open one lets a trial through; undefined while it is closed or on trial. */
  readonly trialAt: number | undefined;
  /** It is given work. While it is open that work is the trial on which all depends. */
  begin(now: number): void;
  /** Work went well. */
  succeeded(): void;
  /** Work failed by the server's fault. */
  failed(now: number): void;
  /** Work failed in a way that leaves no doubt of the server: it opens at once. */
  trip(now: number): void;
  /** The server was seen to be there, which does not prove that it works: closes, but the next pause is as long as it would have been. */
  reset(): void;
  /** Work ended and says nothing of the server: its caller left. */
  ended(): void;
}

/** So many failures in a row are no accident. */
const tripsAfter = 3;
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/** Makes a closed breaker. Open, it pauses for 1 s, and twice as long after each trial that fails, up to 30 s. */
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
    // What was under way when it opened fails with it, and is no trial.
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
