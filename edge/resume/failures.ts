import { StoreError } from "../../infra/stores/errors.ts";
import { Failure, invalidRequest, type TurnErrorInit, toTurnError } from "../errors.ts";

// A server that was restarted is back about this fast.
const restartMs = 1_000;

/** What a store threw, as a failure that its caller understands. */
export function toLogFailure(error: unknown): unknown {
  if (!(error instanceof StoreError) || error.fault === "rejected") return error;
  const message = "what is kept of turns cannot be reached at the moment: try again shortly";
  return new Failure("UNAVAILABLE", "TURNS_AWAY", message, {
    retryDelayMs: restartMs,
    inFull: `what is kept of turns cannot be reached at the moment (${error.message}): try again`,
    cause: error,
  });
}

/** There is no log of this turn, or none any more. */
export function noSuchLog(): Failure {
  return new Failure(
    "NOT_FOUND",
    "TURN_NOT_FOUND",
    "no turn of this turn_id can be resumed: started.resumable tells which can, until two minutes after their end",
  );
}

/** The log does not hold what comes next. */
export function incompleteLog(): Failure {
  return new Failure(
    "DATA_LOSS",
    "LOG_INCOMPLETE",
    "events behind after_sequence were not kept, or never made: ask the question again",
  );
}

/** Whoever ran the turn is gone, and nothing of it was sent. */
export function ownerLost(): Failure {
  return new Failure("UNAVAILABLE", "OWNER_LOST", "the process that ran this turn has ended: ask the question again", {
    retryDelayMs: restartMs,
  });
}

/** The same, as the end of a turn that had begun. */
export function ownerLostError(): TurnErrorInit {
  return toTurnError(ownerLost(), false);
}

/** This process stops: another one answers. */
export function leaving(): Failure {
  return new Failure("UNAVAILABLE", "DRAINING", "this process is about to stop: call again, another one answers", {
    retryDelayMs: restartMs / 2,
  });
}

/** A request's id came with another request. */
export function requestIdReused(): Failure {
  return invalidRequest([
    {
      field: "request_id",
      reason: "NOT_ALLOWED",
      description: "came with another request before: take a new one for each",
    },
  ]);
}

/** A request was answered, and its answer is not kept any more. */
export function alreadyDone(): Failure {
  return new Failure(
    "FAILED_PRECONDITION",
    "ALREADY_DONE",
    "this request_id was answered before, and the answer is not kept any more: take a new one to ask again",
  );
}
