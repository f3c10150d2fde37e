import type { Fields } from "../field.ts";
import { transcribeServers } from "./servers.ts";

/** What is known about the fields below `engine.transcribe` in duet.yaml: defaults, ranges, reasons. */
export const transcribeFields: Fields = {
  server: {
    fallback: "vllm-whisper",
    words: Object.keys(transcribeServers),
    reason: "vLLM transcribes recordings in batches, and stops when the caller disconnects.",
  },
  model: { otherwise: "the server's default", reason: "The default model knows Chinese and English." },
  gpus: { range: [0, 63], otherwise: "GPU 0", reason: "A host has at most 64 GPUs." },
  memoryGib: { range: [0, 2048], otherwise: "what the server's default model needs", reason: "Measure it." },
  host: { fallback: "127.0.0.1", reason: "Only the edge needs to reach it." },
  port: { fallback: 8092, range: [1, 65_535], reason: "Beside the voice's." },
  image: { otherwise: "the server's own", reason: "Its makers' image." },
  extraArgs: { otherwise: "none", reason: "For options that have no field here." },
};
