import type { Vits } from "../../gen/duet/config/v1/vits_pb.ts";
import type { HostPlan } from "../host.ts";
import { vitsFields } from "./fields.ts";

/** The config of servers of vits-simple-api, with all defaults filled in. */
export interface VitsPlan {
  readonly host: HostPlan;
  /** The GPU of each server; a GPU listed twice has two servers. */
  readonly gpus: readonly number[];
  /** `cuda` or `cpu`. */
  readonly device: string;
  /** GiB of GPU memory that a server takes; 0 on a CPU. */
  readonly memoryGib: number;
  readonly dataPath: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly image: string;
}

function fallback<T>(name: string): T {
  return vitsFields[name]?.fallback as T;
}

/** Fills in the defaults of a config for vits-simple-api. */
export function completeVits(vits: Vits, host: HostPlan): VitsPlan {
  const device = vits.device ?? fallback<string>("device");
  return {
    host,
    gpus: vits.gpus.length > 0 ? vits.gpus : [0],
    device,
    memoryGib: device === "cuda" ? (vits.memoryGib ?? fallback<number>("memoryGib")) : 0,
    dataPath: vits.dataPath ?? fallback<string>("dataPath"),
    listen: { host: vits.host ?? fallback<string>("host"), port: vits.port ?? fallback<number>("port") },
    image: vits.image ?? `artrajz/vits-simple-api:${device === "cuda" ? "latest-gpu" : "latest"}`,
  };
}
