// Recognizes data that should have been samples but is something else. Samples have no signature: they are whatever is
// not recognized.

/** The signatures of data that is not samples: the data's name, the signature, and its offset if that is not 0. */
const marks: readonly (readonly [what: string, mark: string, at?: number])[] = [
  ["MP3", "ID3"],
  ["Ogg", "OggS"],
  ["FLAC", "fLaC"],
  ["WAV", "WAVE", 8],
  ["AIFF", "AIF", 8],
  ["MP4", "ftyp", 4],
  ["WebM", "\x1a\x45\xdf\xa3"],
  ["gzip", "\x1f\x8b\x08"],
  ["zip", "PK\x03\x04"],
];

/** This many bytes are enough to tell text from samples. */
const enoughBytes = 64;

/** What a response is, if not samples: "HTML", for example; "short" if more bytes are needed and may still come. */
export function sniff(bytes: Uint8Array, isAll: boolean): string | "short" | undefined {
  if (!isAll && bytes.length < enoughBytes) return "short";
  const head = Buffer.from(bytes.subarray(0, enoughBytes)).toString("latin1");
  const marked = marks.find(([, mark, at = 0]) => head.startsWith(mark, at))?.[0];
  if (marked !== undefined) return marked;
  if (isText(bytes.subarray(0, enoughBytes)))
    return /^\s*</.test(head) ? "HTML" : /^\s*[[{]/.test(head) ? "JSON" : "text";
  return mp3Frames(bytes, isAll);
}

/** Whether bytes are UTF-8 text without control characters. The 64 bytes of 32 samples almost never look like that. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.length < 4 || bytes.some(isControl)) return false;
  try {
    // With the option `stream`, a character that is cut off at the end is not an error.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Whether a byte never occurs in text: a control character other than tab, line feed and carriage return. */
function isControl(byte: number): boolean {
  return (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f;
}

/** Layer III bit rates in kbit/s, by the index in a frame's header: first for MPEG 1, then for MPEG 2 and 2.5. */
const bitRates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
] as const;
const sampleRates = [44_100, 48_000, 32_000] as const;

/**
 * Returns "MP3" if the bytes begin with two MP3 frames, without an ID3 tag: a single frame could also be samples close
 * to silence. Returns "short" if more bytes are needed to see the second frame, and undefined for anything else.
 */
function mp3Frames(bytes: Uint8Array, isAll: boolean): string | "short" | undefined {
  const length = frameBytes(bytes, 0);
  if (length === undefined) return undefined;
  if (bytes.length >= length + 4) return frameBytes(bytes, length) === undefined ? undefined : "MP3";
  return isAll ? undefined : "short";
}

/** The length in bytes of the layer III frame whose header is at index `at`; undefined if there is no valid header. */
function frameBytes(bytes: Uint8Array, at: number): number | undefined {
  const [sync = 0, kind = 0, rates = 0] = bytes.subarray(at, at + 3);
  if (sync !== 0xff || (kind & 0xe6) !== 0xe2) return undefined;
  const version = (kind >> 3) & 3;
  const rateIndex = (rates >> 2) & 3;
  if (version === 1 || rateIndex === 3) return undefined;
  const bits = bitRates[version === 3 ? 0 : 1][rates >> 4] as number;
  const rate = (sampleRates[rateIndex] as number) / (version === 3 ? 1 : version === 2 ? 2 : 4);
  if (bits === 0) return undefined;
  return Math.floor(((version === 3 ? 144_000 : 72_000) * bits) / rate) + ((rates >> 1) & 1);
}

/**
 * Matches the message of a server that fails after it has begun to send samples: JSON, an HTML page or an event, up to
 * the end of the response. The bytes of loud samples may also be printable characters, so a match needs a JSON key with
 * its colon, or the name of an HTML tag or event field, and eight more characters.
 */
const words =
  /(?:\{\s*"[a-z_]{2,20}"\s*:|<(?:!doctype|html|head|body|title|h1|pre)\b|(?:event|data|error): )[\x20-\xff]{8}/gi;

/** The index at which a server's error message begins, if one ends a piece of samples; undefined if there is none. */
export function findWords(piece: Uint8Array): number | undefined {
  const from = piece.findLastIndex(isControl) + 1;
  const found = Buffer.from(piece.subarray(from)).toString("latin1").matchAll(words).next().value;
  return found === undefined ? undefined : from + found.index;
}
