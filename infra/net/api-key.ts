import { createHash, randomBytes } from "node:crypto";

/** What a key may allow. */
export const keyScopes = ["converse", "speak", "sessions"] as const;

/** What a tenant's name must look like: it travels in a header, and stands in keys of stores. */
export const tenantForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** The time that a key expires, in milliseconds of Unix time: a date, which is its beginning in UTC, or a time in UTC; undefined if it is neither. */
export function parseExpiry(text: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** An API key that was just made. */
export interface NewApiKey {
  /** The key itself, which is written down nowhere else. */
  readonly key: string;
  /** What it is called in files and logs. */
  readonly id: string;
  /** What is kept of it. */
  readonly sha256: string;
}

// The id is no secret: it tells which key it is. The rest is 256 bits, which nobody guesses, so that a fast hash is enough.
const form = /^duet_([a-z0-9]{10})_[A-Za-z0-9_-]{43}$/;
// 32 characters, each as likely as the other, behind a letter, so that no id looks like a number.
const idAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
const idLength = 10;
const secretBytes = 32;

/** Makes a key. */
export function createApiKey(): NewApiKey {
  const id = Array.from(randomBytes(idLength), (byte, index) => idAlphabet[byte % (index === 0 ? 16 : 32)]).join("");
  const key = `duet_${id}_${randomBytes(secretBytes).toString("base64url")}`;
  return { key, id, sha256: hashApiKey(key).toString("hex") };
}

/** The id of what has the form of a key; undefined if it has another. */
export function apiKeyId(text: string): string | undefined {
  return form.exec(text)?.[1];
}

/** What is kept of a key: its SHA-256, as `printf %s "$KEY" | sha256sum` tells it. */
export function hashApiKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
