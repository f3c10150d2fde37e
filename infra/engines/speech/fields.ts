import type { Fields } from "../field.ts";
import { speechServers } from "./servers.ts";

/** Describes the fields below `engine.speech` in duet.yaml: defaults, ranges, reasons. */
export const speechFields: Fields = {
  server: {
    fallback: "vllm-omni",
    words: Object.keys(speechServers),
    reason: "It batches and streams, and supports most open models.",
  },
  model: { otherwise: "the server's default", reason: "The default model's licence permits commercial use." },
  gpus: { range: [0, 63], otherwise: "GPU 0", reason: "A host has at most 64 GPUs." },
  memoryGib: { range: [0, 2048], otherwise: "what the server's default model needs", reason: "Measure it." },
  host: { fallback: "127.0.0.1", reason: "Only Synthesize needs to reach it." },
  port: { fallback: 8091, range: [1, 65_535], reason: "The port in all of vllm-omni's documentation." },
  image: { otherwise: "the server's own", reason: "Its makers' image." },
  extraArgs: { otherwise: "none", reason: "For options that have no field here." },
};
