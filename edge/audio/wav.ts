import { toBytes } from "../../infra/audio/pcm.ts";
import { type FileMark, wavMark } from "./mark.ts";
import type { Encoder } from "./stage.ts";

/**
 * The length in bytes that a header states when the true length is not known in advance: it makes players read to the
 * end of the file, whereas with 0 some would read nothing.
 */
const unknownBytes = 0xffff_ffff;

/** The length in bytes of a WAV header that has no extra chunk before the audio. */
export const wavHeaderBytes = 44;

/**
 * The header of a WAV file of 16-bit mono samples. `dataBytes` is the length of the audio, if known; `info` is a chunk
 * to place before the audio.
 */
export function wavHeader(rate: number, dataBytes?: number, info: Uint8Array = new Uint8Array()): Uint8Array {
  const bytes = new Uint8Array(wavHeaderBytes + info.length);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string) => bytes.set(Buffer.from(text), at);
  tag(0, "RIFF");
  view.setUint32(4, dataBytes === undefined ? unknownBytes : 36 + info.length + dataBytes, true);
  tag(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  bytes.set(info, 36);
  tag(36 + info.length, "data");
  view.setUint32(40 + info.length, dataBytes ?? unknownBytes, true);
  return bytes;
}

/** Makes a WAV encoder for audio whose length is not known. */
export async function createWav(rate: number, mark?: FileMark): Promise<Encoder> {
  let begun = false;
  const push = (samples: Int16Array): Uint8Array => {
    const bytes = Uint8Array.from(toBytes(samples));
    if (begun) return bytes;
    begun = true;
    return Buffer.concat([wavHeader(rate, undefined, mark && wavMark(mark)), bytes]);
  };
  return {
    push: (samples) => (samples.length === 0 ? new Uint8Array() : push(samples)),
    end: () => push(new Int16Array()),
    close() {},
  };
}
