import type { Field, Fields } from "./field.ts";
import { fishFields } from "./fish/fields.ts";
import { vllmFields } from "./vllm/fields.ts";

const hostFields: Fields = {
  gpuName: { fallback: "RTX 4090 D", reason: "The host that the defaults were chosen for." },
  gpuCount: { fallback: 1, range: [0, 64], reason: "The least that an engine needs." },
  gpuMemoryGib: {
    fallback: 24,
    range: [1, 2048],
    reason: "What a card of this class has. Never trust a name: measure.",
  },
  link: {
    fallback: "pcie",
    words: ["pcie", "pcie-p2p", "nvlink"],
    reason: "GeForce cards have neither NVLink nor peer-to-peer.",
  },
};

/** Every field of the engines' config by its path in the file: `engine.vllm.batching.maxNumSeqs`. */
export const fields: Readonly<Record<string, Field>> = {
  ...under("engine.host", hostFields),
  ...under("engine.vllm", vllmFields),
  ...under("engine.fish", fishFields),
};

function under(path: string, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [`${path}.${name}`, field]));
}
