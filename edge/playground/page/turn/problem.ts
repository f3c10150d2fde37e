import { Code, ConnectError } from "@connectrpc/connect";
import type { TurnError } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Key } from "../i18n/strings.ts";

/** Why a turn failed, for the person before the page. */
export interface Problem {
  /** The sentence to show. */
  readonly sentence: Key;
  /** What the server said, for people who run it; may be empty. */
  readonly detail: string;
}

const sentences: Partial<Record<Code, Key>> = {
  [Code.InvalidArgument]: "problem.refused",
  [Code.NotFound]: "problem.voice",
  [Code.ResourceExhausted]: "problem.busy",
  [Code.Unavailable]: "problem.engine",
  [Code.DeadlineExceeded]: "problem.slow",
  [Code.Unauthenticated]: "problem.denied",
  [Code.PermissionDenied]: "problem.denied",
};

/** The stream ended without its last event. */
export const lost: Problem = { sentence: "problem.lost", detail: "" };

/** Tells what a call threw; `started` says that the answer had begun. */
export function problemOfCall(error: unknown, started: boolean): Problem {
  const { code, cause, rawMessage } = ConnectError.from(error);
  // Browsers throw a TypeError for whatever kept a request or its answer from passing; Connect a plain string for a cut stream.
  if (cause instanceof TypeError || typeof cause === "string")
    return started ? lost : { sentence: "problem.unreachable", detail: "" };
  return { sentence: sentences[code] ?? "problem.internal", detail: rawMessage };
}

/** Tells why a turn failed after it had started. */
export function problemOfTurn(error: TurnError | undefined): Problem {
  if (error === undefined) return { sentence: "problem.internal", detail: "" };
  const detail = [error.reason, error.message].filter((part) => part !== "").join(": ");
  return { sentence: sentences[error.code as Code] ?? "problem.internal", detail };
}
