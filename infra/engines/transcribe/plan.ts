import type { Transcribe } from "../../gen/duet/config/v1/transcribe_pb.ts";
import type { HostPlan } from "../host.ts";
import { transcribeFields } from "./fields.ts";
import { type TranscribeServer, transcribeServers } from "./servers.ts";

/** The config of the speech recognizers, with all defaults filled in. */
export interface TranscribePlan {
  readonly host: HostPlan;
  /** The kind of server: the value of `engine.transcribe.server`. */
  readonly server: string;
  readonly start: TranscribeServer;
  readonly model: string;
  /** The GPU of each server; a GPU listed twice has two servers. */
  readonly gpus: readonly number[];
  /** GPU memory that a server takes, in GiB; 0 if it needs none. */
  readonly memoryGib: number;
  readonly listen: { readonly host: string; readonly port: number };
  readonly image: string;
  readonly extraArgs: readonly string[];
}

function fallback<T>(name: string): T {
  return transcribeFields[name]?.fallback as T;
}

/** Fills in the defaults of the recognizers' config. */
export function completeTranscribe(transcribe: Transcribe, host: HostPlan): TranscribePlan {
  const server = transcribe.server ?? fallback<string>("server");
  const start = (transcribeServers[server] ?? transcribeServers[fallback<string>("server")]) as TranscribeServer;
  return {
    host,
    server,
    start,
    model: transcribe.model ?? start.model,
    gpus: transcribe.gpus.length > 0 ? transcribe.gpus : [0],
    memoryGib: transcribe.memoryGib ?? start.memoryGib,
    listen: { host: transcribe.host ?? fallback<string>("host"), port: transcribe.port ?? fallback<number>("port") },
    image: transcribe.image ?? start.image,
    extraArgs: transcribe.extraArgs,
  };
}
