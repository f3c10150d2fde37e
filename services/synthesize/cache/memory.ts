import { LRUCache } from "lru-cache";

/**
 * The speech cached in this process, by key. Most speech is never used a second time, so new speech goes into one half
 * of the memory and stays for a while. Speech that is used again moves to the other half, where only other speech that
 * was used again can evict it. Both halves evict the least recently used entry first.
 */
export interface MemoryTier {
  /** Returns the samples of a key, and counts as a use of them. */
  get(key: string): Int16Array | undefined;
  has(key: string): boolean;
  /** Stores samples, which must share their buffer with nothing else. */
  set(key: string, samples: Int16Array): void;
  /** The number of entries, and how many bytes they occupy together. */
  readonly size: { readonly entries: number; readonly bytes: number };
}

/** What an entry costs besides its samples: key, list node and map entry. The estimate errs on the high side. */
const overheadBytes = 400;

/**
 * Creates a cache tier in memory of at most `maxBytes`. An entry may take at most an eighth of them, since a longer one
 * would evict too many others.
 */
export function createMemoryTier(maxBytes: number): MemoryTier {
  const half = () =>
    new LRUCache<string, Int16Array>({
      maxSize: Math.max(1, Math.floor(maxBytes / 2)),
      maxEntrySize: Math.max(1, Math.floor(maxBytes / 8)),
      sizeCalculation: (samples) => samples.byteLength + overheadBytes,
    });
  const once = half();
  const again = half();
  return {
    get(key) {
      const proven = again.get(key);
      if (proven !== undefined) return proven;
      const samples = once.get(key);
      if (samples !== undefined) {
        once.delete(key);
        again.set(key, samples);
      }
      return samples;
    },
    has: (key) => again.has(key) || once.has(key),
    set(key, samples) {
      if (again.has(key)) again.set(key, samples);
      else once.set(key, samples);
    },
    get size() {
      return { entries: once.size + again.size, bytes: once.calculatedSize + again.calculatedSize };
    },
  };
}
