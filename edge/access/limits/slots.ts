import { randomUUID } from "node:crypto";
import type { Clock } from "../../../infra/clock/clock.ts";
import { storeKey } from "../../../infra/stores/keys.ts";
import type { RedisStore } from "../../../infra/stores/redis.ts";
import type { Subject } from "./limits.ts";

/** Slots for turns that run at the same time. */
export interface Slots {
  /** Takes one of `limit` slots of a subject; undefined if none is free. The returned function gives it back. */
  take(subject: Subject, limit: number): Promise<(() => Promise<void>) | undefined>;
  /** Renews no more. */
  close(): void;
}

/** Options of createSlots. */
export interface SlotsOptions {
  /** Counts for all edges that use it. Default: this process counts by itself. */
  readonly redis?: RedisStore | undefined;
  /** How many edges use it. Default: this one alone. */
  readonly edges?: () => number;
  readonly clock: Clock;
}

// What an edge that has died had taken is free again after this long. It may miss two renewals.
const leaseMs = 30_000;
const renewEveryMs = 10_000;

// Leases by the time when they run out, by the server's clock. ARGV: limit, lease, name.
const take = `
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", now)
  if redis.call("ZCARD", KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
  redis.call("ZADD", KEYS[1], now + ARGV[2], ARGV[3])
  redis.call("PEXPIRE", KEYS[1], ARGV[2])
  return 1`;

// ARGV: lease, names. Also those that were taken while Redis was away.
const renew = `
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  for i = 2, #ARGV do redis.call("ZADD", KEYS[1], now + ARGV[1], ARGV[i]) end
  redis.call("PEXPIRE", KEYS[1], ARGV[1])
  return 1`;

/**
 * Keeps slots in Redis as leases that are renewed while their turns run. Without it an edge has the whole limit for itself; while it is away,
 * its share: the limit by the number of edges, and one at least.
 */
export function createSlots({ redis, edges = () => 1, clock }: SlotsOptions): Slots {
  const scripts = redis && { take: redis.script(take), renew: redis.script(renew) };
  /** The names of the slots that are taken here, by key. */
  const taken = new Map<string, Set<string>>();
  let cancelRenewal = () => {};

  const renewAll = () => {
    // One that fails is tried again by the next, long before a lease has run out.
    for (const [key, names] of taken) scripts?.renew([key], [leaseMs, ...names]).catch(() => {});
    schedule();
  };
  const schedule = () => {
    cancelRenewal = clock.after(renewEveryMs, renewAll);
  };
  const forget = (key: string, name: string) => {
    const names = taken.get(key);
    names?.delete(name);
    if (names?.size === 0) taken.delete(key);
    if (taken.size === 0) cancelRenewal();
  };

  return {
    async take({ id }, limit) {
      const key = storeKey(id, "turns");
      const names = taken.get(key) ?? new Set();
      if (names.size >= limit) return undefined;
      if (taken.size === 0 && scripts !== undefined) schedule();
      const name = randomUUID();
      taken.set(key, names.add(name));
      // Redis is away: what runs here has been counted.
      const share = () => (names.size <= Math.max(1, Math.floor(limit / edges())) ? 1 : 0);
      const granted = await scripts?.take([key], [limit, leaseMs, name]).catch(share);
      if (granted === 0) {
        forget(key, name);
        return undefined;
      }
      return async () => {
        forget(key, name);
        // One that cannot be given back runs out.
        await redis?.run((client) => client.zrem(key, name)).catch(() => {});
      };
    },
    close: () => cancelRenewal(),
  };
}
