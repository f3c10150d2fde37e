import { wavHeader as wavHeaderOf } from "../../sound/wav.ts";

/** The sample rate of all audio that Fish-Speech makes. */
export const sampleRateHertz = 44_100;

/** The number of samples in one frame: a frame is the unit of Fish-Speech's audio codec, and one token of the model. */
export const frameSamples = 2048;

/** The number of the codec's frames per second: 21.53. */
export const framesPerSecond = sampleRateHertz / frameSamples;

/** The minimum number of frames of audio that Fish-Speech makes for a text. */
const leastFrames = 4;

/** How many frames hold this number of samples: at least `leastFrames`, at most `mostFrames`. */
export function framesFor(sampleCount: number, mostFrames: number): number {
  return Math.min(mostFrames, Math.max(leastFrames, Math.ceil(sampleCount / frameSamples)));
}

/** Pads samples with silence to whole frames, at most `mostFrames`. */
export function toFrames(samples: Int16Array, mostFrames: number): Int16Array {
  const frames = framesFor(samples.length, mostFrames);
  const whole = new Int16Array(frames * frameSamples);
  whole.set(samples.subarray(0, whole.length));
  return whole;
}

/** The 44-byte header of a mono 44.1 kHz s16 WAV file with `dataBytes` bytes of samples. */
export function wavHeader(dataBytes: number): Buffer {
  return wavHeaderOf({ sampleRateHertz, dataBytes });
}

/**
 * Whether a recording has a format that torchaudio can open, judging by its first bytes: wav, mp3, flac, ogg, m4a, aac.
 */
export function isRecording(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return /^(RIFF[\s\S]{4}WAVE|ID3|\xff[\xe0-\xff]|fLaC|OggS|[\s\S]{4}ftyp)/.test(head);
}
