import { storeKey } from "../../../infra/stores/keys.ts";
import type { RedisStore } from "../../../infra/stores/redis.ts";
import { type Away, createAway } from "./away.ts";
import type { Subject } from "./limits.ts";

/** What is counted, and from when to when; windows begin at whole minutes and at midnight, in UTC. */
const windows = { requests: 60_000, audio: 86_400_000 } as const;

/** What is counted. */
export type Counted = keyof typeof windows;

/** What a count has come to. */
export interface Count {
  /** While Redis is away, what it would be if each edge had let in as much as this one. */
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
  /** How many edges use it. Default: this one alone. */
  readonly edges?: () => number;
  /** Unix time in milliseconds. The clocks of several edges must agree. */
  readonly unixNow: () => number;
}

/**
 * Counts in Redis, and in memory without it. While it is away an edge counts on from what it knew last, and takes what it lets in itself for
 * what each of the edges does, so that together they keep to the limit; when Redis is back, it is told. The window is part of the key, so that
 * a correction always meets the window that it belongs to.
 */
export function createCounts({ redis, edges = () => 1, unixNow }: CountsOptions): CountUp {
  // Whole numbers are added up by the library; what is too much is decided where it is known whose limit it is.
  const options = { keyPrefix: "", points: 1, duration: 1 };
  const load = async () => {
    const { RateLimiterMemory, RateLimiterRedis } = await import("rate-limiter-flexible");
    return redis === undefined
      ? new RateLimiterMemory(options)
      : new RateLimiterRedis({ ...options, storeClient: toStoreClient(redis) });
  };
  // Loaded by the first that has a limit.
  let loaded: ReturnType<typeof load> | undefined;
  const away: Away = createAway(unixNow);

  return async ({ id }, counted, by) => {
    const lengthMs = windows[counted];
    const now = unixNow();
    const index = Math.floor(now / lengthMs);
    const key = storeKey(id, counted, String(index));
    const endsAt = (index + 1) * lengthMs;
    // A window that began before its first count ends before this.
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
