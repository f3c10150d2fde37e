/**
 * MP3 says nowhere how long it is, unless its length is known before it begins; what a player makes of it is whole frames, and before the speech
 * stands the delay of encoder and decoder. So the delay takes the place of silence that the speech begins with, and a last frame for which hardly
 * anything is left, and that silence, is not begun: from 22 kHz on a file is as long as what was spoken, to 20 ms, if that begins and ends in
 * silence, as a voice does.
 */
import { createMp3Encoder } from "wasm-media-encoders";
import { concat, concatSamples } from "../../infra/audio/pcm.ts";
import type { Encoder } from "./stage.ts";

type Lame = Awaited<ReturnType<typeof createMp3Encoder>>;

// LAME in WebAssembly takes 0.9 MB and 12 to 60 ms to begin, of which it spends most in compiling itself: one that has ended serves again.
const spare: Lame[] = [];
const mostSpare = 16;

/** Samples that LAME adds: 576 before the speech, and no fewer behind it, of which every decoder puts 529 before it. */
const added = 1_152;
/** Audio this quiet, of 32767, is silence: −50 dBFS. */
const silence = 104;
/** How far from its true length a file may be, as a part of a second. */
const precision = 1 / 50;

/** Bits a second by sample rate: what LAME calls good for speech, mono. */
function kilobits(rate: number): 32 | 64 | 96 {
  return rate <= 16_000 ? 32 : rate <= 24_000 ? 64 : 96;
}

/** Makes an MP3 encoder. Its first bytes come with the first 50 ms of speech; at 24 kHz up to 48 ms of silence before it have none. */
export async function createMp3(rate: number): Promise<Encoder> {
  const lame = spare.pop() ?? (await createMp3Encoder());
  lame.configure({ channels: 1, sampleRate: rate as 24_000, bitrate: kilobits(rate) });
  const frame = rate >= 32_000 ? 1_152 : 576;
  // What may be missing at the end for the file to be no more than `precision` too long.
  const dispensable = Math.min(frame / 2, Math.ceil(frame - rate * precision));
  let leading = added;
  let held = new Int16Array();
  let encoded = 0;
  let closed = false;

  const skipLead = (samples: Int16Array): Int16Array => {
    const loud = samples.subarray(0, leading).findIndex(sounds);
    const skipped = loud < 0 ? Math.min(leading, samples.length) : loud;
    leading = loud < 0 ? leading - skipped : 0;
    return samples.subarray(skipped);
  };
  const encode = (samples: Int16Array): Uint8Array => {
    if (samples.length === 0) return new Uint8Array();
    encoded += samples.length;
    // Its bytes are its own memory, which it writes over.
    return lame.encode([Float32Array.from(samples, (sample) => sample / 0x8000)]).slice();
  };
  return {
    push(samples) {
      const all = concatSamples([held, skipLead(samples)]);
      const ready = Math.max(0, all.length - dispensable);
      held = all.slice(ready);
      return encode(all.subarray(0, ready));
    },
    end() {
      const over = (encoded + held.length + added) % frame;
      const isDispensable = over <= held.length && !held.subarray(held.length - over).some(sounds);
      const rest = encode(isDispensable ? held.subarray(0, held.length - over) : held);
      return concat([rest, lame.finalize()]);
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
