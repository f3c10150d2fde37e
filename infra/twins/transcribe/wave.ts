/** What the stand-in measures of a recording: enough to tell speech from silence. */
export interface Wave {
  readonly sampleRateHertz: number;
  readonly channels: number;
  readonly seconds: number;
  /** The mean power of the whole recording, in dBFS. */
  readonly db: number;
}

/** Reads a 16-bit WAV file whose chunks are in the usual order; returns undefined for any other file. */
export function readWave(bytes: Buffer): Wave | undefined {
  if (bytes.length < 44 || bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 36, 40) !== "data")
    return undefined;
  return measure(bytes.subarray(44), bytes.readUInt32LE(24), bytes.readUInt16LE(22));
}

/** Measures the duration and the mean power of 16-bit samples. */
export function measure(samples: Buffer, sampleRateHertz: number, channels: number): Wave {
  const count = Math.floor(samples.length / 2);
  let power = 0;
  for (let at = 0; at < count; at++) power += (samples.readInt16LE(2 * at) / 32_768) ** 2;
  return {
    sampleRateHertz,
    channels,
    seconds: count / channels / sampleRateHertz,
    db: 10 * Math.log10(power / Math.max(1, count) + 1e-10),
  };
}
