import { type Clock, sleep } from "../../../infra/clock/clock.ts";
import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import { concatSamples } from "../audio/pcm.ts";
import { createMemoryTier, type MemoryTier } from "./memory.ts";
import type { SharedTier } from "./redis.ts";

/** Where speech was found: in this process's memory, or among what processes share. */
export type Found = "memory" | "shared";

/**
 * Speech that was made before, by `utteranceKey`. What is in memory is there at once; what other processes made is brought there before the
 * clause that wants it is offered, for which nothing waits longer than `patienceMs`.
 */
export interface SegmentCache {
  /** Whether the speech of a key is in memory. */
  has(key: string): boolean;
  /** The speech of a key, if it is in memory. */
  get(key: string): Int16Array | undefined;
  /** Brings to memory what is shared of these keys. Resolves to where each of them was found, once all is known or patience is at an end. */
  fetch(keys: readonly string[]): Promise<ReadonlyMap<string, Found>>;
  /** Keeps speech, of which one run of samples follows the other. */
  keep(key: string, runs: readonly Int16Array[]): void;
  /** What it holds and how much it has helped. */
  report(): CacheReport;
  /** A clause was looked for. */
  looked(found: Found | undefined): void;
}

/** What a cache holds and how much it has helped. */
export interface CacheReport {
  /** In this process's memory. */
  readonly bytes: number;
  readonly maxBytes: number;
  /** Clauses that were looked for, and those of them that were found. */
  readonly lookups: number;
  readonly hits: number;
  /** Whether what is shared can be reached; undefined if nothing is shared. */
  readonly sharedReady: boolean | undefined;
}

/** Options of createSegmentCache. */
export interface SegmentCacheOptions {
  readonly memory: MemoryTier;
  /** Default: nothing is shared. */
  readonly shared?: SharedTier | undefined;
  /** The most that `memory` holds. Default: not told. */
  readonly maxBytes?: number;
  readonly clock: Clock;
  /** How long a clause waits for what is shared. Default 2: a Redis nearby has answered by then, and no listener hears it. */
  readonly patienceMs?: number;
}

/** Requests under way to the shared tier, each of a megabyte at most: above that, a clause is made as if nothing were shared. */
const maxLoads = 64;
const maxSaves = 16;

/** Makes a cache. */
export function createSegmentCache(options: SegmentCacheOptions): SegmentCache {
  const { memory, shared, maxBytes = 0, clock, patienceMs = 2 } = options;
  let lookups = 0;
  let hits = 0;
  const loads = new Map<string, Promise<Int16Array | undefined>>();
  let saves = 0;

  function load(key: string, tier: SharedTier): Promise<Int16Array | undefined> {
    const running = loads.get(key);
    if (running !== undefined) return running;
    if (loads.size >= maxLoads) return Promise.resolve(undefined);
    const started = tier.load(key).then((samples) => {
      loads.delete(key);
      if (samples !== undefined) memory.set(key, samples);
      return samples;
    });
    loads.set(key, started);
    return started;
  }

  return {
    has: memory.has,
    get: memory.get,
    async fetch(keys) {
      const found = new Map<string, Found>();
      for (const key of keys) if (memory.has(key)) found.set(key, "memory");
      const missing = keys.filter((key) => !found.has(key));
      if (shared === undefined || missing.length === 0) return found;
      const all = missing.map(async (key) => {
        if ((await load(key, shared)) !== undefined) found.set(key, "shared");
      });
      const over = new AbortController();
      await Promise.race([Promise.all(all), sleep(clock, patienceMs, over.signal).catch(() => {})]);
      over.abort();
      // What comes later is for the next who asks.
      return new Map(found);
    },
    keep(key, runs) {
      const samples = concatSamples(runs);
      if (samples.length === 0) return;
      memory.set(key, samples);
      if (shared === undefined || saves >= maxSaves) return;
      saves++;
      void shared.save(key, samples).finally(() => saves--);
    },
    looked(found) {
      lookups++;
      if (found !== undefined) hits++;
    },
    report: () => ({ bytes: memory.size.bytes, maxBytes, lookups, hits, sharedReady: shared?.ready() }),
  };
}

/** Makes the cache of a process that keeps `maxBytes` in memory, and tells how much it holds; undefined if that is nothing. */
export function openSegmentCache(
  maxBytes: number,
  { metrics, ...tools }: Omit<SegmentCacheOptions, "memory"> & { metrics: Metrics },
): SegmentCache | undefined {
  if (maxBytes === 0) return undefined;
  const memory = createMemoryTier(maxBytes);
  metrics.gauge("duet_synthesize_cache_bytes", "Speech that is kept in memory to be heard again.", [], (gauge) =>
    gauge.set(memory.size.bytes),
  );
  return createSegmentCache({ ...tools, memory, maxBytes });
}
