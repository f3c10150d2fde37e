import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import { storeKey } from "../../../infra/stores/keys.ts";
import type { RedisStore } from "../../../infra/stores/redis.ts";
import type { Subject } from "./limits.ts";

/** What is counted, and from when to when; windows begin at whole minutes and at midnight, in UTC. */
const windows = { requests: 60_000, audio: 86_400_000 } as const;

/** What is counted. */
export type Counted = keyof typeof windows;

/** What a count has come to. */
export interface Count {
  readonly total: number;
  /** How long its window lasts yet, in milliseconds. */
  readonly restMs: number;
  /** Adds to the same window later, or takes away what is below 0. */
  correct(by: number): Promise<void>;
}

/** Counts what subjects have had in the window that it is now. */
export type CountUp = (subject: Subject, counted: Counted, by: number) => Promise<Count>;

/** Options of createCounts. */
export interface CountsOptions {
  /** Counts for all edges that use it. Default: this process counts by itself. */
  readonly redis?: RedisStore | undefined;
  /** Unix time in milliseconds. The clocks of several edges must agree. */
  readonly unixNow: () => number;
}

/**
 * Counts in Redis, and in memory without it or while it is away: each edge then counts by itself what it lets in meanwhile. The window is
 * part of the key, so that a correction always meets the window that it belongs to.
 */
export function createCounts({ redis, unixNow }: CountsOptions): CountUp {
  // Whole numbers are added up by the library; what is too much is decided where it is known whose limit it is.
  const options = { keyPrefix: "", points: 1, duration: 1 };
  const memory = new RateLimiterMemory(options);
  const counter =
    redis === undefined
      ? memory
      : new RateLimiterRedis({ ...options, storeClient: toStoreClient(redis), insuranceLimiter: memory });

  return async ({ id }, counted, by) => {
    const lengthMs = windows[counted];
    const now = unixNow();
    const index = Math.floor(now / lengthMs);
    const key = storeKey(id, counted, String(index));
    // A window that began before its first count ends before this.
    const kept = { customDuration: lengthMs / 1000 };
    const { consumedPoints } = await counter.penalty(key, by, kept);
    return {
      total: consumedPoints,
      restMs: (index + 1) * lengthMs - now,
      async correct(by) {
        if (by > 0) await counter.penalty(key, by, kept);
        if (by < 0) await counter.reward(key, -by, kept);
      },
    };
  };
}

/** Our store as the library takes a client of Redis: one that runs the script that it brings. */
function toStoreClient(redis: RedisStore) {
  const client: Record<string, unknown> = {
    defineCommand(name: string, { lua }: { lua: string }) {
      const run = redis.script(lua);
      client[name] = ([key, ...values]: string[]) => run([key as string], values);
    },
  };
  return client;
}
