import type { Piper } from "../../gen/duet/config/v1/piper_pb.ts";
import type { HostPlan } from "../host.ts";
import { piperFields } from "./fields.ts";

/** The config of the Piper servers, with all defaults filled in. */
export interface PiperPlan {
  readonly host: HostPlan;
  readonly voice: string;
  /** The GPU of each server; a GPU listed twice has two servers. */
  readonly gpus: readonly number[];
  /** `cpu` or `cuda`. */
  readonly device: string;
  /** GiB of GPU memory that a server takes; 0 on a CPU. */
  readonly memoryGib: number;
  readonly voicesPath: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly image: string;
  readonly extraArgs: readonly string[];
}

function fallback<T>(name: string): T {
  return piperFields[name]?.fallback as T;
}

/** Fills in the defaults of Piper's config. */
export function completePiper(piper: Piper, host: HostPlan): PiperPlan {
  const device = piper.device ?? fallback<string>("device");
  return {
    host,
    voice: piper.voice ?? fallback<string>("voice"),
    gpus: piper.gpus.length > 0 ? piper.gpus : [0],
    device,
    memoryGib: device === "cuda" ? (piper.memoryGib ?? fallback<number>("memoryGib")) : 0,
    voicesPath: piper.voicesPath ?? fallback<string>("voicesPath"),
    listen: { host: piper.host ?? fallback<string>("host"), port: piper.port ?? fallback<number>("port") },
    image: piper.image ?? fallback<string>("image"),
    extraArgs: piper.extraArgs,
  };
}
