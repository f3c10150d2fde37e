import type { Fields } from "../field.ts";
import { speechServers } from "./servers.ts";

/** The fields below `engine.speech`. */
export const speechFields: Fields = {
  server: {
    fallback: "vllm-omni",
    words: Object.keys(speechServers),
    reason: "It batches and streams, and serves most open voices.",
  },
  model: { otherwise: "the server's usual one", reason: "One whose licence lets companies use it." },
  gpus: { range: [0, 63], otherwise: "card 0", reason: "One host holds no more." },
  memoryGib: { range: [0, 2048], otherwise: "what the server's usual model takes", reason: "Measure it." },
  host: { fallback: "127.0.0.1", reason: "Only Synthesize need reach it." },
  port: { fallback: 8091, range: [1, 65_535], reason: "vllm-omni's in all of its documentation." },
  image: { otherwise: "the server's own", reason: "Its makers' image." },
  extraArgs: { otherwise: "none", reason: "For what has no field here." },
};
