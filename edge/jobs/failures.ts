import { StoreError } from "../../infra/stores/errors.ts";
import { Failure, invalidRequest } from "../errors.ts";

/** The failure of a call that names a job that does not exist. */
export function noJob(): Failure {
  return new Failure("NOT_FOUND", "JOB_NOT_FOUND", "there is no job with this id, or it has expired");
}

/** The failure of a new job where the maximum number of jobs is already waiting. */
export function tooManyJobs(maxWaiting: number): Failure {
  return new Failure("RESOURCE_EXHAUSTED", "TOO_MANY_JOBS", "too many jobs are waiting: try again later", {
    retryDelayMs: 5_000,
    inFull: `${maxWaiting} jobs are waiting or running: start more workers, or raise DUET_EDGE_JOBS_MAX_WAITING`,
  });
}

/** The failure of a call that reuses a request_id for a different question. */
export function otherQuestion(): Failure {
  return invalidRequest([
    {
      field: "request_id",
      reason: "NOT_ALLOWED",
      description: "was already used for another question: use a new one for each question",
    },
  ]);
}

/** Converts a StoreError to a failure for the caller; a rejected command, and any other error, stays unchanged. */
export function toJobFailure(error: unknown): unknown {
  if (!(error instanceof StoreError) || error.fault === "rejected") return error;
  return new Failure(
    "UNAVAILABLE",
    "JOBS_AWAY",
    "jobs cannot be accepted or looked up at the moment: try again shortly",
    {
      retryDelayMs: 1_000,
      inFull: `jobs cannot be accepted or looked up at the moment: ${error.message}`,
      cause: error,
    },
  );
}
