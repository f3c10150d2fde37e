/**
 * How a value lies in a store: the version of its schema at the head, so that two releases of Duet can share a store while one
 * replaces the other. What cannot be read counts as absent, never as a failure: a release that meets a value of another one does
 * what it would do without it.
 */
export interface Versioned {
  /** The value as it is stored; a text as UTF-8. */
  encode(value: string | Uint8Array): Buffer;
  /**
   * What was given to `encode`; `toString()` makes a text of it. Undefined where nothing is stored, and where what is stored has
   * another version, was cut short, or was not written by `encode`. A view of `stored`, not a copy.
   */
  decode(stored: Uint8Array | null | undefined): Buffer | undefined;
}

// No UTF-8 text and no protobuf message of ours begins with this byte followed by a version: 0xd5 opens a character of two bytes, whose
// second is at least 0x80, and as a protobuf tag the two would be a field number of 26 or more at the head of a message.
const marker = 0xd5;
const greatestVersion = 0x7f;
// Marker, version, and the length of the rest, which tells a value that was cut short.
const headLength = 6;

/** The codec of one kind of value. Raise `version` (1 to 127) with every change that an older reader would misread. */
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
