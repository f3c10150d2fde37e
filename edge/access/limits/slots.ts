import { randomUUID } from "node:crypto";
import type { Clock } from "../../../infra/clock/clock.ts";
import { storeKey } from "../../../infra/stores/keys.ts";
import type { RedisStore } from "../../../infra/stores/redis.ts";
import type { Subject } from "./limits.ts";

/** Limits how many turns of a subject run at the same time: each turn takes a slot. */
export interface Slots {
  /** Takes one of a subject's `limit` slots. Returns a function that releases the slot; undefined if none is free. */
  take(subject: Subject, limit: number): Promise<(() => Promise<void>) | undefined>;
  /** Stops renewing the leases of taken slots. */
  close(): void;
}

/** Options of createSlots. */
export interface SlotsOptions {
  /** The Redis through which edges share the slots. Default: none, so this process counts by itself. */
  readonly redis?: RedisStore | undefined;
  /** Returns how many edges use the same Redis. Default: only this edge. */
  readonly edges?: () => number;
  readonly clock: Clock;
}

// The slots of an edge that dies become free after this long. A live edge may miss two renewals before it loses its
// slots.
const leaseMs = 30_000;
const renewEveryMs = 10_000;

// A Lua script. KEYS[1] is a sorted set with one lease per slot, scored by its expiry time on Redis's clock. ARGV:
// limit, lease in milliseconds, the new slot's name. Returns 1 if a slot was taken, else 0.
const take = `
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", now)
  if redis.call("ZCARD", KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
  redis.call("ZADD", KEYS[1], now + ARGV[2], ARGV[3])
  redis.call("PEXPIRE", KEYS[1], ARGV[2])
  return 1`;

// A Lua script that renews leases, including those of slots that were taken while Redis was unreachable. ARGV: lease in
// milliseconds, the names of the slots.
const renew = `
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  for i = 2, #ARGV do redis.call("ZADD", KEYS[1], now + ARGV[1], ARGV[i]) end
  redis.call("PEXPIRE", KEYS[1], ARGV[1])
  return 1`;

/**
 * Keeps slots in Redis as leases that are renewed while their turns run. Without Redis, this edge may use the whole
 * limit. While Redis is unreachable, it may use its share: the limit divided by the number of edges, but at least one.
 */
export function createSlots({ redis, edges = () => 1, clock }: SlotsOptions): Slots {
  const scripts = redis && { take: redis.script(take), renew: redis.script(renew) };
  /** The names of the slots that this process has taken, by Redis key. */
  const taken = new Map<string, Set<string>>();
  let cancelRenewal = () => {};

  const renewAll = () => {
    // A failed renewal is ignored: the next one comes long before the lease expires.
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
      // The decision while Redis is unreachable: 1 (admit) if this process, with the new turn, stays within its share.
      const share = () => (names.size <= Math.max(1, Math.floor(limit / edges())) ? 1 : 0);
      const granted = await scripts?.take([key], [limit, leaseMs, name]).catch(share);
      if (granted === 0) {
        forget(key, name);
        return undefined;
      }
      return async () => {
        forget(key, name);
        // If this fails, the slot's lease expires by itself.
        await redis?.run((client) => client.zrem(key, name)).catch(() => {});
      };
    },
    close: () => cancelRenewal(),
  };
}
