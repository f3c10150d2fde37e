/** A file of speech as it is to be stored. */
export interface SpeechFile {
  /** As `keyOf` makes it. */
  readonly key: string;
  readonly bytes: Uint8Array;
  /** Its media type. */
  readonly contentType: string;
}

/** What is stored, all files together. */
export interface StoredAmount {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Where speech is stored. A file is there as a whole or not at all, and putting it again replaces it. Whoever has its URL hears it until that
 * expires; who stores it and who serves it may be different processes. All methods throw Failure: UNAVAILABLE while the store is away.
 */
export interface SpeechStore {
  /** What keeps it. */
  readonly kind: "folder" | "s3";
  /** Why nothing can be stored now, for those who run the deployment; undefined while it can. */
  notReady(): string | undefined;
  put(file: SpeechFile): Promise<void>;
  /** Where a file is fetched until `expiresAt` (Unix milliseconds). `origin` is where the caller found the edge. */
  urlOf(key: string, expiresAt: number, origin: string): Promise<string>;
  /** Removes what was stored on days that were over at `before` (Unix milliseconds); tells what is left. */
  sweep(before: number): Promise<StoredAmount>;
}

/** The media types of stored files, by the endings of their keys. */
export const storedTypes: Readonly<Record<string, string>> = {
  wav: "audio/wav",
  mp3: "audio/mpeg",
  ogg: "audio/ogg; codecs=opus",
};

/** What a key says: whose, from which day, and which. */
export interface KeyParts {
  readonly tenant: string;
  /** When it was begun, in Unix milliseconds. */
  readonly at: number;
  /** The turn or job: letters, digits and `-`. */
  readonly id: string;
  /** One of `storedTypes`. */
  readonly ending: string;
}

const keyForm = /^[A-Za-z0-9_~-]{1,200}\/\d{4}-\d\d-\d\d\/[A-Za-z0-9-]{1,64}\.(?:wav|mp3|ogg)$/;

/** The key of a file, `tenant/2026-11-29/turn.wav`: a few characters that mean the same in a path, a URL and to S3. */
export function keyOf({ tenant, at, id, ending }: KeyParts): string {
  const owner = tenant.replace(/[^A-Za-z0-9_-]/g, (mark) => `~${mark.codePointAt(0)?.toString(16)}-`);
  const key = `${owner}/${dayOf(at)}/${id}.${ending}`;
  if (!isKey(key)) throw new RangeError("the parts of a key are letters, digits and a few marks");
  return key;
}

/** Whether a text is a key: nothing else is ever looked for. */
export function isKey(text: string): boolean {
  return keyForm.test(text);
}

/** The day of a time in UTC, as `2026-11-29`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Whether all of a key's day lies before a time. */
export function isOver(day: string, before: number): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(day) && day < dayOf(before);
}
