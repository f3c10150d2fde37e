import type { FieldViolation } from "../../errors.ts";
import { requestLimits as limits } from "./limits.ts";

const requestIdForm = /^[A-Za-z0-9._-]{1,64}$/;

/** Yields a violation for each invalid field among those with which a caller repeats a request or resumes its turn. */
export function* checkAgain(asked: {
  readonly requestId: string;
  readonly resumeWindowMs: number;
}): Generator<FieldViolation> {
  const { requestId, resumeWindowMs } = asked;
  if (requestId !== "" && !requestIdForm.test(requestId))
    yield {
      field: "request_id",
      reason: "INVALID_FORMAT",
      description: "must be 1 to 64 characters out of A-Z a-z 0-9 . _ -, or empty",
    };
  if (resumeWindowMs > limits.resumeWindowMs)
    yield {
      field: "resume_window_ms",
      reason: "OUT_OF_RANGE",
      description: `must be at most ${limits.resumeWindowMs}`,
    };
}
