import { Failure } from "../errors.ts";

/** The failure of a call that needs stored speech, in a deployment that stores no speech. */
export function noStoredAudio(): Failure {
  return new Failure(
    "UNIMPLEMENTED",
    "NO_STORED_AUDIO",
    "this deployment does not store speech: use Converse, which streams it",
    { inFull: "no storage for speech is set up: set DUET_EDGE_STORED_FOLDER or DUET_EDGE_STORED_S3_ENDPOINT" },
  );
}

/** The failure while the store of speech is unavailable; `inFull` says why, for operators only. */
export function storeAway(inFull: string, cause?: unknown): Failure {
  return new Failure("UNAVAILABLE", "STORE_AWAY", "speech cannot be stored at the moment: try again later", {
    retryDelayMs: 5_000,
    inFull,
    cause,
  });
}

/** The failure when the store of speech has reached its size limit. */
export function storeFull(maxBytes: number): Failure {
  return new Failure("RESOURCE_EXHAUSTED", "STORE_FULL", "the storage for speech is full: try again later", {
    retryDelayMs: 60_000,
    inFull: `more than ${maxBytes} bytes of speech are stored: raise DUET_EDGE_STORED_MAX_BYTES, or shorten DUET_EDGE_STORED_RETENTION_MS`,
  });
}

/** The failure for an answer longer than can be held in memory. */
export function tooLongToStore(): Failure {
  return new Failure(
    "OUT_OF_RANGE",
    "TOO_LONG",
    "the answer is too long to be stored: limit it by generation.max_tokens, or ask for MP3 or Ogg Opus",
  );
}

/** The failure for an answer without audio. */
export function nothingToStore(): Failure {
  return new Failure(
    "FAILED_PRECONDITION",
    "NOTHING_TO_SPEAK",
    "nothing in the answer can be spoken (perhaps it is only code): ask Converse for its text",
  );
}
