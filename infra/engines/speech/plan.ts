import type { Speech } from "../../gen/duet/config/v1/speech_pb.ts";
import type { HostPlan } from "../host.ts";
import { speechFields } from "./fields.ts";
import { type SpeechServer, speechServers } from "./servers.ts";

/** The config of servers of `/v1/audio/speech`, with all defaults filled in. */
export interface SpeechPlan {
  readonly host: HostPlan;
  /** The kind of server: the value of `engine.speech.server`. */
  readonly server: string;
  readonly start: SpeechServer;
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
  return speechFields[name]?.fallback as T;
}

/** Fills in the defaults of a config for servers of `/v1/audio/speech`. */
export function completeSpeech(speech: Speech, host: HostPlan): SpeechPlan {
  const server = speech.server ?? fallback<string>("server");
  const start = (speechServers[server] ?? speechServers[fallback<string>("server")]) as SpeechServer;
  return {
    host,
    server,
    start,
    model: speech.model ?? start.model,
    gpus: speech.gpus.length > 0 ? speech.gpus : [0],
    memoryGib: speech.memoryGib ?? start.memoryGib,
    listen: { host: speech.host ?? fallback<string>("host"), port: speech.port ?? fallback<number>("port") },
    image: speech.image ?? start.image,
    extraArgs: speech.extraArgs,
  };
}
