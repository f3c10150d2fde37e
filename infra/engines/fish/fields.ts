import type { Fields } from "../field.ts";
import { fishReleases } from "./releases.ts";

/** The fields below `engine.fish`. */
export const fishFields: Fields = {
  version: {
    fallback: "1.5.1",
    words: Object.keys(fishReleases),
    reason: "The fastest on a 24 GB card, and it streams by clause.",
  },
  gpus: { range: [0, 63], otherwise: "card 0", reason: "One host holds no more." },
  workers: { fallback: 1, range: [1, 32], reason: "Processes on one card slow each other down." },
  half: { fallback: false, reason: "bfloat16 has the wider range; cards since 2020 have it." },
  compile: {
    fallback: true,
    reason: "30 tokens a second become some 500: without it speech is barely faster than talking.",
  },
  device: { fallback: "cuda", words: ["cuda", "mps", "cpu"], reason: "The server's own." },
  llamaCheckpointPath: { otherwise: "the version's own folder", reason: "The server's own." },
  decoderCheckpointPath: { otherwise: "the version's own file", reason: "The server's own." },
  decoderConfigName: {
    otherwise: "the version's own",
    words: ["modded_dac_vq", "firefly_gan_vq"],
    reason: "The server's own.",
  },
  maxTextLength: { fallback: 0, range: [0, 1_000_000], reason: "Synthesize cuts texts itself." },
  host: { fallback: "127.0.0.1", reason: "Only Synthesize need reach it." },
  port: { fallback: 8180, range: [1, 65_535], reason: "Its own, 8080, is the page's." },
  referencesPath: { fallback: "references", reason: "The server's own." },
  image: { otherwise: "fishaudio/fish-speech of the version", reason: "Its makers' image." },
  requireApiKey: { fallback: false, reason: "The image's own health check fails with a key." },
};
