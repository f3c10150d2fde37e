import { storeKey } from "../../../infra/stores/keys.ts";
import type { RedisStore } from "../../../infra/stores/redis.ts";
import { type Away, createAway } from "./away.ts";
import type { Subject } from "./limits.ts";

/**
 * How long each kind of count runs until it starts again from 0, in milliseconds. Windows begin at whole minutes and at
 * midnight, in UTC.
 */
const windows = { requests: 60_000, audio: 86_400_000 } as const;

/** A kind of count: of calls (`requests`) or of audio. */
export type Counted = keyof typeof windows;

/** What a subject has used in the current window, in calls or audio. */
export interface Count {
  /**
   * The count of all edges together. While Redis is unreachable, an estimate which assumes that every edge has counted
   * as much as this one.
   */
  readonly total: number;
  /** How much longer the window lasts, in milliseconds. */
  readonly restMs: number;
  /** Corrects the count afterwards: adds `by`, which may be negative, to this window even if the window has ended. */
  correct(by: number): Promise<void>;
}

/** Adds `by` to what a subject has used in the current window, and returns the count after that. */
export type CountUp = (subject: Subject, counted: Counted, by: number) => Promise<Count>;

/** Options of createCounts. */
export interface CountsOptions {
  /** The Redis through which edges share their counts. Default: none, so this process counts by itself. */
  readonly redis?: RedisStore | undefined;
  /** Returns how many edges use the same Redis. Default: only this edge. */
  readonly edges?: () => number;
  /** Unix time in milliseconds. The clocks of several edges must agree. */
  readonly unixNow: () => number;
}

/**
 * Counts in Redis, or in memory if there is no Redis. While Redis is unreachable, an edge continues from the last known
 * total and assumes that every other edge counts as much as this one, so that all edges together stay within the
 * limit. Once Redis is back, the edge reports what it counted. The key of a count in Redis names the count's window, so
 * a correction always changes the right window.
 */
export function createCounts({ redis, edges = () => 1, unixNow }: CountsOptions): CountUp {
  // rate-limiter-flexible is used here only to add up numbers, so its own limits are set to placeholders. Callers
  // compare the total with the limit themselves.
  const options = { keyPrefix: "", points: 1, duration: 1 };
  const load = async () => {
    const { RateLimiterMemory, RateLimiterRedis } = await import("rate-limiter-flexible");
    return redis === undefined
      ? new RateLimiterMemory(options)
      : new RateLimiterRedis({ ...options, storeClient: toStoreClient(redis) });
  };
  // The library rate-limiter-flexible. It is loaded when the first subject with a limit is counted.
  let loaded: ReturnType<typeof load> | undefined;
  const away: Away = createAway(unixNow);

  return async ({ id }, counted, by) => {
    const lengthMs = windows[counted];
    const now = unixNow();
    const index = Math.floor(now / lengthMs);
    const key = storeKey(id, counted, String(index));
    const endsAt = (index + 1) * lengthMs;
    // A key in Redis expires one window's length after its first count, so never before its own window has ended.
    const kept = { customDuration: lengthMs / 1000 };
    const add = async (by: number): Promise<number> => {
      loaded ??= load();
      const counter = await loaded;
      const due = away.takeDue(key) + by;
      try {
        const change = due < 0 ? counter.reward(key, -due, kept) : counter.penalty(key, due, kept);
        const { consumedPoints } = await change;
        if (redis !== undefined) away.note(key, consumedPoints, endsAt);
        return consumedPoints;
      } catch {
        return away.add(key, due, edges(), endsAt);
      }
    };
    return {
      total: await add(by),
      restMs: endsAt - now,
      async correct(by) {
        if (by !== 0) await add(by);
      },
    };
  };
}

/**
 * Wraps our Redis store as the Redis client that rate-limiter-flexible expects, with only what that library uses:
 * running its Lua script.
 */
function toStoreClient(redis: RedisStore) {
  const client: Record<string, unknown> = {
    defineCommand(name: string, { lua }: { lua: string }) {
      const run = redis.script(lua);
      client[name] = ([key, ...values]: string[]) => run([key as string], values);
    },
  };
  return client;
}
