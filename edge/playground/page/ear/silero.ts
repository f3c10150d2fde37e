/**
 * Silero's detector of speech, in the browser's own WebAssembly. It is a bundle of its own: the page loads it, with the model and the runtime,
 * when it is first to hear by itself.
 */
import { Silero } from "@ricky0123/vad-web/dist/models/silero.js";
import * as ort from "onnxruntime-web/wasm";

/** Tells of frames whether somebody speaks in them. */
export interface Detector {
  /** How likely somebody speaks in the next frame, 0 to 1. Frames are given one after the other. */
  detect(frame: Float32Array<ArrayBuffer>): Promise<number>;
  /** Forgets the frames before. */
  reset(): void;
}

/** Makes it of ONNX Runtime as WebAssembly and of Silero's weights. Rejects if the browser does not run it. */
export async function createDetector(runtime: ArrayBuffer, weights: ArrayBuffer): Promise<Detector> {
  // Threads need pages that share memory with nobody; one is enough for 31 frames a second.
  Object.assign(ort.env.wasm, { numThreads: 1, wasmBinary: runtime });
  ort.env.logLevel = "error";
  const model = await Silero.new(ort, async () => weights);
  return {
    detect: async (frame) => (await model.process(frame)).isSpeech,
    reset: () => model.reset_state(),
  };
}
