import type { Fields } from "../field.ts";
import { transcribeServers } from "./servers.ts";

/** The fields below `engine.transcribe`. */
export const transcribeFields: Fields = {
  server: {
    fallback: "vllm-whisper",
    words: Object.keys(transcribeServers),
    reason: "It batches, and stops when its caller leaves.",
  },
  model: { otherwise: "the server's usual one", reason: "One that knows Chinese and English." },
  gpus: { range: [0, 63], otherwise: "card 0", reason: "One host holds no more." },
  memoryGib: { range: [0, 2048], otherwise: "what the server's usual model takes", reason: "Measure it." },
  host: { fallback: "127.0.0.1", reason: "Only the edge need reach it." },
  port: { fallback: 8092, range: [1, 65_535], reason: "Beside the voice's." },
  image: { otherwise: "the server's own", reason: "Its makers' image." },
  extraArgs: { otherwise: "none", reason: "For what has no field here." },
};
