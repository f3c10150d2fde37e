/**
 * The atomic operations in Redis. KEYS of a turn: its log (a stream with ids `<sequence>-0`), its lease, and its state
 * (a hash: owner, state, last sequence, time of the last read). All edges use the Redis server's clock; times are in
 * milliseconds. If a Redis failover loses part of a log, the stream ends before the last sequence number in the state.
 */

const now = `
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

// ARGV: the owner's token, the lease, and how long to keep the log (both in milliseconds).
export const open = `${now}
  local owner = redis.call("HGET", KEYS[3], "owner")
  if owner then return owner == ARGV[1] and 1 or 0 end
  redis.call("DEL", KEYS[1])
  redis.call("HSET", KEYS[3], "owner", ARGV[1], "state", "open", "last", 0, "read", now)
  redis.call("SET", KEYS[2], "1", "PX", ARGV[2])
  redis.call("PEXPIRE", KEYS[3], ARGV[3])
  return 1`;

// Appends an entry to a log. ARGV: the owner's token, lease and keep time (both in ms), the entry's sequence number,
// the entry, 1 if it is the last entry, the readers' channel.
export const append = `
  local meta = redis.call("HMGET", KEYS[3], "owner", "state", "last")
  if not meta[1] then return "gap" end
  if meta[1] ~= ARGV[1] then return "fenced" end
  local last, sequence = tonumber(meta[3]), tonumber(ARGV[4])
  if meta[2] ~= "open" then
    return meta[2] == "ended" and sequence == last and ARGV[6] == "1" and "kept" or "fenced"
  end
  if sequence <= last then return "kept" end
  if sequence ~= last + 1 or redis.call("XLEN", KEYS[1]) ~= last then return "gap" end
  redis.call("XADD", KEYS[1], ARGV[4] .. "-0", "e", ARGV[5])
  redis.call("HSET", KEYS[3], "last", ARGV[4])
  redis.call("PEXPIRE", KEYS[1], ARGV[3])
  redis.call("PEXPIRE", KEYS[3], ARGV[3])
  if ARGV[6] == "1" then
    redis.call("HSET", KEYS[3], "state", "ended")
    redis.call("DEL", KEYS[2])
  else
    redis.call("SET", KEYS[2], "1", "PX", ARGV[2])
  end
  redis.call("PUBLISH", ARGV[7], ARGV[4])
  return "kept"`;

// Renews the lease of a log's owner. ARGV: the owner's token, the duration of the lease, and how long to keep the log
// (both in milliseconds).
export const renew = `${now}
  local meta = redis.call("HMGET", KEYS[3], "owner", "state", "last", "read")
  if not meta[1] or redis.call("XLEN", KEYS[1]) ~= tonumber(meta[3]) then return "gap" end
  if meta[1] ~= ARGV[1] or meta[2] ~= "open" then return "fenced" end
  redis.call("SET", KEYS[2], "1", "PX", ARGV[2])
  redis.call("PEXPIRE", KEYS[1], ARGV[3])
  redis.call("PEXPIRE", KEYS[3], ARGV[3])
  return math.max(0, now - tonumber(meta[4]))`;

// Marks a turn's log as incomplete, so that no more can be added to it, and notifies its readers. ARGV: the owner's
// token, and the channel on which readers are notified.
export const abandon = `
  local meta = redis.call("HMGET", KEYS[3], "owner", "state")
  if not meta[1] then return 1 end
  if meta[1] ~= ARGV[1] or meta[2] == "ended" then return 0 end
  redis.call("HSET", KEYS[3], "state", "incomplete")
  redis.call("DEL", KEYS[2])
  redis.call("PUBLISH", ARGV[2], "")
  return 1`;

// Deletes a log. ARGV: the owner's token, the readers' channel. Returns 1; if the log has another owner, does nothing
// and returns 0.
export const remove = `
  if redis.call("HGET", KEYS[3], "owner") ~= ARGV[1] then return 0 end
  redis.call("DEL", KEYS[1], KEYS[2], KEYS[3])
  redis.call("PUBLISH", ARGV[2], "")
  return 1`;

// Reads a page of a log. ARGV: the sequence number after which to read, and the maximum number of entries.
export const read = `${now}
  local meta = redis.call("HMGET", KEYS[3], "state", "last")
  if not meta[1] then return false end
  redis.call("HSET", KEYS[3], "read", now)
  local found = redis.call("XRANGE", KEYS[1], "(" .. ARGV[1] .. "-0", "+", "COUNT", ARGV[2])
  return {meta[1], meta[2], redis.call("EXISTS", KEYS[2]), found}`;

// Writes the last entry of a log whose owner is gone. ARGV: the entry's sequence number, the entry, how long to keep
// the log (ms), and the readers' channel. Returns 0 if the log has changed meanwhile.
export const endFor = `
  local meta = redis.call("HMGET", KEYS[3], "state", "last")
  local last = tonumber(meta[2])
  if meta[1] ~= "open" or redis.call("EXISTS", KEYS[2]) == 1 or tonumber(ARGV[1]) ~= last + 1 then return 0 end
  if redis.call("XLEN", KEYS[1]) ~= last then return 0 end
  redis.call("XADD", KEYS[1], ARGV[1] .. "-0", "e", ARGV[2])
  redis.call("HSET", KEYS[3], "last", ARGV[1], "state", "ended")
  redis.call("PEXPIRE", KEYS[1], ARGV[3])
  redis.call("PEXPIRE", KEYS[3], ARGV[3])
  redis.call("PUBLISH", ARGV[4], ARGV[1])
  return 1`;

// ARGV: the value to record, and its TTL in milliseconds.
export const claim = `
  local before = redis.call("GET", KEYS[1])
  if before == ARGV[1] then return false end
  if before then return before end
  redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
  return false`;

// Deletes KEYS[1] if its value is the given one. ARGV: the value.
export const release = `
  if redis.call("GET", KEYS[1]) == ARGV[1] then redis.call("DEL", KEYS[1]) end
  return 1`;
