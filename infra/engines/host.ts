import type { Host } from "../gen/duet/config/v1/engine_pb.ts";
import { fields } from "./fields.ts";

/** A host with nothing left open. */
export interface HostPlan {
  readonly gpuName: string;
  readonly gpuCount: number;
  readonly gpuMemoryGib: number;
  /** `pcie`, `pcie-p2p` or `nvlink`. */
  readonly link: string;
}

/** Fills in what is not written. */
export function completeHost(host: Host | undefined): HostPlan {
  return {
    gpuName: host?.gpuName || (fields["engine.host.gpuName"]?.fallback as string),
    gpuCount: host?.gpuCount ?? (fields["engine.host.gpuCount"]?.fallback as number),
    gpuMemoryGib: host?.gpuMemoryGib ?? (fields["engine.host.gpuMemoryGib"]?.fallback as number),
    link: host?.link ?? (fields["engine.host.link"]?.fallback as string),
  };
}
