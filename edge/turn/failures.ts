import { Failure } from "../errors.ts";

// How long clients are told to wait if the maximum number of turns is running, in ms: turns last only seconds, so that
// one of the many running turns soon ends.
const fullRetryDelayMs = 1_000;
// How long clients are told to wait before they retry if a process shuts down, in milliseconds. By then another process
// answers at the same address.
const drainingRetryDelayMs = 500;

/** The failure if the process is shutting down. */
export function draining(): Failure {
  return new Failure(
    "UNAVAILABLE",
    "DRAINING",
    "this process is shutting down: call again, and another one will answer",
    {
      retryDelayMs: drainingRetryDelayMs,
    },
  );
}

/** The failure if the maximum number of turns is already running. */
export function tooManyTurns(most: number): Failure {
  return new Failure("RESOURCE_EXHAUSTED", "TOO_MANY_TURNS", "too many turns are running: try again in a moment", {
    retryDelayMs: fullRetryDelayMs,
    inFull: `${most} turns are already running here: try again, or raise DUET_EDGE_MAX_TURNS`,
  });
}

/** The failure if the maximum number of turns from the caller's address is already running. */
export function tooManyTurnsOfPeer(most: number): Failure {
  return new Failure(
    "RESOURCE_EXHAUSTED",
    "TOO_MANY_TURNS_OF_PEER",
    "too many turns from this address are running: wait until one has ended",
    {
      retryDelayMs: fullRetryDelayMs,
      inFull: `${most} turns from this address are already running here: wait until one has ended, or raise DUET_EDGE_MAX_TURNS_PER_PEER`,
    },
  );
}
