import type { Host } from "../gen/duet/config/v1/engine_pb.ts";
import type { Fields } from "./field.ts";

/** The defaults and ranges of the fields of `engine.host` in duet.yaml, with the reasons for them. */
export const hostFields: Fields = {
  gpuName: { fallback: "RTX 4090 D", reason: "The host for which the defaults were chosen." },
  gpuCount: { fallback: 1, range: [0, 64], reason: "The host for which the defaults were chosen has one GPU." },
  gpuMemoryGib: {
    fallback: 24,
    range: [1, 2048],
    reason: "Typical of this GPU model. Measure it: GPUs of one name can differ.",
  },
  link: {
    fallback: "pcie",
    words: ["pcie", "pcie-p2p", "nvlink"],
    reason: "GeForce GPUs since the RTX 40 series have neither NVLink nor peer-to-peer access.",
  },
};

/** The config of the host on which engines run, with all defaults filled in. */
export interface HostPlan {
  readonly gpuName: string;
  readonly gpuCount: number;
  readonly gpuMemoryGib: number;
  /** The link between the host's GPUs: `pcie`, `pcie-p2p` or `nvlink`. */
  readonly link: string;
}

function fallback<T>(name: string): T {
  return hostFields[name]?.fallback as T;
}

/** Fills in the defaults of the host. */
export function completeHost(host: Host | undefined): HostPlan {
  return {
    gpuName: host?.gpuName || fallback<string>("gpuName"),
    gpuCount: host?.gpuCount ?? fallback<number>("gpuCount"),
    gpuMemoryGib: host?.gpuMemoryGib ?? fallback<number>("gpuMemoryGib"),
    link: host?.link ?? fallback<string>("link"),
  };
}
