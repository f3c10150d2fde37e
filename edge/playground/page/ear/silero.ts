/**
 * Silero's voice activity detector, running in WebAssembly. It is a bundle of its own: the page loads it, with the
 * model and the runtime, when hands-free mode is first used.
 */
import { Silero } from "@ricky0123/vad-web/dist/models/silero.js";
import * as ort from "onnxruntime-web/wasm";

/** Detects whether a frame contains speech. */
export interface Detector {
  /** The probability that the next frame contains speech, 0 to 1. Frames must be passed one at a time. */
  detect(frame: Float32Array<ArrayBuffer>): Promise<number>;
  /** Discards the state from earlier frames. */
  reset(): void;
}

/** Makes a detector from ONNX Runtime (WebAssembly) and Silero's weights. Rejects if the browser cannot run it. */
export async function createDetector(runtime: ArrayBuffer, weights: ArrayBuffer): Promise<Detector> {
  // Threads need a cross-origin isolated page; one thread is enough for 31 frames a second.
  Object.assign(ort.env.wasm, { numThreads: 1, wasmBinary: runtime });
  ort.env.logLevel = "error";
  const model = await Silero.new(ort, async () => weights);
  return {
    detect: async (frame) => (await model.process(frame)).isSpeech,
    reset: () => model.reset_state(),
  };
}
