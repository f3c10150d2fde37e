import { StoreError } from "../../infra/stores/errors.ts";
import { Failure } from "../errors.ts";

// How long clients are told to wait before they retry, in ms: a server that was restarted is back by about then.
const restartMs = 1_000;
// How long clients are told to wait, in ms, if other calls keep changing the session: by then those calls have ended.
const contentionMs = 100;

/** Converts a store's error to a failure for the caller; returns any other error unchanged. */
export function toSessionFailure(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  if (error.fault === "rejected") return error;
  const message = "conversations cannot be kept at the moment: try again shortly, or ask without session_id";
  return new Failure("UNAVAILABLE", "SESSIONS_AWAY", message, {
    retryDelayMs: restartMs,
    inFull: `sessions cannot be kept at the moment (${error.message}): try again, or ask without session_id`,
    cause: error,
  });
}

/** The failure if the session does not exist. */
export function noSession(): Failure {
  return new Failure("NOT_FOUND", "SESSION_NOT_FOUND", "there is no session with this session_id, or it has expired");
}

/** The failure if the session belongs to another person. */
export function notYours(): Failure {
  return new Failure(
    "PERMISSION_DENIED",
    "SESSION_OF_ANOTHER",
    "this session belongs to another user: begin one of your own",
  );
}

/** The failure if the session was begun with a different profile from the requested one. */
export function otherProfile(): Failure {
  return new Failure(
    "FAILED_PRECONDITION",
    "SESSION_OF_OTHER_PROFILE",
    "this session was begun with another profile: leave the profile out, or begin another session",
  );
}

/** The failure if the session was begun with a profile that the caller may not use. */
export function profileNotYours(): Failure {
  return new Failure(
    "PERMISSION_DENIED",
    "PROFILE_NOT_ALLOWED",
    "this session belongs to a profile that this key or token does not allow",
  );
}

/** The failure if other calls change the session so often that this call cannot make its own change. */
export function tooBusy(): Failure {
  return new Failure("ABORTED", "SESSION_BUSY", "too many calls change this session at once: try again", {
    retryDelayMs: contentionMs,
  });
}

/** The failure if the session's stored data cannot be read. */
export function unreadable(): Failure {
  const message =
    "this session was stored by another release of Duet or by another program: begin another one, or delete it";
  return new Failure("FAILED_PRECONDITION", "SESSION_UNREADABLE", message);
}
