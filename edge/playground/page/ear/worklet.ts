import { createResampler, type Resampler } from "../audio/resampler.ts";
import { createFramer, earRateHertz } from "./frames.ts";

// The globals of an AudioWorklet, which TypeScript's `dom` library does not declare.
declare const sampleRate: number;
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Takes microphone audio at the device's rate, and posts it to the page in frames, resampled to `earRateHertz`. */
class EarProcessor extends AudioWorkletProcessor {
  readonly #resampler: Resampler = createResampler(sampleRate, earRateHertz);
  readonly #framer = createFramer((frame) => this.port.postMessage(frame, [frame.buffer]));

  process(inputs: Float32Array[][]): boolean {
    // The samples are copied, since the browser reuses this memory for the next ones.
    const input = inputs[0]?.[0];
    if (input !== undefined) this.#framer(this.#resampler.push(input.slice()));
    return true;
  }
}

registerProcessor("ear", EarProcessor);
