import { randomUUID } from "node:crypto";
import type { Clock } from "../../../infra/clock/clock.ts";
import { storeKey } from "../../../infra/stores/keys.ts";
import type { RedisStore } from "../../../infra/stores/redis.ts";

/** Counts the edges that share limits. */
export interface EdgeCount {
  /** The number of edges when Redis last answered, including this one. */
  current(): number;
  /** Takes this edge out of the count. */
  close(): Promise<void>;
}

/** Options of countEdges. */
export interface EdgeCountOptions {
  /** The Redis that the edges share. Default: none, so this edge counts as the only one. */
  readonly redis?: RedisStore | undefined;
  readonly clock: Clock;
}

// How long an edge is still counted after it last renewed its lease: a live edge may miss two renewals.
const leaseMs = 15_000;
const renewEveryMs = 5_000;

// A Lua script. KEYS[1] is a sorted set with one lease per edge, scored by its expiry time on Redis's clock. ARGV:
// lease in milliseconds, the edge's name. Returns two numbers: how many edges there are, and 1 if the named edge is
// new, else 0.
const join = `
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local added = redis.call("ZADD", KEYS[1], now + ARGV[1], ARGV[2])
  redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", now)
  redis.call("PEXPIRE", KEYS[1], ARGV[1])
  return {redis.call("ZCARD", KEYS[1]), added}`;

/** Counts the edges that use one Redis. An edge that joins or leaves notifies the others, so that they know at once. */
export function countEdges({ redis, clock }: EdgeCountOptions): EdgeCount {
  if (redis === undefined) return { current: () => 1, close: async () => {} };
  const script = redis.script(join);
  const key = storeKey("edges", "leases");
  const bell = storeKey("edges", "bell");
  const name = randomUUID();
  let count = 1;
  let closed = false;
  let cancel = () => {};

  const ring = () => redis.run((client) => client.publish(bell, name)).catch(() => {});
  const renew = async () => {
    cancel();
    if (closed) return;
    cancel = clock.after(renewEveryMs, () => void renew());
    const found = await script([key], [leaseMs, name]).catch(() => undefined);
    // While Redis is unreachable, the last count stays in use.
    if (found === undefined) return;
    const [edges, added] = found as [number, number];
    count = Math.max(1, edges);
    if (added === 1) await ring();
  };
  const onRing = (from: Buffer) => {
    if (from.toString() !== name) void renew();
  };
  const stopping = redis.listen(bell, onRing, { patient: true }).catch(() => () => {});
  void renew();

  return {
    current: () => count,
    async close() {
      closed = true;
      cancel();
      (await stopping)();
      await redis.run((client) => client.zrem(key, name)).catch(() => {});
      await ring();
    },
  };
}
