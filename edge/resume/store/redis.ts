import { storeKey } from "../../../infra/stores/keys.ts";
import type { RedisStore } from "../../../infra/stores/redis.ts";
import * as lua from "./scripts.ts";
import type { Appended, LogPage, LogStore, LogTimes, TurnKey } from "./store.ts";

/** Stores logs in Redis, where all edges that use the same Redis can read them. */
export function createRedisLogs(redis: RedisStore): LogStore {
  const scripts = {
    open: redis.script(lua.open),
    append: redis.script(lua.append),
    renew: redis.script(lua.renew),
    abandon: redis.script(lua.abandon),
    remove: redis.script(lua.remove),
    read: redis.script(lua.read),
    endFor: redis.script(lua.endFor),
    claim: redis.script(lua.claim),
    release: redis.script(lua.release),
  };
  const keysOf = ({ tenant, turn }: TurnKey) =>
    ["log", "lease", "turn-log"].map((name) => storeKey([tenant, turn], name));
  const bellOf = ({ tenant, turn }: TurnKey) => storeKey([tenant, turn], "log-bell");
  const requestKey = (tenant: string, request: string) => storeKey([tenant, request], "request");
  const edges = storeKey("edges", "turns");
  const timesOf = ({ leaseMs, keepMs }: LogTimes) => [leaseMs, keepMs];

  return {
    kind: "redis",
    notReady: () => redis.notReady(),
    open: async (key, owner, times) => (await scripts.open(keysOf(key), [owner, ...timesOf(times)])) === 1,
    async append(key, owner, { sequence, bytes, ends }, times) {
      const entry = [sequence, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), ends ? 1 : 0];
      return `${await scripts.append(keysOf(key), [owner, ...timesOf(times), ...entry, bellOf(key)])}` as Appended;
    },
    async renew(key, owner, times) {
      const told = await scripts.renew(keysOf(key), [owner, ...timesOf(times)]);
      return typeof told === "number" ? told : (`${told}` as "fenced" | "gap");
    },
    abandon: async (key, owner) => (await scripts.abandon(keysOf(key), [owner, bellOf(key)])) === 1,
    async remove(key, owner) {
      await scripts.remove(keysOf(key), [owner, bellOf(key)]);
    },
    async read(key, after, most) {
      const told = await scripts.read(keysOf(key), [after, most]);
      if (told === null) return undefined;
      const [state, last, owned, found] = told as [Buffer, Buffer, number, [id: Buffer, fields: Buffer[]][]];
      return {
        state: `${state}` as LogPage["state"],
        last: Number(`${last}`),
        owned: owned === 1,
        entries: found.map(([id, fields]) => ({ sequence: Number.parseInt(`${id}`, 10), bytes: fields[1] as Buffer })),
      };
    },
    async endFor(key, { sequence, bytes }, keepMs) {
      return (await scripts.endFor(keysOf(key), [sequence, Buffer.from(bytes), keepMs, bellOf(key)])) === 1;
    },
    listen: (key, rung) => redis.listen(bellOf(key), rung, { patient: true }),
    async claim(tenant, request, value, ttlMs) {
      const before = await scripts.claim([requestKey(tenant, request)], [value, ttlMs]);
      return before === null ? undefined : `${before}`;
    },
    async release(tenant, request, value) {
      await scripts.release([requestKey(tenant, request)], [value]);
    },
    tell: (message) => redis.run((client) => client.publish(edges, message)),
    hear: (heard) => redis.listen(edges, (message) => heard(message.toString()), { patient: true }),
  };
}
