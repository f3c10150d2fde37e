import type { Fish } from "../../gen/duet/config/v1/fish_pb.ts";
import type { HostPlan } from "../host.ts";
import { fishFields } from "./fields.ts";
import { type FishRelease, fishReleases } from "./releases.ts";

/** The config of the Fish-Speech servers, with all defaults filled in. */
export interface FishPlan {
  readonly host: HostPlan;
  readonly version: string;
  readonly release: FishRelease;
  /** The GPU of each server; a GPU listed twice has two servers. */
  readonly gpus: readonly number[];
  readonly workers: number;
  readonly half: boolean;
  readonly compile: boolean;
  readonly device: string;
  readonly llamaCheckpointPath: string;
  readonly decoderCheckpointPath: string;
  readonly decoderConfigName: string;
  readonly maxTextLength: number;
  readonly listen: { readonly host: string; readonly port: number };
  readonly referencesPath: string;
  readonly image: string;
  readonly requireApiKey: boolean;
}

function fallback<T>(name: string): T {
  return fishFields[name]?.fallback as T;
}

/** Fills in the defaults of Fish-Speech's config. */
export function completeFish(fish: Fish, host: HostPlan): FishPlan {
  const version = fish.version ?? fallback<string>("version");
  const release = (fishReleases[version] ?? fishReleases[fallback<string>("version")]) as FishRelease;
  return {
    host,
    version,
    release,
    gpus: fish.gpus.length > 0 ? fish.gpus : [0],
    workers: fish.workers ?? fallback<number>("workers"),
    half: fish.half ?? fallback<boolean>("half"),
    compile: fish.compile ?? fallback<boolean>("compile"),
    device: fish.device ?? fallback<string>("device"),
    llamaCheckpointPath: fish.llamaCheckpointPath ?? release.llamaCheckpointPath,
    decoderCheckpointPath: fish.decoderCheckpointPath ?? release.decoderCheckpointPath,
    decoderConfigName: fish.decoderConfigName ?? release.decoderConfigName,
    maxTextLength: fish.maxTextLength ?? fallback<number>("maxTextLength"),
    listen: { host: fish.host ?? fallback<string>("host"), port: fish.port ?? fallback<number>("port") },
    referencesPath: fish.referencesPath ?? fallback<string>("referencesPath"),
    image: fish.image ?? `fishaudio/fish-speech:${release.image}`,
    requireApiKey: fish.requireApiKey ?? fallback<boolean>("requireApiKey"),
  };
}
