import { Failure } from "../errors.ts";

/** A call that needs stored speech where none is stored. */
export function noStoredAudio(): Failure {
  return new Failure(
    "UNIMPLEMENTED",
    "NO_STORED_AUDIO",
    "this deployment stores no speech: take it from Converse as it is made",
    { inFull: "no place for speech is set up: DUET_EDGE_STORED_FOLDER or DUET_EDGE_STORED_S3_ENDPOINT names one" },
  );
}
