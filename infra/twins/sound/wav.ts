/** The fields of a WAV header. */
export interface WavHeaderOptions {
  readonly sampleRateHertz: number;
  /** The number of bytes of samples that the header announces. */
  readonly dataBytes: number;
  /** The size in the RIFF field, which is that of the file minus 8 bytes. Default: the correct size for `dataBytes`. */
  readonly riffBytes?: number;
}

/** The value that a server writes for both sizes in a WAV header if it does not know them. */
export const unknownBytes = 0xffff_ffff;

/** The 44-byte header of a WAV file: mono, s16. */
export function wavHeader({ sampleRateHertz, dataBytes, riffBytes = 36 + dataBytes }: WavHeaderOptions): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(riffBytes, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHertz, 24);
  header.writeUInt32LE(sampleRateHertz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/**
 * Returns samples as bytes, s16le, without copying them: every platform that Node supports well is little-endian.
 */
export function toBytes(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
