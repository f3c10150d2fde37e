// @ts-expect-error: the package has no types.
import load from "@echogarden/sonic-wasm";
import { concatSamples } from "../../infra/audio/pcm.ts";
import type { Filter } from "./stage.ts";

/** Sonic, as its Emscripten build exports it. Addresses and streams are numbers: positions in its memory. */
interface Sonic {
  readonly HEAP16: Int16Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  _sonicCreateStream(rate: number, channels: number): number;
  _sonicSetSpeed(stream: number, speed: number): void;
  _sonicWriteShortToStream(stream: number, samples: number, count: number): number;
  _sonicReadShortFromStream(stream: number, samples: number, most: number): number;
  _sonicFlushStream(stream: number): number;
  _sonicDestroyStream(stream: number): void;
}

let loaded: Promise<Sonic> | undefined;
// Sonic's output depends on how much it is given at once, so it always gets this many samples: 21 ms at 24 kHz.
const block = 512;
const mostAtOnce = 8 * block;

/**
 * Speeds speech up or slows it down by the factor `speed`, at the same pitch: Sonic drops or repeats whole periods of a
 * voice.
 */
export async function createTempo(rate: number, speed: number): Promise<Filter> {
  // One instance of Sonic serves all streams. A stream takes some 100 KiB of its memory, and frees them when it closes.
  loaded ??= load() as Promise<Sonic>;
  const sonic = await loaded;
  const stream = sonic._sonicCreateStream(rate, 1);
  const buffer = sonic._malloc(2 * mostAtOnce);
  if (stream === 0 || buffer === 0) throw new Error("the time stretcher ran out of memory");
  sonic._sonicSetSpeed(stream, speed);
  const waiting = new Int16Array(block);
  let filled = 0;
  let closed = false;

  const drain = (): Int16Array[] => {
    const runs: Int16Array[] = [];
    for (;;) {
      const count = sonic._sonicReadShortFromStream(stream, buffer, mostAtOnce);
      if (count <= 0) return runs;
      runs.push(sonic.HEAP16.slice(buffer >> 1, (buffer >> 1) + count));
    }
  };
  const write = (): Int16Array[] => {
    sonic.HEAP16.set(waiting.subarray(0, filled), buffer >> 1);
    if (sonic._sonicWriteShortToStream(stream, buffer, filled) === 0)
      throw new Error("the time stretcher ran out of memory");
    filled = 0;
    return drain();
  };
  return {
    push(samples) {
      const runs: Int16Array[] = [];
      for (let at = 0; at < samples.length; ) {
        const run = samples.subarray(at, at + block - filled);
        waiting.set(run, filled);
        filled += run.length;
        at += run.length;
        if (filled === block) runs.push(...write());
      }
      return concatSamples(runs);
    },
    end() {
      const runs = write();
      sonic._sonicFlushStream(stream);
      return concatSamples([...runs, ...drain()]);
    },
    close() {
      if (closed) return;
      closed = true;
      sonic._sonicDestroyStream(stream);
      sonic._free(buffer);
    },
  };
}
