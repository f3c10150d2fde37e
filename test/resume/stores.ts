import type { TestContext } from "vitest";
import { createMemoryLogs } from "../../edge/resume/store/memory.ts";
import { createRedisLogs } from "../../edge/resume/store/redis.ts";
import type { LogStore } from "../../edge/resume/store/store.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { openStore } from "../stores/open.ts";
import { startRedis } from "../support/redis.ts";

/** Opens a store of logs, as two edges see it: each has its own hand on the same. */
export type OpenLogs = (context: TestContext) => Promise<readonly [LogStore, LogStore]>;

/** Every kind of store, by its name. A memory has one process. */
export const stores: Readonly<Record<LogStore["kind"], OpenLogs>> = {
  memory: async () => {
    const store = createMemoryLogs({ clock: systemClock });
    return [store, store];
  },
  redis: async (context) => {
    const { url } = await startRedis(context);
    const [one, other] = [await openStore(context, url), await openStore(context, url)];
    return [createRedisLogs(one.store), createRedisLogs(other.store)];
  },
};
