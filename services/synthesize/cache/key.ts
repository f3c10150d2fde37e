import { createHash } from "node:crypto";

/** Everything that determines how a clause sounds. */
export interface Utterance {
  /** The text as spoken. */
  readonly spoken: string;
  readonly voice: string;
  /**
   * Changes whenever the same text in the same voice may sound different: it covers the engine, its build and its
   * settings, and the definition of the voice.
   */
  readonly revision: string;
  /** Sample frames per second. */
  readonly sampleRateHertz: number;
  /**
   * The only tenant that may get this speech from the cache: an instant response would reveal to other tenants that the
   * text was spoken before. Empty for speech that was prepared for everybody.
   */
  readonly tenant: string;
}

/** Increase this when the content or the format of cached speech changes. */
const version = "2";

/**
 * The key of an utterance: 43 characters of base64url. Fields are delimited, so that different utterances never have
 * the same key.
 */
export function utteranceKey({ spoken, voice, revision, sampleRateHertz, tenant }: Utterance): string {
  const hash = createHash("sha256");
  for (const field of [version, tenant, revision, String(sampleRateHertz), voice, spoken])
    hash.update(`${Buffer.byteLength(field)}:${field}`);
  return hash.digest("base64url");
}
