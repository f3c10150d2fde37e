import type { Fields } from "../field.ts";

/** Defaults, ranges and explanations of the fields below `engine.piper` in duet.yaml. */
export const piperFields: Fields = {
  voice: {
    fallback: "en_US-ljspeech-high",
    reason: "LJ Speech is in the public domain; read the voice's MODEL_CARD all the same.",
  },
  gpus: { range: [0, 63], otherwise: "one server", reason: "A host has at most 64 GPUs." },
  device: { fallback: "cpu", words: ["cpu", "cuda"], reason: "Piper is designed for CPUs." },
  memoryGib: {
    fallback: 1,
    range: [0, 2048],
    reason: "Enough for ONNX Runtime and a voice of 60 MB; measure your own.",
  },
  voicesPath: { fallback: "./voices", reason: "Beside the file." },
  host: { fallback: "127.0.0.1", reason: "Only Synthesize needs to reach it." },
  port: { fallback: 5000, range: [1, 65_535], reason: "The server's own." },
  image: {
    fallback: "python:3.12-slim",
    reason: "The Piper project publishes no image; the Dockerfile in its documentation starts from this image.",
  },
  extraArgs: { otherwise: "none", reason: "For options that have no field here." },
};
