/** What a WAV header says about the samples after it. */
export interface WavHeader {
  /** Whether the samples are integers (PCM), not floats, A-law, ADPCM or the like. */
  readonly isPcm: boolean;
  readonly sampleRateHertz: number;
  readonly channelCount: number;
  readonly bitsPerSample: number;
  /** The offset of the first sample in the file, in bytes. */
  readonly dataOffset: number;
  /**
   * How many bytes of samples follow; undefined if the server did not know, as when it streams: the header then states
   * 0 or the maximum.
   */
  readonly dataBytes: number | undefined;
}

/**
 * The format codes of integer samples in a WAV header: `pcmTag` in the plain form, `extensibleTag` in the extensible
 * form, whose real code comes later in the header.
 */
const pcmTag = 1;
const extensibleTag = 0xfffe;
/** A header that states at least this many bytes of samples means that their number is unknown. */
const mostBytes = 0x7fff_0000;

/** Reads a WAV header. Returns "short" if more bytes are needed, "none" if the bytes are not a WAV file. */
export function readWavHeader(bytes: Uint8Array): WavHeader | "short" | "none" {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (!"RIFF".startsWith(tag(0))) return "none";
  if (bytes.length < 12) return "short";
  if (tag(8) !== "WAVE") return "none";
  let format: Omit<WavHeader, "dataOffset" | "dataBytes"> | undefined;
  for (let at = 12; at + 8 <= bytes.length; at = next(view, at)) {
    if (tag(at) === "data") {
      const size = view.getUint32(at + 4, true);
      const dataBytes = size > 0 && size < mostBytes ? size : undefined;
      return format === undefined ? "none" : { ...format, dataOffset: at + 8, dataBytes };
    }
    if (tag(at) !== "fmt ") continue;
    if (at + 24 > bytes.length) return "short";
    const kind = view.getUint16(at + 8, true);
    if (kind === extensibleTag && at + 34 > bytes.length) return "short";
    format = {
      isPcm: (kind === extensibleTag ? view.getUint16(at + 32, true) : kind) === pcmTag,
      channelCount: view.getUint16(at + 10, true),
      sampleRateHertz: view.getUint32(at + 12, true),
      bitsPerSample: view.getUint16(at + 22, true),
    };
  }
  return bytes.length > 64 * 1024 ? "none" : "short";
}

/** The offset of the next chunk; chunks begin at even offsets. */
function next(view: DataView, at: number): number {
  const size = view.getUint32(at + 4, true);
  return at + 8 + size + (size & 1);
}

/** A WAV file of mono samples. */
export function toWav(samples: Int16Array, sampleRateHertz: number): Uint8Array {
  const file = new Uint8Array(44 + samples.byteLength);
  const view = new DataView(file.buffer);
  const word = (at: number, text: string) => file.set(new TextEncoder().encode(text), at);
  word(0, "RIFF");
  view.setUint32(4, 36 + samples.byteLength, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, pcmTag, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHertz, true);
  view.setUint32(28, sampleRateHertz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, samples.byteLength, true);
  file.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), 44);
  return file;
}
