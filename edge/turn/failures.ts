import { Failure } from "../errors.ts";

// A turn lasts seconds, so that a slot is free after about this long on a full process.
const fullRetryDelayMs = 1_000;
// Another process behind the same address takes over within about this time.
const drainingRetryDelayMs = 500;

/** The process is about to stop. */
export function draining(): Failure {
  return new Failure("UNAVAILABLE", "DRAINING", "this process is shutting down: call again, another one answers", {
    retryDelayMs: drainingRetryDelayMs,
  });
}

/** As many turns run as may. */
export function tooManyTurns(most: number): Failure {
  return new Failure("RESOURCE_EXHAUSTED", "TOO_MANY_TURNS", "too many turns are running: try again in a moment", {
    retryDelayMs: fullRetryDelayMs,
    inFull: `${most} turns run here already: try again, or raise DUET_EDGE_MAX_TURNS`,
  });
}

/** As many turns of one address run as may. */
export function tooManyTurnsOfPeer(most: number): Failure {
  return new Failure(
    "RESOURCE_EXHAUSTED",
    "TOO_MANY_TURNS_OF_PEER",
    "too many turns of this address are running: wait until one has ended",
    {
      retryDelayMs: fullRetryDelayMs,
      inFull: `${most} turns of this address run here already: wait until one has ended, or raise DUET_EDGE_MAX_TURNS_PER_PEER`,
    },
  );
}
