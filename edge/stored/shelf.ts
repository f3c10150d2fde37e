import type { Clock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { describeCause } from "../errors.ts";
import { storeFull } from "./failures.ts";
import { keyOf, type SpeechFile, type SpeechStore, storedTypes } from "./store.ts";

/** How long speech is kept, and how much of it. */
export interface ShelfLimits {
  /** How long a URL is valid, in milliseconds. */
  readonly urlTtlMs: number;
  /** How long a day's files are kept after the end of the day, in milliseconds. */
  readonly retentionMs: number;
  /** How many bytes all files together may take. */
  readonly maxBytes: number;
}

/** A file to store. */
export interface ShelfFile extends Pick<SpeechFile, "bytes"> {
  readonly tenant: string;
  readonly id: string;
  readonly ending: string;
  readonly at: number;
}

/** The URL of a file, and when it expires. */
export interface SpeechUrl {
  readonly url: string;
  /** When the URL expires, in Unix milliseconds. */
  readonly expiresAt: number;
}

/** A store of speech that deletes old files and enforces its size limit. */
export interface Shelf {
  readonly kind: SpeechStore["kind"];
  /** Why no speech can be stored now; undefined while it can be stored. */
  notReady(): string | undefined;
  /** Throws RESOURCE_EXHAUSTED if the store is full. To be called before an engine starts to make speech. */
  expectRoom(): void;
  /** Stores a file; returns its key. */
  put(file: ShelfFile): Promise<string>;
  urlOf(key: string, origin: string): Promise<SpeechUrl>;
  /** Stops the regular deletion of old files. */
  close(): Promise<void>;
}

const sweepEveryMs = 600_000;
const sweepSoonMs = 30_000;

/**
 * Makes a shelf over a store. At once, and then every ten minutes, it deletes old files and measures the size of the
 * others. In between, only the files that this process stores are added to that size.
 */
export function createShelf(
  store: SpeechStore,
  limits: ShelfLimits,
  { clock, unixNow, log, metrics }: { clock: Clock; unixNow: () => number; log: Log; metrics: Metrics },
): Shelf {
  let bytes = 0;
  let closed = false;
  let cancel = () => {};
  let sweeping: Promise<void> = Promise.resolve();
  metrics.gauge(
    "duet_edge_stored_bytes",
    "Bytes of stored speech: those counted by the last sweep, and those stored since.",
    [],
    (gauge) => gauge.set(bytes),
  );
  const sweep = async () => {
    let nextMs = sweepEveryMs;
    try {
      const before = bytes;
      const left = await store.sweep(unixNow() - limits.retentionMs);
      // Files stored during this sweep may be counted twice until the next sweep.
      bytes = left.bytes + Math.max(0, bytes - before);
    } catch (error) {
      nextMs = sweepSoonMs;
      log.warn({ cause: describeCause(error) }, "old stored speech could not be deleted");
    }
    if (!closed)
      cancel = clock.after(nextMs, () => {
        sweeping = sweep();
      });
  };
  sweeping = sweep();

  return {
    kind: store.kind,
    notReady: () => store.notReady(),
    expectRoom() {
      if (bytes >= limits.maxBytes) throw storeFull(limits.maxBytes);
    },
    async put({ bytes: sound, ending, ...parts }) {
      const key = keyOf({ ...parts, ending });
      await store.put({ key, bytes: sound, contentType: storedTypes[ending] as string });
      bytes += sound.length;
      return key;
    },
    async urlOf(key, origin) {
      const expiresAt = unixNow() + limits.urlTtlMs;
      return { url: await store.urlOf(key, expiresAt, origin), expiresAt };
    },
    async close() {
      closed = true;
      cancel();
      await sweeping;
    },
  };
}
