/**
 * Silero's voice activity detector, running in WebAssembly. This file is bundled separately: the page loads the bundle,
 * the model and the runtime when hands-free mode is first used.
 */
import { Silero } from "@ricky0123/vad-web/dist/models/silero.js";
import * as ort from "onnxruntime-web/wasm";

/** Detects whether a frame contains speech. */
export interface Detector {
  /** Resolves to the probability, 0 to 1, that this frame contains speech. Pass all frames in order, one at a time. */
  detect(frame: Float32Array<ArrayBuffer>): Promise<number>;
  /** Makes the detector forget all earlier frames. */
  reset(): void;
}

/** Makes a detector from ONNX Runtime (WebAssembly) and Silero's weights. Rejects if the browser can't run them. */
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
