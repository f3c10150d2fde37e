import { toSamples } from "../../../infra/audio/pcm.ts";

/** The contents of a WAV file. */
export interface Wav {
  readonly rateHertz: number;
  /** Mono samples; the two channels of a stereo file are mixed. */
  readonly samples: Int16Array;
}

const pcm = 1;
const extensible = 0xfffe;

/**
 * Reads a RIFF WAVE file of 16-bit PCM, mono or stereo. Its chunks may come in any order that RIFF allows, and its
 * sizes may be placeholders, written before the length was known. If the file cannot be read, returns what is required
 * of files, worded to follow the word "must" in an error message.
 */
export function readWav(bytes: Uint8Array): Wav | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tagAt(bytes, 0) !== "RIFF" || tagAt(bytes, 8) !== "WAVE") return "be a RIFF WAVE file";
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const tag = tagAt(bytes, at);
    const said = view.getUint32(at + 4, true);
    const body = at + 8;
    // A header that was written before the length was known states 0 or the maximum: the data then extend to the file's
    // end.
    const isOpen = tag === "data" && (said === 0 || said > bytes.length - body);
    const size = isOpen ? bytes.length - body : said;
    if (tag === "fmt ") format = readFormat(view, body, Math.min(size, bytes.length - body));
    if (tag === "data") {
      const fault = faultOf(format);
      if (fault !== undefined || format === undefined) return fault ?? "have its fmt chunk before its data chunk";
      const samples = toSamples(bytes.subarray(body, body + size));
      return { rateHertz: format.rateHertz, samples: format.channels === 2 ? mix(samples) : samples };
    }
    // Chunks begin at even offsets: a padding byte follows a chunk of odd size.
    at = body + size + (size % 2);
  }
  return "hold samples: it has no data chunk";
}

interface Format {
  readonly kind: number;
  readonly channels: number;
  readonly rateHertz: number;
  readonly bits: number;
}

function readFormat(view: DataView, at: number, size: number): Format | undefined {
  if (size < 16) return undefined;
  const word = (offset: number) => view.getUint16(at + offset, true);
  // In the extensible form of the `fmt` chunk the format code stands near the end; in the short form, at the beginning.
  const kind = word(0) === extensible && size >= 26 ? word(24) : word(0);
  return { kind, channels: word(2), rateHertz: view.getUint32(at + 4, true), bits: word(14) };
}

function faultOf(format: Format | undefined): string | undefined {
  if (format === undefined) return "have its fmt chunk before its data chunk";
  const { kind, channels, rateHertz, bits } = format;
  if (kind !== pcm || bits !== 16) return "hold 16-bit PCM";
  if (channels !== 1 && channels !== 2) return `have one or two channels, not ${channels}`;
  return rateFault(rateHertz);
}

/** What a sample rate must be, worded to follow the word "must" in an error message; undefined if this rate is fine. */
export function rateFault(hertz: number): string | undefined {
  return hertz >= 8_000 && hertz <= 192_000 ? undefined : "have a sample rate of 8,000 to 192,000 Hz";
}

function mix(samples: Int16Array): Int16Array {
  const mono = new Int16Array(samples.length >> 1);
  for (let at = 0; at < mono.length; at++)
    mono[at] = ((samples[2 * at] as number) + (samples[2 * at + 1] as number)) >> 1;
  return mono;
}

function tagAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
