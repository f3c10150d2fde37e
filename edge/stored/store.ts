/** A file of speech to store. */
export interface SpeechFile {
  /** The file's key, as made by `keyOf`. */
  readonly key: string;
  readonly bytes: Uint8Array;
  /** The file's media type. */
  readonly contentType: string;
}

/** The number of stored files, and the number of bytes of all files together. */
export interface StoredAmount {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Stores speech in files. A file appears atomically; storing a file with the same key replaces it. Whoever has a file's
 * URL can play it until the URL expires; the process that stores a file need not be the one that serves it. All methods
 * throw Failure: UNAVAILABLE while the store cannot be reached.
 */
export interface SpeechStore {
  /** Where speech is stored: in a folder, or in an S3 bucket. */
  readonly kind: "folder" | "s3";
  /** Why no speech can be stored now, for people who run the deployment; undefined while it can be stored. */
  notReady(): string | undefined;
  put(file: SpeechFile): Promise<void>;
  /** The URL of a file, valid until `expiresAt` (Unix milliseconds). `origin` is where the caller reached the edge. */
  urlOf(key: string, expiresAt: number, origin: string): Promise<string>;
  /** Deletes the files of days that had ended by `before` (Unix milliseconds); resolves to how much is left. */
  sweep(before: number): Promise<StoredAmount>;
}

/** The media types of stored files, by the extension of their keys. */
export const storedTypes: Readonly<Record<string, string>> = {
  wav: "audio/wav",
  mp3: "audio/mpeg",
  ogg: "audio/ogg; codecs=opus",
};

/** The parts from which the key of a stored file is composed. */
export interface KeyParts {
  readonly tenant: string;
  /** When the turn or job began, in Unix milliseconds. */
  readonly at: number;
  /** The id of the turn or job: letters, digits and `-`. */
  readonly id: string;
  /** The file extension: a key of `storedTypes`. */
  readonly ending: string;
}

const keyForm = /^[A-Za-z0-9_~-]{1,200}\/\d{4}-\d\d-\d\d\/[A-Za-z0-9-]{1,64}\.(?:wav|mp3|ogg)$/;

/** The key of a file, `tenant/2026-11-29/turn.wav`: only characters that are safe in a path, in a URL and in S3. */
export function keyOf({ tenant, at, id, ending }: KeyParts): string {
  const owner = tenant.replace(/[^A-Za-z0-9_-]/g, (mark) => `~${mark.codePointAt(0)?.toString(16)}-`);
  const key = `${owner}/${dayOf(at)}/${id}.${ending}`;
  if (!isKey(key))
    throw new RangeError(
      "no key can be made for a stored file: its tenant is too long, or its id or extension is invalid",
    );
  return key;
}

/** Whether a string is a well-formed key; files are looked up only by well-formed keys. */
export function isKey(text: string): boolean {
  return keyForm.test(text);
}

/** The UTC day of a time, as `2026-11-29`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Whether a day had ended completely before a time (Unix milliseconds). */
export function isOver(day: string, before: number): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(day) && day < dayOf(before);
}
