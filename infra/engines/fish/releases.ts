/** The properties in which Fish-Speech's releases differ. */
export interface FishRelease {
  /** The command that starts the server. */
  readonly command: readonly string[];
  readonly llamaCheckpointPath: string;
  readonly decoderCheckpointPath: string;
  readonly decoderConfigName: string;
  /**
   * Whether all workers survive startup if several are configured: before 2026-03-23 only one does (fish-speech#1143).
   */
  readonly manyWorkers: boolean;
  /** The effect of `--api-key`: it does not exist, is accepted and ignored (fish-speech#910), or is enforced. */
  readonly apiKey: "none" | "ignored" | "guards";
  /** Whether `--listen` accepts an IPv6 address (since 2025-01-23). */
  readonly ipv6: boolean;
  /**
   * The GPU memory of one worker in GiB (weights, caches and working memory): what the project recommends, or for S2
   * what was measured.
   */
  readonly memoryGib: number;
  /** The tag of the release's image. */
  readonly image: string;
  /**
   * The kind of image. `whole` (tags v1.4 and v1.5) contains the weights; it starts the web interface unless told to
   * start the server (see its dockerfile and entrypoint.sh). `server` starts the server, configured by environment
   * variables; it does not contain the weights.
   */
  readonly imageKind: "whole" | "server";
}

const firefly = "firefly-gan-vq-fsq-8x1024-21hz-generator.pth";
const old = (name: string) => ({
  llamaCheckpointPath: `checkpoints/${name}`,
  decoderCheckpointPath: `checkpoints/${name}/${firefly}`,
  decoderConfigName: "firefly_gan_vq",
  manyWorkers: false,
  memoryGib: 4,
  imageKind: "whole" as const,
});
const dac = (name: string) => ({
  llamaCheckpointPath: `checkpoints/${name}`,
  decoderCheckpointPath: `checkpoints/${name}/codec.pth`,
  decoderConfigName: "modded_dac_vq",
  imageKind: "server" as const,
});
const module = ["python", "-m", "tools.api_server"];

/** The supported releases of Fish-Speech, keyed by the value of `engine.fish.version`. */
export const fishReleases: Readonly<Record<string, FishRelease>> = {
  "1.4.0": {
    ...old("fish-speech-1.4"),
    command: ["python", "-m", "tools.api"],
    apiKey: "none",
    ipv6: false,
    image: "v1.4.0",
  },
  "1.4.3": {
    ...old("fish-speech-1.4"),
    command: ["python", "-m", "tools.api"],
    apiKey: "none",
    ipv6: false,
    image: "v1.4.3",
  },
  "1.5.0": { ...old("fish-speech-1.5"), command: module, apiKey: "ignored", ipv6: false, image: "v1.5.0" },
  "1.5.1": { ...old("fish-speech-1.5"), command: module, apiKey: "guards", ipv6: true, image: "v1.5.1" },
  s1: {
    ...dac("openaudio-s1-mini"),
    command: module,
    manyWorkers: false,
    apiKey: "guards",
    ipv6: true,
    memoryGib: 12,
    image: "openaudio-server-cuda",
  },
  s2: {
    ...dac("s2-pro"),
    command: ["python", "tools/api_server.py"],
    manyWorkers: true,
    apiKey: "guards",
    ipv6: true,
    memoryGib: 22.5,
    image: "server-cuda",
  },
};
