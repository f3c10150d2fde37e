/** Sample rate of recordings, as speech recognizers expect it. */
export const earRateHertz = 16_000;
/** Samples per frame: the unit in which the voice activity detector works. */
export const frameSamples = 512;
/** Duration of a frame, in milliseconds. */
export const frameMs = (1000 * frameSamples) / earRateHertz;
/** The number of frames that last this many milliseconds. */
export const framesOf = (ms: number) => Math.round(ms / frameMs);

/** Returns a function that takes any number of samples at a time and calls `onFrame` for each full frame of them. */
export function createFramer(onFrame: (frame: Float32Array<ArrayBuffer>) => void): (samples: Float32Array) => void {
  let frame = new Float32Array(frameSamples);
  let filled = 0;
  return (samples) => {
    for (let from = 0; from < samples.length; ) {
      const piece = samples.subarray(from, from + frameSamples - filled);
      frame.set(piece, filled);
      filled += piece.length;
      from += piece.length;
      if (filled < frameSamples) return;
      onFrame(frame);
      frame = new Float32Array(frameSamples);
      filled = 0;
    }
  };
}

/** The level of a frame: root mean square, 0 to 1. */
export function loudnessOf(frame: Float32Array): number {
  return Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, frame.length));
}

/** Converts frames to 16-bit little-endian PCM. */
export function toPcm(frames: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * frames.reduce((sum, { length }) => sum + length, 0)));
  let at = 0;
  for (const frame of frames)
    for (const sample of frame) {
      view.setInt16(at, Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))), true);
      at += 2;
    }
  return new Uint8Array(view.buffer);
}
