import { createHash, randomBytes } from "node:crypto";

/** What a key can be allowed to do. */
export const keyScopes = ["converse", "speak", "sessions"] as const;

/** The form of a tenant's name. It is restricted because the name is sent in a header and is part of store keys. */
export const tenantForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/**
 * Parses the time at which a key expires, and returns it in Unix milliseconds. A date stands for the beginning of that
 * day in UTC; a time must be in UTC. Returns undefined for any other text.
 */
export function parseExpiry(text: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** A newly made API key. */
export interface NewApiKey {
  /** The key itself, which is not stored anywhere. */
  readonly key: string;
  /** The key's name in files and logs. */
  readonly id: string;
  /** The hash of the key, which is stored instead of the key. */
  readonly sha256: string;
}

// Matches an API key. Its first part, the id, is not secret. The rest is 256 random bits, so a fast hash is sufficient.
const form = /^duet_([a-z0-9]{10})_[A-Za-z0-9_-]{43}$/;
// The alphabet of ids. It has 32 characters, a divisor of 256, so that a random byte selects each with the same
// probability. An id begins with a letter, so that no id looks like a number.
const idAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
const idLength = 10;
const secretBytes = 32;

/** Creates a new API key. */
export function createApiKey(): NewApiKey {
  const id = Array.from(randomBytes(idLength), (byte, index) => idAlphabet[byte % (index === 0 ? 16 : 32)]).join("");
  const key = `duet_${id}_${randomBytes(secretBytes).toString("base64url")}`;
  return { key, id, sha256: hashApiKey(key).toString("hex") };
}

/** The id of a well-formed key; undefined if the text is not one. */
export function apiKeyId(text: string): string | undefined {
  return form.exec(text)?.[1];
}

/** The SHA-256 of a key, which is stored instead of the key. In hex, `printf %s "$KEY" | sha256sum` prints it. */
export function hashApiKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
