/**
 * Files that are passed on unchanged: their formats, by their first bytes, and their durations, where their headers
 * state them.
 */
import type { FileFormat } from "./recording.ts";

/** The format of a file, recognized by the file's first bytes; undefined if files of that format are not accepted. */
export function formatOf(bytes: Uint8Array): FileFormat | "wav" | undefined {
  const starts = (...start: number[]) => start.every((byte, at) => bytes[at] === byte);
  const text = (tag: string) => starts(...Buffer.from(tag));
  if (text("RIFF")) return "wav";
  if (text("OggS")) return "ogg";
  if (text("fLaC")) return "flac";
  // The signature of EBML, the basis of Matroska; WebM is a kind of Matroska.
  if (starts(0x1a, 0x45, 0xdf, 0xa3)) return "webm";
  return text("ID3") || mp3Frame(bytes, 0) !== undefined ? "mp3" : undefined;
}

/**
 * The duration of a file, in milliseconds; undefined where its headers do not state it, as in files by MediaRecorder.
 */
export function durationOf(format: FileFormat, bytes: Uint8Array): number | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case "ogg":
      return oggDuration(buffer);
    case "flac":
      return flacDuration(buffer);
    case "mp3":
      return mp3Duration(buffer);
    case "webm":
      return undefined;
  }
}

/**
 * The duration of an Ogg Opus file, in milliseconds: its last page's position counts all samples at 48 kHz (RFC 7845).
 */
function oggDuration(bytes: Buffer): number | undefined {
  const last = bytes.lastIndexOf("OggS");
  if (last < 0 || last + 14 > bytes.length) return undefined;
  const granule = Number(bytes.readBigInt64LE(last + 6));
  return granule < 0 ? undefined : granule / 48;
}

/**
 * The duration of a FLAC file, from its first block, STREAMINFO: 20 bits of sample rate, 3 of channels, 5 of sample
 * size, 36 of sample count (RFC 9639).
 */
function flacDuration(bytes: Buffer): number | undefined {
  if (bytes.length < 26) return undefined;
  const rate = bytes.readUIntBE(18, 3) >> 4;
  const samples = (bytes.readUInt8(21) & 0xf) * 2 ** 32 + bytes.readUInt32BE(22);
  return rate === 0 || samples === 0 ? undefined : (samples / rate) * 1000;
}

// The bit rates of MP3 (Layer III) in kbit/s: first those of MPEG 1, then those of MPEG 2 and 2.5.
const mpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const mpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** The bit rate of the MP3 frame that begins at `at`, in bits per second; undefined if no frame begins there. */
function mp3Frame(bytes: Uint8Array, at: number): number | undefined {
  const [sync = 0, kind = 0, rates = 0] = bytes.subarray(at, at + 3);
  if (sync !== 0xff || (kind & 0xe6) !== 0xe2) return undefined;
  const rate = ((kind >> 3) & 3) === 3 ? mpeg1[rates >> 4] : mpeg2[rates >> 4];
  return rate === undefined || rate === 0 ? undefined : rate * 1000;
}

/**
 * The duration of an MP3 file in milliseconds if its first frame's bit rate holds throughout, otherwise an estimate.
 */
function mp3Duration(bytes: Buffer): number | undefined {
  // An ID3 tag states its own length in four bytes of seven bits.
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  const tag = bytes.toString("latin1", 0, 3) === "ID3" ? 10 + (a << 21) + (b << 14) + (c << 7) + d : 0;
  const rate = mp3Frame(bytes, tag);
  return rate === undefined ? undefined : ((bytes.length - tag) * 8000) / rate;
}
