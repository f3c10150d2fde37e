import { StoreError } from "../../infra/stores/errors.ts";
import { Failure, invalidRequest, type TurnErrorInit, toTurnError } from "../errors.ts";

// How long clients are told to wait before they retry, in ms: a server that was restarted is usually back by then.
const restartMs = 1_000;

/**
 * Converts a StoreError to a failure for the caller. Other errors, and those with the fault `rejected`, stay unchanged.
 */
export function toLogFailure(error: unknown): unknown {
  if (!(error instanceof StoreError) || error.fault === "rejected") return error;
  const message = "the stored turns cannot be reached at the moment: try again shortly";
  return new Failure("UNAVAILABLE", "TURNS_AWAY", message, {
    retryDelayMs: restartMs,
    inFull: `the stored turns cannot be reached at the moment (${error.message}): try again`,
    cause: error,
  });
}

/** The failure if a turn has no log, or its log has expired. */
export function noSuchLog(): Failure {
  return new Failure(
    "NOT_FOUND",
    "TURN_NOT_FOUND",
    "no turn with this turn_id can be resumed: a turn can be if its event started says resumable, until two minutes after its end",
  );
}

/** The failure if a log lacks the events that the caller asks for. */
export function incompleteLog(): Failure {
  return new Failure(
    "DATA_LOSS",
    "LOG_INCOMPLETE",
    "the events after after_sequence were not kept, or never existed: ask the question again",
  );
}

/** The failure if the edge that ran the turn is gone and the turn had not begun. */
export function ownerLost(): Failure {
  return new Failure("UNAVAILABLE", "OWNER_LOST", "the process that ran this turn has ended: ask the question again", {
    retryDelayMs: restartMs,
  });
}

/** The same error as `ownerLost`, for the `finished` event of a turn that had begun before its edge was gone. */
export function ownerLostError(): TurnErrorInit {
  return toTurnError(ownerLost(), false);
}

/** The failure if this process is shutting down; another process will answer a new call. */
export function leaving(): Failure {
  return new Failure(
    "UNAVAILABLE",
    "DRAINING",
    "this process is shutting down: call again, and another one will answer",
    {
      retryDelayMs: restartMs / 2,
    },
  );
}

/** The failure if a request id is reused for a different request. */
export function requestIdReused(): Failure {
  return invalidRequest([
    {
      field: "request_id",
      reason: "NOT_ALLOWED",
      description: "was already used for another request: use a new one for each request",
    },
  ]);
}

/** The failure if a request with this id was answered before, and the answer is no longer kept. */
export function alreadyDone(): Failure {
  return new Failure(
    "FAILED_PRECONDITION",
    "ALREADY_DONE",
    "this request_id was answered before, and the answer is no longer kept: use a new one to ask again",
  );
}
