import type { Detector } from "./silero.ts";

/** Loads the voice activity detector from the edge: 4 MB, once. Rejects if it cannot be loaded. */
export async function loadDetector(): Promise<Detector> {
  const fetchBytes = async (name: string) => {
    const response = await fetch(new URL(name, document.baseURI));
    if (!response.ok) throw new Error(`${name} is not there`);
    return response.arrayBuffer();
  };
  const [{ createDetector }, runtime, weights] = await Promise.all([
    import("./silero.ts"),
    fetchBytes("playground-silero.wasm"),
    fetchBytes("playground-silero.onnx"),
  ]);
  return createDetector(runtime, weights);
}
