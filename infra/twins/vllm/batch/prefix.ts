import { hash } from "../../../text/hash.ts";

/** Tokens of one block, as vLLM keeps them. */
export const blockTokens = 16;
/** Blocks that are remembered: more than any test fills. */
const most = 50_000;

/** Which beginnings of prompts are known: whole blocks of tokens, each known by all that is before it. */
export interface PrefixCache {
  /** How many tokens of a prompt are known; all of it is known afterwards. At least the last token is not. */
  take(prompt: readonly string[]): number;
}

/** Makes an empty cache. */
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
        // What was used last is kept longest.
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
