import type { Fields } from "../field.ts";
import { fishReleases } from "./releases.ts";

/** Describes the fields below `engine.fish` in duet.yaml: defaults, ranges, reasons. */
export const fishFields: Fields = {
  version: {
    fallback: "1.5.1",
    words: Object.keys(fishReleases),
    reason: "The fastest on a 24 GB GPU, and it streams clause by clause.",
  },
  gpus: { range: [0, 63], otherwise: "GPU 0", reason: "A host has at most 64 GPUs." },
  workers: { fallback: 1, range: [1, 32], reason: "Processes that share a GPU slow each other down." },
  half: { fallback: false, reason: "bfloat16 has the wider range, and GPUs since 2020 support it." },
  compile: {
    fallback: true,
    reason: "Raises about 30 tokens per second to about 500: without it, speech is barely generated in real time.",
  },
  device: { fallback: "cuda", words: ["cuda", "mps", "cpu"], reason: "The server's own." },
  llamaCheckpointPath: {
    otherwise: "the default folder of the chosen Fish-Speech version",
    reason: "The server's own.",
  },
  decoderCheckpointPath: {
    otherwise: "the default file of the chosen Fish-Speech version",
    reason: "The server's own.",
  },
  decoderConfigName: {
    otherwise: "the version's own",
    words: ["modded_dac_vq", "firefly_gan_vq"],
    reason: "The server's own.",
  },
  maxTextLength: { fallback: 0, range: [0, 1_000_000], reason: "Synthesize splits texts itself." },
  host: { fallback: "127.0.0.1", reason: "Only Synthesize needs to reach it." },
  port: { fallback: 8180, range: [1, 65_535], reason: "Fish-Speech's default, 8080, is taken by Duet's page." },
  referencesPath: { fallback: "references", reason: "The server's own." },
  image: { otherwise: "fishaudio/fish-speech with the version as its tag", reason: "Its makers' image." },
  requireApiKey: { fallback: false, reason: "The image's own health check fails if an API key is required." },
};
