/** The parts of an edge, as GetStatus tells of them: why one cannot work now is for those who run it. */
import type { Ears } from "../../ears/ears.ts";
import { StoreKind } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { ServiceStatus, SpeechCacheInit } from "../../hosts/status.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Sessions } from "../../session/sessions.ts";
import type { ChatTools } from "../../stored/chat.ts";

/** How a service does. */
export function toServiceStatus({ ready, message, why }: ServiceStatus, inFull: boolean) {
  return { ready, message: inFull ? why : message };
}

/** The status of the store that keeps `what`, as callers are told: without its address. */
export function toStoreStatus(what: string, kept: Pick<Sessions, "kind" | "notReady">) {
  const ready = kept.notReady() === undefined;
  if (kept.kind === "redis")
    return {
      kind: StoreKind.REDIS,
      ready,
      message: ready ? "" : `${what} cannot be kept at the moment: try again later`,
    };
  const message = `${what} are kept in this process's memory: they end with it, and no other process knows them`;
  return { kind: StoreKind.MEMORY, ready, message };
}

/** Where speech is stored. */
export function toStoredStatus({ shelf }: ChatTools, inFull: boolean) {
  const why = shelf.notReady();
  const kind = shelf.kind === "s3" ? StoreKind.S3 : StoreKind.FOLDER;
  const message = why === undefined || inFull ? (why ?? "") : "speech cannot be stored at the moment: try again later";
  return { kind, ready: why === undefined, message };
}

/** Where jobs wait. */
export function toJobsStatus(jobs: Jobs, inFull: boolean) {
  const why = jobs.notReady();
  const isShort = jobs.kind === "memory";
  const short = isShort ? "jobs are kept in this process's memory: they end with it" : "";
  const away = inFull ? why : "jobs cannot be taken at the moment: try again shortly";
  return {
    kind: isShort ? StoreKind.MEMORY : StoreKind.REDIS,
    ready: why === undefined,
    message: why === undefined ? short : (away ?? ""),
  };
}

/** Who writes down what is said. */
export function toEarsStatus(ears: Ears, inFull: boolean) {
  const why = ears.notReady();
  const message =
    why === undefined || inFull ? (why ?? "") : "nothing can be written down at the moment: try again later";
  return { ready: why === undefined, message };
}

/** Speech that is kept. How much, and of what use it is, is for those who run it. */
export function toCacheStatus(cache: SpeechCacheInit, inFull: boolean): SpeechCacheInit {
  const { kind, ready } = cache;
  return inFull ? cache : { ...(kind !== undefined && { kind }), ...(ready !== undefined && { ready }) };
}
