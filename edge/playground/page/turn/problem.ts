import { Code, ConnectError } from "@connectrpc/connect";
import type { TurnError } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Key } from "../i18n/strings.ts";

/** Why a turn failed, for the user. */
export interface Problem {
  /** The translation key of the sentence that the page shows. */
  readonly sentence: Key;
  /** The server's own message, for people who run the deployment; may be empty. */
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

// The messages for error reasons that need a more precise message than their status code would give.
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

/** Explains an error thrown by a call; `started` means that the answer had begun. */
export function problemOfCall(error: unknown, started: boolean): Problem {
  if (isCut(error)) return started ? lost : { sentence: "problem.unreachable", detail: "" };
  const { code, rawMessage, details } = ConnectError.from(error);
  if (isTooLong(details)) return { sentence: "problem.tooLong", detail: rawMessage };
  return { sentence: sentenceOf(reasonOf(details), code), detail: rawMessage };
}

/** Whether the connection failed. Browsers then throw a TypeError; if a stream breaks off, Connect throws a string. */
export function isCut(error: unknown): boolean {
  const { cause } = ConnectError.from(error);
  return cause instanceof TypeError || typeof cause === "string";
}

/** Explains why a turn failed after it had started. */
export function problemOfTurn(error: TurnError | undefined): Problem {
  if (error === undefined) return { sentence: "problem.internal", detail: "" };
  const detail = [error.reason, error.message].filter((part) => part !== "").join(": ");
  return { sentence: sentenceOf(error.reason, error.code), detail };
}

function sentenceOf(reason: string, code: Code): Key {
  return sentencesOfReasons[reason] ?? sentences[code] ?? "problem.internal";
}

/** The machine-readable reason in an error's details; an empty string if the details contain no reason. */
export function reasonOf(details: ConnectError["details"]): string {
  const { reason } = detailOf(details, "google.rpc.ErrorInfo") as { reason?: unknown };
  return typeof reason === "string" ? reason : "";
}

/** An error's detail of this type. Connect decodes details for debugging, so the page need not know their types. */
function detailOf(details: ConnectError["details"], type: string): object {
  const found = details.find((detail) => "type" in detail && detail.type === type);
  return found !== undefined && "debug" in found ? (found.debug as object) : {};
}

/** Whether a field of the request was rejected for its length. */
function isTooLong(details: ConnectError["details"]): boolean {
  const { fieldViolations = [] } = detailOf(details, "google.rpc.BadRequest") as {
    fieldViolations?: { reason?: string }[];
  };
  return fieldViolations.some(({ reason }) => reason === "TOO_LONG");
}
