import type { Fields } from "../field.ts";

/** The fields below `engine.piper`. */
export const piperFields: Fields = {
  voice: { fallback: "en_US-ljspeech-high", reason: "LJ Speech is public domain; read its MODEL_CARD all the same." },
  gpus: { range: [0, 63], otherwise: "one server", reason: "One host holds no more." },
  device: { fallback: "cpu", words: ["cpu", "cuda"], reason: "It is made for processors." },
  memoryGib: { fallback: 1, range: [0, 2048], reason: "ONNX Runtime and a voice of 60 MB. Measure it." },
  voicesPath: { fallback: "./voices", reason: "Beside the file." },
  host: { fallback: "127.0.0.1", reason: "Only Synthesize need reach it." },
  port: { fallback: 5000, range: [1, 65_535], reason: "The server's own." },
  image: { fallback: "python:3.12-slim", reason: "Its makers publish none; theirs is built on this one." },
  extraArgs: { otherwise: "none", reason: "For what has no field here." },
};
