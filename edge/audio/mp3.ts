import { createMp3Encoder } from "wasm-media-encoders";
import { concat } from "../../infra/audio/pcm.ts";
import type { Encoder } from "./stage.ts";

type Lame = Awaited<ReturnType<typeof createMp3Encoder>>;

// LAME in WebAssembly takes 0.9 MB and 12 to 60 ms to begin, of which it spends most in compiling itself: one that has ended serves again.
const spare: Lame[] = [];
const mostSpare = 16;

/** Has one ready, so that the first caller does not wait for it. */
export async function prepareMp3(): Promise<void> {
  if (spare.length === 0) spare.push(await createMp3Encoder());
}

/** Bits a second by sample rate: what LAME calls good for speech, mono. */
function kilobits(rate: number): 32 | 64 | 96 {
  return rate <= 16_000 ? 32 : rate <= 24_000 ? 64 : 96;
}

/** Makes an MP3 encoder. Its first bytes come with the first 50 ms of speech. */
export async function createMp3(rate: number): Promise<Encoder> {
  const lame = spare.pop() ?? (await createMp3Encoder());
  lame.configure({ channels: 1, sampleRate: rate as 24_000, bitrate: kilobits(rate) });
  let closed = false;
  return {
    push(samples) {
      if (samples.length === 0) return new Uint8Array();
      // Its bytes are its own memory, which it writes over.
      return lame.encode([Float32Array.from(samples, (sample) => sample / 0x8000)]).slice();
    },
    end: () => concat([lame.finalize()]),
    close() {
      if (closed) return;
      closed = true;
      if (spare.length < mostSpare) spare.push(lame);
    },
  };
}
