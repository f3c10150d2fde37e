import type { TestContext } from "vitest";
import { createMemoryStore, type MemoryOptions } from "../../edge/session/store/memory.ts";
import { createRedisStore } from "../../edge/session/store/redis.ts";
import type { SessionStore } from "../../edge/session/store/store.ts";
import { openStore } from "../stores/open.ts";
import { startRedis } from "../support/redis.ts";

/**
 * Opens a store with what is in it, as two edges see it: each has its own hand on the same. The bounds are those of a
 * memory.
 */
export type OpenPair = (context: TestContext, bounds?: MemoryOptions) => Promise<readonly [SessionStore, SessionStore]>;

/** Every kind of store, by its name. A memory has one process. */
export const stores: Readonly<Record<SessionStore["kind"], OpenPair>> = {
  memory: async (_context, bounds) => {
    const store = createMemoryStore(bounds);
    return [store, store];
  },
  redis: async (context) => {
    const { url } = await startRedis(context);
    const [one, other] = [await openStore(context, url), await openStore(context, url)];
    return [createRedisStore(one.store), createRedisStore(other.store)];
  },
};
