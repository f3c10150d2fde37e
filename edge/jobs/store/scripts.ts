/**
 * The operations on jobs in Redis, each in one atomic step. The queue is a stream with one consumer group, `workers`:
 * an entry that was taken stays pending until its job has ended, and its idle time tells how long its worker has been
 * silent. A job is a hash; its `token` identifies its worker, and operations with another token have no effect. KEYS[1]
 * is always the queue; all keys share one hash tag.
 */

const head = `
  local queue = KEYS[1]
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local function ended(job, kept, ...)
    local entry = redis.call("HGET", job, "entry")
    redis.call("XACK", queue, "workers", entry)
    redis.call("XDEL", queue, entry)
    redis.call("HSET", job, "token", "", "updatedAt", now, ...)
    redis.call("PEXPIRE", job, kept)
  end
  local function owned(job, token)
    return token ~= "" and redis.call("HGET", job, "token") == token
  end
`;

// Creates the consumer group, which is missing if the Redis server was replaced.
const group = `
  redis.pcall("XGROUP", "CREATE", queue, "workers", "0", "MKSTREAM")
`;

/** Adds a job. KEYS[2] is the job. ARGV: id, tenant, question, how many jobs may wait or run, notification channel. */
export const submit = `${head}
  if redis.call("EXISTS", KEYS[2]) == 1 then return "known" end
  if redis.call("XLEN", queue) >= tonumber(ARGV[4]) then return "full" end
  ${group}
  local entry = redis.call("XADD", queue, "*", "id", ARGV[1])
  redis.call("HSET", KEYS[2], "id", ARGV[1], "tenant", ARGV[2], "question", ARGV[3], "state", "queued",
    "attempts", 0, "createdAt", now, "updatedAt", now, "entry", entry, "token", "")
  redis.call("PUBLISH", ARGV[5], "")
  return "taken"`;

/** Cancels a job. KEYS[2] is the job. ARGV: tenant, notification channel, id, retention in milliseconds. */
export const cancel = `${head}
  if redis.call("HGET", KEYS[2], "tenant") ~= ARGV[1] then return 0 end
  local state = redis.call("HGET", KEYS[2], "state")
  if state == "queued" or state == "running" then
    ended(KEYS[2], ARGV[4], "state", "cancelled")
    redis.call("PUBLISH", ARGV[2], ARGV[3])
  end
  return 1`;

/**
 * Takes a job for a worker; abandoned jobs are taken before new ones. KEYS[2] is the list of dead letters. ARGV:
 * worker, token, key prefix of jobs, milliseconds of silence after which a job may be taken over, most attempts,
 * retention in milliseconds, the error of a job that is given up. Returns id, tenant, question, attempts, createdAt.
 */
export const take = `${head} ${group}
  for _ = 1, 100 do
    local entry, id
    local idle = redis.call("XPENDING", queue, "workers", "IDLE", ARGV[4], "-", "+", 1)[1]
    if idle then
      local claimed = redis.call("XCLAIM", queue, "workers", ARGV[1], ARGV[4], idle[1])[1]
      if claimed then
        entry, id = claimed[1], claimed[2][2]
      else
        redis.call("XACK", queue, "workers", idle[1])
      end
    else
      local read = redis.call("XREADGROUP", "GROUP", "workers", ARGV[1], "COUNT", 1, "STREAMS", queue, ">")
      if not read then return false end
      entry, id = read[1][2][1][1], read[1][2][1][2][2]
    end
    if entry then
      local job = ARGV[3] .. id
      local state, tenant, question, attempts, created =
        unpack(redis.call("HMGET", job, "state", "tenant", "question", "attempts", "createdAt"))
      if state ~= "queued" and state ~= "running" then
        redis.call("XACK", queue, "workers", entry)
        redis.call("XDEL", queue, entry)
      elseif tonumber(attempts) >= tonumber(ARGV[5]) or now - created > tonumber(ARGV[6]) then
        redis.call("XADD", KEYS[2], "MAXLEN", "~", 10000, "*", "id", id, "tenant", tenant)
        ended(job, ARGV[6], "state", "failed", "error", ARGV[7])
      else
        attempts = redis.call("HINCRBY", job, "attempts", 1)
        redis.call("HSET", job, "state", "running", "token", ARGV[2], "entry", entry, "updatedAt", now)
        return { id, tenant, question, attempts, created }
      end
    end
  end
  return false`;

/** A worker's heartbeat for a job, so that no other worker takes it over. KEYS[2] is the job. ARGV: token, worker. */
export const beat = `${head}
  if not owned(KEYS[2], ARGV[1]) then return 0 end
  redis.call("XCLAIM", queue, "workers", ARGV[2], 0, redis.call("HGET", KEYS[2], "entry"), "JUSTID")
  return 1`;

/** Ends a job. KEYS[2] is the job. ARGV: token, retention in milliseconds, state, a further field and its value. */
export const end = `${head}
  if not owned(KEYS[2], ARGV[1]) then return 0 end
  ended(KEYS[2], ARGV[2], "state", ARGV[3], ARGV[4], ARGV[5])
  return 1`;

/** Puts a job back into the queue. KEYS[2] is the job. ARGV: token, worker, 1 if this start counts as an attempt. */
export const giveBack = `${head}
  if not owned(KEYS[2], ARGV[1]) then return 0 end
  redis.call("XCLAIM", queue, "workers", ARGV[2], 0, redis.call("HGET", KEYS[2], "entry"), "JUSTID")
  redis.call("HSET", KEYS[2], "state", "queued", "token", "", "updatedAt", now)
  if ARGV[3] ~= "1" then redis.call("HINCRBY", KEYS[2], "attempts", -1) end
  return 1`;
