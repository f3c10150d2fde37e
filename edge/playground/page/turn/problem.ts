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
  [Code.Unauthenticated]: "problem.key",
  [Code.PermissionDenied]: "problem.denied",
};

// What a code alone does not tell a person.
const sentencesOfReasons: Partial<Record<string, Key>> = {
  ENGINE_EMPTY: "problem.empty",
  AUDIO_QUOTA_USED: "problem.quota",
  CLIENT_TOO_SLOW: "problem.notTaken",
  SESSIONS_AWAY: "problem.sessionsAway",
  SESSION_OF_ANOTHER: "problem.sessionOfAnother",
  SESSION_UNREADABLE: "session.unreadable",
  SESSION_BUSY: "problem.busy",
};

const lost: Problem = { sentence: "problem.lost", detail: "" };

/** Tells what a call threw; `started` says that the answer had begun. */
export function problemOfCall(error: unknown, started: boolean): Problem {
  if (isCut(error)) return started ? lost : { sentence: "problem.unreachable", detail: "" };
  const { code, rawMessage, details } = ConnectError.from(error);
  if (isTooLong(details)) return { sentence: "problem.tooLong", detail: rawMessage };
  return { sentence: sentenceOf(reasonOf(details), code), detail: rawMessage };
}

/** Whether something kept a request or its answer from passing: browsers throw a TypeError, Connect a plain string for a cut stream. */
export function isCut(error: unknown): boolean {
  const { cause } = ConnectError.from(error);
  return cause instanceof TypeError || typeof cause === "string";
}

/** Tells why a turn failed after it had started. */
export function problemOfTurn(error: TurnError | undefined): Problem {
  if (error === undefined) return { sentence: "problem.internal", detail: "" };
  const detail = [error.reason, error.message].filter((part) => part !== "").join(": ");
  return { sentence: sentenceOf(error.reason, error.code), detail };
}

function sentenceOf(reason: string, code: Code): Key {
  return sentencesOfReasons[reason] ?? sentences[code] ?? "problem.internal";
}

/** The reason that the server gives for an error; empty if it gives none. */
export function reasonOf(details: ConnectError["details"]): string {
  const { reason } = detailOf(details, "google.rpc.ErrorInfo") as { reason?: unknown };
  return typeof reason === "string" ? reason : "";
}

/** Connect writes out what a detail holds, beside its bytes: the page need not know the type. */
function detailOf(details: ConnectError["details"], type: string): object {
  const found = details.find((detail) => "type" in detail && detail.type === type);
  return found !== undefined && "debug" in found ? (found.debug as object) : {};
}

/** Whether a field of the request was refused for its length. */
function isTooLong(details: ConnectError["details"]): boolean {
  const { fieldViolations = [] } = detailOf(details, "google.rpc.BadRequest") as {
    fieldViolations?: { field?: string; description?: string }[];
  };
  return fieldViolations.some(({ description = "" }) => /\bat most\b/.test(description));
}
