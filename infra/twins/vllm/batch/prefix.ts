import { hash } from "../../../text/hash.ts";

/** The number of tokens in a block of the prefix cache, the same as in vLLM. */
export const blockTokens = 16;
/** How many blocks are remembered: more than any test fills. */
const most = 50_000;

/**
 * Remembers prefixes of prompts in whole blocks of tokens. A block is identified by its tokens and all tokens before
 * them.
 */
export interface PrefixCache {
  /**
   * Returns how many leading tokens of a prompt were cached, then caches the whole prompt. The last token always counts
   * as not cached.
   */
  take(prompt: readonly string[]): number;
}

/** Creates an empty cache. */
export function createPrefixCache(): PrefixCache {
  const known = new Set<number>();
  return {
    take(prompt) {
      let chain = 0;
      let cached = 0;
      let unbroken = true;
      for (let end = blockTokens; end < prompt.length; end += blockTokens) {
        chain = hash(`${chain} ${prompt.slice(end - blockTokens, end).join("")}`);
        unbroken &&= known.has(chain);
        if (unbroken) cached = end;
        // Re-inserting the block makes it the most recently used one. The least recently used block is evicted first.
        known.delete(chain);
        known.add(chain);
      }
      for (const oldest of known) {
        if (known.size <= most) break;
        known.delete(oldest);
      }
      return cached;
    },
  };
}
