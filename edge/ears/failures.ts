import { Failure, invalidRequest } from "../errors.ts";
import type { EarsError, EarsFault } from "./servers/ears-error.ts";

/** The failure of a call that sends a recording to a deployment without a recognizer. */
export function noEars(): Failure {
  return new Failure(
    "UNIMPLEMENTED",
    "NO_RECOGNIZER",
    "this deployment does not accept recordings: send the question as text",
    {
      inFull: "no speech recognizer is set up: set DUET_TRANSCRIBE_URL to the address of one",
    },
  );
}

/** The failure of a call when all recognizers are busy, and their queue is full or the wait in it took too long. */
export function tooMuch(): Failure {
  return new Failure(
    "RESOURCE_EXHAUSTED",
    "RECOGNIZER_OVERLOADED",
    "too many recordings are being transcribed at the moment: try again shortly",
    {
      retryDelayMs: 1_000,
      inFull: "too many recordings wait for the recognizer: try again, or raise DUET_TRANSCRIBE_MAX_AT_ONCE",
    },
  );
}

const away = "speech cannot be transcribed at the moment: try again later, or send the question as text";
const otherwise = "something is wrong with this deployment, and its log says what: send the question as text";

/** The error that callers get for each fault of a recognizer: it quotes neither the recognizer nor an address. */
const told: Readonly<
  Record<EarsFault, readonly [code: Failure["code"], reason: string, message: string, retryDelayMs?: number]>
> = {
  unreachable: ["UNAVAILABLE", "RECOGNIZER_UNREACHABLE", away, 5_000],
  overloaded: [
    "RESOURCE_EXHAUSTED",
    "RECOGNIZER_OVERLOADED",
    "too many recordings are being transcribed at the moment: try again shortly",
    1_000,
  ],
  stalled: [
    "DEADLINE_EXCEEDED",
    "RECOGNIZER_STALLED",
    "the recording was not transcribed in time: try again, or send the question as text",
  ],
  rejected: ["INTERNAL", "RECOGNIZER_REJECTED", otherwise],
  unauthorized: ["INTERNAL", "RECOGNIZER_UNAUTHORIZED", otherwise],
  broken: ["UNAVAILABLE", "RECOGNIZER_BROKEN", away, 1_000],
};

/**
 * Converts a recognizer's fault to what callers are told. If the recognizer rejects a file, that is the caller's fault.
 */
export function toEarsFailure(error: EarsError, form: "samples" | "file"): Failure {
  const { fault, status, message: said } = error;
  if (form === "file" && fault === "rejected" && [400, 413, 415, 422].includes(status ?? 0))
    return invalidRequest([
      {
        field: "audio.data",
        reason: "INVALID_FORMAT",
        description: "must be in a format that the recognizer supports: send WAV",
      },
    ]);
  const [code, reason, message, retryDelayMs] = told[fault];
  return new Failure(code, reason, message, {
    retryDelayMs: error.retryDelayMs ?? retryDelayMs,
    inFull: `the recognizer (DUET_TRANSCRIBE_URL) ${said}`,
    cause: error,
  });
}
