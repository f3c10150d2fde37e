// @ts-expect-error: the package has no types.
import load from "@echogarden/sonic-wasm";
import { concatSamples } from "../../infra/audio/pcm.ts";
import type { Filter } from "./stage.ts";

/** Sonic, as its Emscripten build shows it. Numbers are addresses in its memory. */
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
// It grows with what it is given at once.
const mostAtOnce = 4096;

/** Makes speech faster or slower, `speed` times, at the same pitch: Sonic joins whole periods of a voice. */
export async function createTempo(rate: number, speed: number): Promise<Filter> {
  // One memory serves all streams: each takes some 100 KiB of it and gives it back.
  loaded ??= load() as Promise<Sonic>;
  const sonic = await loaded;
  const stream = sonic._sonicCreateStream(rate, 1);
  const buffer = sonic._malloc(2 * mostAtOnce);
  if (stream === 0 || buffer === 0) throw new Error("the time stretch has no memory left");
  sonic._sonicSetSpeed(stream, speed);
  let closed = false;

  const drain = (): Int16Array[] => {
    const runs: Int16Array[] = [];
    for (;;) {
      const count = sonic._sonicReadShortFromStream(stream, buffer, mostAtOnce);
      if (count <= 0) return runs;
      runs.push(sonic.HEAP16.slice(buffer >> 1, (buffer >> 1) + count));
    }
  };
  return {
    push(samples) {
      const runs: Int16Array[] = [];
      for (let at = 0; at < samples.length; at += mostAtOnce) {
        const run = samples.subarray(at, at + mostAtOnce);
        sonic.HEAP16.set(run, buffer >> 1);
        if (sonic._sonicWriteShortToStream(stream, buffer, run.length) === 0)
          throw new Error("the time stretch has no memory left");
        runs.push(...drain());
      }
      return concatSamples(runs);
    },
    end() {
      sonic._sonicFlushStream(stream);
      return concatSamples(drain());
    },
    close() {
      if (closed) return;
      closed = true;
      sonic._sonicDestroyStream(stream);
      sonic._free(buffer);
    },
  };
}
