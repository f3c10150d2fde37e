/** Bytes of one sample frame: 16 bit, mono. */
export const frameBytes = 2;

/** What a WAV header says of the samples that follow it. Its sizes are not read: streaming servers write 0 or 36 there. */
export interface WavHeader {
  readonly sampleRateHertz: number;
  readonly channelCount: number;
  readonly bitsPerSample: number;
  /** Where the samples begin. */
  readonly dataOffset: number;
}

/** Reads a WAV header; "short" if there are too few bytes to tell, "none" if the bytes do not begin with one. */
export function readWavHeader(bytes: Uint8Array): WavHeader | "short" | "none" {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (!"RIFF".startsWith(tag(0))) return "none";
  if (bytes.length < 12) return "short";
  if (tag(8) !== "WAVE") return "none";
  let format: Omit<WavHeader, "dataOffset"> | undefined;
  for (
    let at = 12;
    at + 8 <= bytes.length;
    at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) & 1)
  ) {
    if (tag(at) === "data") return format === undefined ? "none" : { ...format, dataOffset: at + 8 };
    if (tag(at) !== "fmt ") continue;
    if (at + 24 > bytes.length) return "short";
    format = {
      channelCount: view.getUint16(at + 10, true),
      sampleRateHertz: view.getUint32(at + 12, true),
      bitsPerSample: view.getUint16(at + 22, true),
    };
  }
  return bytes.length > 64 * 1024 ? "none" : "short";
}

/**
 * Takes the PCM out of an engine's answer: a WAV header is recognised and left out, an odd byte is carried over to the
 * next piece, so that every piece holds whole frames. `check` sees the header, if there is one, and may throw.
 */
export async function* pcmFrames(
  answer: AsyncIterable<Uint8Array>,
  check: (header: WavHeader) => void,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = new Uint8Array(0);
  let inHeader = true;
  for await (const piece of answer) {
    let bytes = held.length === 0 ? piece : concat([held, piece]);
    held = new Uint8Array(0);
    if (inHeader) {
      const header = readWavHeader(bytes);
      if (header === "short") {
        held = bytes;
        continue;
      }
      if (header !== "none") {
        check(header);
        bytes = bytes.subarray(header.dataOffset);
      }
      inHeader = false;
    }
    const whole = bytes.length - (bytes.length % frameBytes);
    held = bytes.subarray(whole);
    if (whole > 0) yield bytes.subarray(0, whole);
  }
}

/** Joins pieces of bytes into one. */
export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Joins runs of samples into one. */
export function concatSamples(runs: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(runs.reduce((sum, run) => sum + run.length, 0));
  let at = 0;
  for (const run of runs) {
    all.set(run, at);
    at += run.length;
  }
  return all;
}

/** Samples of PCM s16le, as a copy that is aligned whatever the bytes' offset. */
export function toSamples(pcm: Uint8Array): Int16Array {
  // Not `slice`: a Buffer's shares its memory.
  return new Int16Array(new Uint8Array(pcm.subarray(0, pcm.length - (pcm.length % frameBytes))).buffer);
}

/** Bytes of samples; shares their memory. */
export function toBytes(samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
