import { createHash } from "node:crypto";

/** All that decides how a clause sounds. */
export interface Utterance {
  /** The words as spoken. */
  readonly spoken: string;
  readonly voice: string;
  /** Changes whenever the same words in the same voice may sound different: the engine, its build and its settings, and what the voice is made of. */
  readonly revision: string;
  /** Sample frames a second. */
  readonly sampleRateHertz: number;
  /** Who may hear that it was spoken before, by its being there at once; empty for what is prepared for everybody. */
  readonly tenant: string;
}

/** Changes when what is kept, or how, changes. */
const version = "2";

/** The key of an utterance: 43 characters of base64url, in which no field can pass for a part of its neighbour. */
export function utteranceKey({ spoken, voice, revision, sampleRateHertz, tenant }: Utterance): string {
  const hash = createHash("sha256");
  for (const field of [version, tenant, revision, String(sampleRateHertz), voice, spoken])
    hash.update(`${Buffer.byteLength(field)}:${field}`);
  return hash.digest("base64url");
}
