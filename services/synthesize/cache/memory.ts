import { LRUCache } from "lru-cache";

/**
 * Speech of this process, by key. Most of what is made is never wanted again, and there is much of it: it stays a while in one half, and
 * what was wanted a second time moves to the other, where only its like can push it out. In both, what was used longest ago goes first.
 */
export interface MemoryTier {
  /** The samples of a key, which count as used again. */
  get(key: string): Int16Array | undefined;
  has(key: string): boolean;
  /** Keeps samples that own their buffer. */
  set(key: string, samples: Int16Array): void;
  /** Entries, and what they hold. */
  readonly size: { readonly entries: number; readonly bytes: number };
}

/** What an entry costs besides its samples: key, list and map entry. A guess that errs on the high side. */
const overheadBytes = 400;

/** Makes a tier that holds at most `maxBytes`. One entry takes an eighth of it at most: a long one must not empty it. */
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
