/** Bytes per sample frame: 16 bits, mono. */
export const frameBytes = 2;

/** Joins byte arrays into one array. */
export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Joins arrays of samples into one array. */
export function concatSamples(runs: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(runs.reduce((sum, run) => sum + run.length, 0));
  let at = 0;
  for (const run of runs) {
    all.set(run, at);
    at += run.length;
  }
  return all;
}

/** Copies samples out of PCM s16le bytes. Their offset in memory may be odd, which an Int16Array does not allow. */
export function toSamples(pcm: Uint8Array): Int16Array {
  // `slice` is not used, since a Buffer's `slice` shares the Buffer's memory instead of copying.
  return new Int16Array(new Uint8Array(pcm.subarray(0, pcm.length - (pcm.length % frameBytes))).buffer);
}

/** The samples of PCM s16le bytes: they share the bytes' memory if its offset is even, otherwise they are copied. */
export function asSamples(pcm: Uint8Array): Int16Array {
  if (pcm.byteOffset % frameBytes !== 0) return toSamples(pcm);
  return new Int16Array(pcm.buffer, pcm.byteOffset, Math.floor(pcm.length / frameBytes));
}

/** Splits bytes into pieces of at most `most` bytes; the pieces share the memory of `bytes`. */
export function* pieces(bytes: Uint8Array, most: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += most) yield bytes.subarray(at, at + most);
}

/** The bytes of samples; the result shares the memory of `samples`. */
export function toBytes(samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
