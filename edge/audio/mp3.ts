/**
 * An MP3 stream can state its length only if that is known at the start. Otherwise players count the frames, and the
 * frames also hold the delays that encoder and decoder put before the speech. To compensate, this encoder drops as much
 * silence as the delays add: first at the beginning of the speech; if there is too little, also at its end. At 24 kHz
 * the length of a file then differs from that of the speech by at most half a frame (12 ms) if the speech ends in 60 ms
 * of silence, or a whole frame if the speech begins with 50 ms of silence. Nothing audible is ever dropped.
 */
import { concat, concatSamples } from "../../infra/audio/pcm.ts";
import { type FileMark, mp3Mark } from "./mark.ts";
import type { Encoder } from "./stage.ts";

type Lame = Awaited<ReturnType<typeof loadLame>>;

// LAME in WebAssembly takes 0.9 MB, and 12 to 60 ms to start, most of which goes into compiling it. So an instance is
// used again after its file has ended.
const spare: Lame[] = [];
const mostSpare = 16;

async function loadLame() {
  const { createMp3Encoder } = await import("wasm-media-encoders");
  return createMp3Encoder();
}

/**
 * How many samples LAME adds: 576 before the speech and at least 576 after it. A decoder delays its output by 529
 * samples, so 1,105 of them are heard before the speech and 47 or more after it.
 */
const added = 1_152;
/** Samples whose absolute value is at most this (full scale is 32,767) count as silence: −50 dBFS. */
const silence = 104;
/** The bit rate in kbit/s for a sample rate: what LAME recommends for speech, mono. */
export function kilobits(rate: number): 32 | 64 | 96 {
  return rate <= 16_000 ? 32 : rate <= 24_000 ? 64 : 96;
}

/** Makes an MP3 encoder. Its first bytes come after the first 50 ms of speech, not counting leading silence. */
export async function createMp3(rate: number, mark?: FileMark): Promise<Encoder> {
  const lame = spare.pop() ?? (await loadLame());
  lame.configure({ channels: 1, sampleRate: rate as 24_000, bitrate: kilobits(rate) });
  const frame = rate >= 32_000 ? 1_152 : 576;
  /** Numbers of samples: `given` so far; `leading` silence that may still be dropped; `encoded` so far. */
  let given = 0;
  let leading = added;
  let encoded = 0;
  /** Silent samples that are held back, since they may turn out to be the end of the speech. */
  let held = new Int16Array();
  let closed = false;
  /** The tag to write before the first frame; undefined if there is no mark, or once it has been written. */
  let tag = mark && mp3Mark(mark);

  const skipLead = (samples: Int16Array): Int16Array => {
    const loud = samples.subarray(0, leading).findIndex(sounds);
    const skipped = loud < 0 ? Math.min(leading, samples.length) : loud;
    leading = loud < 0 ? leading - skipped : 0;
    return samples.subarray(skipped);
  };
  const encode = (samples: Int16Array): Uint8Array => {
    if (samples.length === 0) return new Uint8Array();
    encoded += samples.length;
    // LAME returns a view of its own memory, which it overwrites later, so the bytes are copied.
    return lame.encode([Float32Array.from(samples, (sample) => sample / 0x8000)]).slice();
  };
  const tagged = (frames: Uint8Array): Uint8Array => {
    if (tag === undefined || frames.length === 0) return frames;
    const whole = concat([tag, frames]);
    tag = undefined;
    return whole;
  };
  return {
    push(samples) {
      given += samples.length;
      const all = concatSamples([held, skipLead(samples)]);
      const silent = Math.min(added + frame, all.length - 1 - all.findLastIndex(sounds));
      held = all.slice(all.length - silent);
      return tagged(encode(all.subarray(0, all.length - silent)));
    },
    end() {
      const frames = Math.max(Math.ceil((encoded + added) / frame), Math.round(given / frame));
      const rest = encode(held.subarray(0, Math.max(0, frames * frame - added - encoded)));
      return tagged(concat([rest, lame.finalize()]));
    },
    close() {
      if (closed) return;
      closed = true;
      if (spare.length < mostSpare) spare.push(lame);
    },
  };
}

function sounds(sample: number): boolean {
  return Math.abs(sample) > silence;
}
