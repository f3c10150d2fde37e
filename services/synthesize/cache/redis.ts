import { storeKey } from "../../../infra/stores/keys.ts";
import type { RedisStore, ScriptReply } from "../../../infra/stores/redis.ts";
import { toBytes, toSamples } from "../audio/pcm.ts";

/** A cache of speech that several processes share. No method throws: speech that is unavailable is made again. */
export interface SharedTier {
  /** The speech under a key; undefined if there is none, or Redis does not answer. */
  load(key: string): Promise<Int16Array | undefined>;
  /** Stores speech, if possible. */
  save(key: string, samples: Int16Array): Promise<void>;
  /** Whether Redis answers. */
  ready(): boolean;
}

/**
 * Entries are stored in pieces of this size. Beyond 64 KiB, Redis allocates in steps of 16 KiB, so pieces just below
 * 64 KiB waste nothing.
 */
const pieceBytes = 60 * 1024;

// An entry is a hash of its numbered pieces and its length. Separate keys record when each entry was last used, the
// size of each entry, and the total size, which is limited whatever else Redis stores. If Redis itself evicts an entry,
// these records remain; the script that finds the entry missing then corrects them.
const forget = `
  local function forget(key)
    redis.call("ZREM", KEYS[2], key)
    redis.call("DECRBY", KEYS[4], tonumber(redis.call("HGET", KEYS[3], key) or 0))
    redis.call("HDEL", KEYS[3], key)
  end`;

// Loads an entry. ARGV: its key.
const load = `${forget}
  local entry = redis.call("HGETALL", KEYS[1])
  if #entry == 0 then
    if redis.call("ZSCORE", KEYS[2], ARGV[1]) then forget(ARGV[1]) end
    return entry
  end
  local time = redis.call("TIME")
  redis.call("ZADD", KEYS[2], time[1] * 1000 + math.floor(time[2] / 1000), ARGV[1])
  return entry`;

// Saves an entry. ARGV: its key, its size in bytes, the maximum total size in bytes, the key prefix of entries, then
// the entry's contents in pieces.
const save = `${forget}
  local size, most = tonumber(ARGV[2]), tonumber(ARGV[3])
  if redis.call("HEXISTS", KEYS[3], ARGV[1]) == 1 then forget(ARGV[1]) end
  redis.call("DEL", KEYS[1])
  redis.call("INCRBY", KEYS[4], size)
  redis.call("HSET", KEYS[3], ARGV[1], size)
  while tonumber(redis.call("GET", KEYS[4])) > most do
    local oldest = redis.call("ZRANGE", KEYS[2], 0, 0)[1]
    if not oldest then
      redis.call("SET", KEYS[4], size)
      break
    end
    redis.call("DEL", ARGV[4] .. oldest)
    forget(oldest)
  end
  redis.call("HSET", KEYS[1], "bytes", ARGV[2])
  for i = 5, #ARGV do redis.call("HSET", KEYS[1], tostring(i - 4), ARGV[i]) end
  local time = redis.call("TIME")
  redis.call("ZADD", KEYS[2], time[1] * 1000 + math.floor(time[2] / 1000), ARGV[1])
  return 1`;

/** Keeps at most `maxBytes` of speech in Redis; the least recently used is evicted first. */
export function createRedisTier(redis: RedisStore, maxBytes: number): SharedTier {
  const scripts = { load: redis.script(load), save: redis.script(save) };
  const id = "segments";
  const books = [storeKey(id, "used"), storeKey(id, "sizes"), storeKey(id, "bytes")];
  const entryPrefix = storeKey(id, "entry", "");
  const keysOf = (key: string) => [entryPrefix + key, ...books];

  return {
    ready: () => redis.notReady() === undefined,
    async load(key) {
      const entry = await scripts.load(keysOf(key), [key]).catch(() => []);
      return readEntry(entry);
    },
    async save(key, samples) {
      const bytes = toBytes(samples);
      if (bytes.length > maxBytes / 4) return;
      const pieces: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += pieceBytes)
        pieces.push(Buffer.from(bytes.subarray(at, at + pieceBytes)));
      await scripts.save(keysOf(key), [key, bytes.length, maxBytes, entryPrefix, ...pieces]).catch(() => {});
    },
  };
}

/** The samples of an entry; undefined if it is invalid or incomplete. */
function readEntry(reply: ScriptReply): Int16Array | undefined {
  const flat = Array.isArray(reply) ? (reply as Buffer[]) : [];
  const fields = new Map<string, Buffer>();
  for (let at = 0; at < flat.length; at += 2) fields.set(String(flat[at]), flat[at + 1] as Buffer);
  const length = Number(fields.get("bytes") ?? 0);
  const pieces: Buffer[] = [];
  for (let piece = fields.get("1"); piece !== undefined; piece = fields.get(String(pieces.length + 1)))
    pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return length > 0 && bytes.length === length ? toSamples(bytes) : undefined;
}
