/**
 * The format of stored values: each begins with the version of its schema, so that two releases of Duet can share a
 * store while one replaces the other. A value that cannot be read counts as absent, never as an error: a release that
 * finds a value of another release acts as if there were none.
 */
export interface Versioned {
  /** Encodes a value for storage; a string as UTF-8. */
  encode(value: string | Uint8Array): Buffer;
  /**
   * Returns what was given to `encode`; use `toString()` for a text. Undefined if nothing is stored, or if the stored
   * value has another version, is truncated, or was not written by `encode`. The result is a view of `stored`, not a
   * copy.
   */
  decode(stored: Uint8Array | null | undefined): Buffer | undefined;
}

// No UTF-8 text and no protobuf message of ours begins with this byte followed by a version: in UTF-8, 0xd5 begins a
// two-byte character whose second byte is at least 0x80; as a protobuf tag, the two bytes would be a field number of 26
// or more at the beginning of a message.
const marker = 0xd5;
const greatestVersion = 0x7f;
// The length of the head in bytes. The head consists of a marker, the version, and the length of the rest of the stored
// value, which shows whether the value was truncated.
const headLength = 6;

/**
 * The codec for one kind of value. Increase `version` (1 to 127) with every change that an older reader would misread.
 */
export function versioned(version: number): Versioned {
  if (!Number.isInteger(version) || version < 1 || version > greatestVersion)
    throw new RangeError(`a version is a whole number from 1 to ${greatestVersion}, not ${version}`);
  return {
    encode(value) {
      const body = typeof value === "string" ? Buffer.from(value) : value;
      const head = Buffer.alloc(headLength);
      head[0] = marker;
      head[1] = version;
      head.writeUInt32BE(body.length, 2);
      return Buffer.concat([head, body]);
    },
    decode(stored) {
      if (stored === null || stored === undefined || stored.length < headLength) return undefined;
      const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.length);
      const whole = bytes[0] === marker && bytes[1] === version && bytes.readUInt32BE(2) === bytes.length - headLength;
      return whole ? bytes.subarray(headLength) : undefined;
    },
  };
}
