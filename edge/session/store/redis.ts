import { randomUUID } from "node:crypto";
import { storeKey } from "../../../infra/stores/keys.ts";
import type { RedisStore, ScriptReply } from "../../../infra/stores/redis.ts";
import type { SessionKey, SessionStore } from "./store.ts";

// Reads a session, which is a hash of its records and its version. All edges use the Redis server's clock.
const read = `
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  if #ARGV == 0 then return {now, redis.call("HGETALL", KEYS[1])} end
  local found = redis.call("HMGET", KEYS[1], unpack(ARGV))
  local records = {}
  for i, name in ipairs(ARGV) do
    if found[i] then
      records[#records + 1] = name
      records[#records + 1] = found[i]
    end
  end
  return {now, records}`;

// Writes a session if its version is the expected one. ARGV: expected version, new version, TTL, the number of records
// to delete, their names, then names and values of the records to write.
const write = `
  if (redis.call("HGET", KEYS[1], "version") or "") ~= ARGV[1] then return 0 end
  local dropped = tonumber(ARGV[4])
  for i = 5, 4 + dropped do redis.call("HDEL", KEYS[1], ARGV[i]) end
  redis.call("HSET", KEYS[1], "version", ARGV[2])
  for i = 5 + dropped, #ARGV, 2 do redis.call("HSET", KEYS[1], ARGV[i], ARGV[i + 1]) end
  redis.call("PEXPIRE", KEYS[1], ARGV[3])
  return 1`;

// Moves a session to the front of its person's list, a sorted set: the score is a unique time in microseconds. A
// session not touched within the TTL has expired. At most a thousand are listed for each person.
const list = `
  local time = redis.call("TIME")
  local now = time[1] * 1000000 + time[2]
  redis.call("ZADD", KEYS[1], string.format("%.0f", now), ARGV[1])
  redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", string.format("%.0f", now - ARGV[2] * 1000))
  redis.call("ZREMRANGEBYRANK", KEYS[1], 0, -1001)
  redis.call("PEXPIRE", KEYS[1], ARGV[2])
  return 1`;

/** Stores sessions in Redis, where all edges that use the same Redis share them. */
export function createRedisStore(redis: RedisStore): SessionStore {
  const scripts = { read: redis.script(read), write: redis.script(write), list: redis.script(list) };
  const sessionKey = ({ tenant, session }: SessionKey) => storeKey([tenant, session], "session");
  const turnKey = (tenant: string, turn: string) => storeKey([tenant, turn], "turn");
  const listKey = (tenant: string, user: string) => storeKey([tenant, user], "sessions");
  const bellKey = (edge: string) => storeKey(edge, "bell");

  return {
    kind: "redis",
    notReady: () => redis.notReady(),
    async read(key, names) {
      const wanted = names === "all" ? [] : ["version", ...names];
      const [now, flat] = (await scripts.read([sessionKey(key)], wanted)) as [number, Buffer[]];
      const records = new Map<string, Buffer>();
      for (let i = 0; i < flat.length; i += 2) records.set(String(flat[i]), flat[i + 1] as Buffer);
      const version = records.get("version")?.toString();
      records.delete("version");
      return { now, version, records };
    },
    async write(key, version = "", { put, drop }, ttlMs) {
      const then = randomUUID();
      const values = [version, then, ttlMs, drop.length, ...drop, ...[...put].flat()];
      const told = await scripts.write([sessionKey(key)], values).catch(async (error): Promise<ScriptReply> => {
        // The write may have succeeded although Redis's answer was lost. The stored version shows whether it did; if
        // the version cannot be read either, the first error is thrown.
        const now = await redis.run((client) => client.hget(sessionKey(key), "version")).catch(() => undefined);
        if (now === then) return 1;
        throw error;
      });
      return told === 1;
    },
    async remove(key) {
      await redis.run((client) => client.unlink(sessionKey(key)));
    },
    async placeTurn(tenant, turn, place, ttlMs) {
      await redis.run((client) => client.set(turnKey(tenant, turn), place, "PX", ttlMs));
    },
    async findTurn(tenant, turn) {
      return (await redis.run((client) => client.get(turnKey(tenant, turn)))) ?? undefined;
    },
    async list(tenant, user, session, ttlMs) {
      await scripts.list([listKey(tenant, user)], [session, ttlMs]);
    },
    async unlist(tenant, user, session) {
      await redis.run((client) => client.zrem(listKey(tenant, user), session));
    },
    async page(tenant, user, after, size) {
      const key = listKey(tenant, user);
      const before = after === undefined ? "+inf" : `(${after}`;
      const found = await redis.run((client) =>
        client.zrevrangebyscore(key, before, "-inf", "WITHSCORES", "LIMIT", 0, size + 1),
      );
      const sessions = found.filter((_, index) => index % 2 === 0).slice(0, size);
      return { sessions, next: found.length > 2 * size ? found[2 * size - 1] : undefined };
    },
    ring: (edge, message) => redis.run((client) => client.publish(bellKey(edge), message)),
    listen: (edge, heard) => redis.listen(bellKey(edge), (message) => heard(message.toString()), { patient: true }),
  };
}
