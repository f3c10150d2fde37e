import type { Fields } from "../field.ts";

/** The fields below `engine.vits`. */
export const vitsFields: Fields = {
  gpus: { range: [0, 63], otherwise: "card 0", reason: "One host holds no more." },
  device: { fallback: "cuda", words: ["cuda", "cpu"], reason: "It speaks many times faster than on a processor." },
  memoryGib: { fallback: 2, range: [0, 2048], reason: "A VITS model with PyTorch; Bert-VITS2 takes more. Measure it." },
  dataPath: { fallback: "./vits", reason: "Beside the file." },
  host: { fallback: "127.0.0.1", reason: "Only Synthesize need reach it." },
  port: { fallback: 23_456, range: [1, 65_535], reason: "The server's own." },
  image: { otherwise: "artrajz/vits-simple-api for the device", reason: "Its makers' image." },
};
