import type { Fields } from "../field.ts";

/** What is known about the fields below `engine.vits` in duet.yaml: defaults, ranges, reasons. */
export const vitsFields: Fields = {
  gpus: { range: [0, 63], otherwise: "GPU 0", reason: "A host has at most 64 GPUs." },
  device: { fallback: "cuda", words: ["cuda", "cpu"], reason: "Speech is generated many times faster than on a CPU." },
  memoryGib: {
    fallback: 2,
    range: [0, 2048],
    reason: "Enough for a VITS model with PyTorch; Bert-VITS2 needs more. Measure your own.",
  },
  dataPath: { fallback: "./vits", reason: "Beside the file." },
  host: { fallback: "127.0.0.1", reason: "Only Synthesize needs to reach it." },
  port: { fallback: 23_456, range: [1, 65_535], reason: "The server's own." },
  image: { otherwise: "artrajz/vits-simple-api, the variant for the device", reason: "Its makers' image." },
};
