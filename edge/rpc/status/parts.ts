/**
 * The status of an edge's parts, for GetStatus. Only callers who run the deployment (`inFull`) learn why a part does
 * not work now.
 */
import type { Ears } from "../../ears/ears.ts";
import { StoreKind } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { ServiceStatus, SpeechCacheInit } from "../../hosts/status.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Sessions } from "../../session/sessions.ts";
import type { ChatTools } from "../../stored/chat.ts";

/** The status of a service. */
export function toServiceStatus({ ready, message, why }: ServiceStatus, inFull: boolean) {
  return { ready, message: inFull ? why : message };
}

/** The status of the store for `what`, such as "sessions". Any caller may get it, so it omits the store's address. */
export function toStoreStatus(what: string, kept: Pick<Sessions, "kind" | "notReady">) {
  const ready = kept.notReady() === undefined;
  if (kept.kind === "redis")
    return {
      kind: StoreKind.REDIS,
      ready,
      message: ready ? "" : `${what} cannot be kept at the moment: try again later`,
    };
  const message = `${what} are kept only in this process's memory: they are lost when it ends, and other processes do not have them`;
  return { kind: StoreKind.MEMORY, ready, message };
}

/** Returns the status of the store for speech. `inFull`: whether the full error message is included. */
export function toStoredStatus({ shelf }: ChatTools, inFull: boolean) {
  const why = shelf.notReady();
  const kind = shelf.kind === "s3" ? StoreKind.S3 : StoreKind.FOLDER;
  const message = why === undefined || inFull ? (why ?? "") : "speech cannot be stored at the moment: try again later";
  return { kind, ready: why === undefined, message };
}

/** The status of the store for jobs. */
export function toJobsStatus(jobs: Jobs, inFull: boolean) {
  const why = jobs.notReady();
  const isShort = jobs.kind === "memory";
  const short = isShort ? "jobs are kept only in this process's memory: they are lost when it ends" : "";
  const away = inFull ? why : "jobs cannot be accepted at the moment: try again shortly";
  return {
    kind: isShort ? StoreKind.MEMORY : StoreKind.REDIS,
    ready: why === undefined,
    message: why === undefined ? short : (away ?? ""),
  };
}

/** The status of the speech recognizers. */
export function toEarsStatus(ears: Ears, inFull: boolean) {
  const why = ears.notReady();
  const message =
    why === undefined || inFull ? (why ?? "") : "recordings cannot be transcribed at the moment: try again later";
  return { ready: why === undefined, message };
}

/** The status of the speech cache. Only operators (`inFull`) learn how full it is, and its lookups and hits. */
export function toCacheStatus(cache: SpeechCacheInit, inFull: boolean): SpeechCacheInit {
  const { kind, ready } = cache;
  return inFull ? cache : { ...(kind !== undefined && { kind }), ...(ready !== undefined && { ready }) };
}
