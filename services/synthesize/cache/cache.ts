import { type Clock, sleep } from "../../../infra/clock/clock.ts";
import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import { concatSamples } from "../audio/pcm.ts";
import { createMemoryTier, type MemoryTier } from "./memory.ts";
import type { SharedTier } from "./redis.ts";

/** Where speech was found: in this process's memory, or in the tier that processes share. */
export type Found = "memory" | "shared";

/**
 * Caches speech by `utteranceKey`. Speech in memory is available at once. Speech that other processes made is fetched
 * into memory first: a clause is offered to the schedule only after this fetch, which takes at most `patienceMs`.
 */
export interface SegmentCache {
  /** Whether the speech of a key is in memory. */
  has(key: string): boolean;
  /** The speech of a key, if it is in memory. */
  get(key: string): Int16Array | undefined;
  /**
   * Fetches shared entries of these keys into memory. Resolves to where each was found, once all are known or
   * `patienceMs` has passed.
   */
  fetch(keys: readonly string[]): Promise<ReadonlyMap<string, Found>>;
  /** Stores speech, given as consecutive runs of samples. */
  keep(key: string, runs: readonly Int16Array[]): void;
  /** The cache's contents and hit statistics. */
  report(): CacheReport;
  /** Counts a look-up of a clause, and whether its speech was found. */
  looked(found: Found | undefined): void;
}

/** The contents and hit statistics of a cache. */
export interface CacheReport {
  /** How many bytes the cache takes up in this process's memory. */
  readonly bytes: number;
  readonly maxBytes: number;
  /** How many clauses were looked up, and for how many of them speech was found. */
  readonly lookups: number;
  readonly hits: number;
  /** Whether the cache's shared tier can be reached; undefined if the cache has no shared tier. */
  readonly sharedReady: boolean | undefined;
}

/** Options of createSegmentCache. */
export interface SegmentCacheOptions {
  readonly memory: MemoryTier;
  /** The tier that several processes share. Default: none. */
  readonly shared?: SharedTier | undefined;
  /** The capacity of `memory`, for the report. Default: not reported. */
  readonly maxBytes?: number;
  readonly clock: Clock;
  /**
   * How long a clause waits for the shared tier, in milliseconds. Default: 2. A Redis nearby answers within this time,
   * and no listener notices such a short wait.
   */
  readonly patienceMs?: number;
}

/**
 * The maximum numbers of loads from the shared tier, and of saves to it, in progress at once; further ones are skipped.
 * Each load or save transfers at most a megabyte.
 */
const maxLoads = 64;
const maxSaves = 16;

/** Makes a cache from the memory of this process and, if there is one, a shared tier. */
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
      // The result is a copy, so that it no longer changes: speech that arrives later serves only the next look-up.
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

/** Makes the cache of a process, with `maxBytes` of memory, and registers its metrics; undefined if `maxBytes` is 0. */
export function openSegmentCache(
  maxBytes: number,
  { metrics, ...tools }: Omit<SegmentCacheOptions, "memory"> & { metrics: Metrics },
): SegmentCache | undefined {
  if (maxBytes === 0) return undefined;
  const memory = createMemoryTier(maxBytes);
  metrics.gauge("duet_synthesize_cache_bytes", "Size of the speech that is cached in memory.", [], (gauge) =>
    gauge.set(memory.size.bytes),
  );
  return createSegmentCache({ ...tools, memory, maxBytes });
}
