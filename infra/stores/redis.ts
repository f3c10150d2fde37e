/**
 * The client of a Redis server. A process has one connection for commands, and opens two more on first use: one for
 * subscriptions and one for blocking reads. They are separate because a read that waits on a connection blocks
 * everything else on that connection.
 *
 * Nothing waits for a Redis that is unreachable: a command fails at once, and the caller continues without Redis or
 * gives up. No command is retried here, since the first attempt may have been executed; callers may retry commands that
 * are safe to repeat.
 */
import { createHash } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import type { Clock } from "../clock/clock.ts";
import type { Log } from "../log/log.ts";
import { parseRedisUrl } from "./address.ts";
import { type Channels, createChannels } from "./channels.ts";
import {
  type Client,
  type Commands,
  type ConnectionOptions,
  createConnector,
  endClient,
  isReady,
  notReadyYet,
  type Reads,
} from "./client.ts";
import { away, isReply, replyCode, StoreError, toStoreError } from "./errors.ts";
import { createOutage } from "./outage.ts";

/** What a script returns: text or bytes, an integer, a list, or null for nil and false. */
export type ScriptReply = Buffer | number | null | ScriptReply[];

/**
 * Runs a Lua script on the server. All keys must have the same id (`storeKey`). If the script returns
 * `redis.error_reply("CODE and words")`, throws StoreError with the `code` CODE; the words are needed, since Redis does
 * not take a single word as a code.
 */
export type Script = (keys: readonly string[], values: readonly (string | number | Buffer)[]) => Promise<ScriptReply>;

/** A Redis server. */
export interface RedisStore {
  /**
   * Sends a command: `run((client) => client.getBuffer(key))`. Throws StoreError: at once if Redis is unreachable,
   * after 0.5 s if it does not answer.
   */
  run<T>(command: (client: Commands) => Promise<T>): Promise<T>;
  /** Returns a function that runs a Lua script. The script's text is sent only if the server does not know it yet. */
  script(lua: string): Script;
  /**
   * Subscribes to a channel. Resolves once the subscription is active, with a function that ends it; throws StoreError.
   * If `patient`, an unreachable Redis is no error: `listen` resolves after at most 0.5 s, and the subscription becomes
   * active once Redis is reachable. A subscription survives an outage, but messages published meanwhile are lost, so
   * callers must also look for changes from time to time. `heard` must not throw.
   */
  listen(channel: string, heard: (message: Buffer) => void, options?: { patient?: boolean }): Promise<() => void>;
  /**
   * Performs a blocking read: `read((client) => client.xreadBuffer("BLOCK", longestBlockMs, "STREAMS", key, id))`.
   * Returns null if no entry came, and also if Redis was unreachable or silent: a loop of reads needs no pause of its
   * own. Reads run one after another. Entries that were read for a consumer group but lost on the way stay pending in
   * Redis. Throws StoreError if Redis refuses the read, or if the store is closed.
   */
  read<T>(command: (client: Reads) => Promise<T>): Promise<T | null>;
  /**
   * Why Redis does not respond now; undefined if it does. A server that falls silent is detected within 2 s of the next
   * command.
   */
  notReady(): string | undefined;
  /** Closes all connections; pending commands fail. */
  close(): Promise<void>;
}

/** Options of openRedis. */
export interface RedisOptions {
  /** The server's URL, in the form that `parseRedisUrl` accepts. */
  url: string;
  /** The setting to change if the server cannot be reached, such as `redis.url (DUET_REDIS_URL)`. */
  setting: string;
  /** Whether Redis may evict values when full. Default: false; a warning is then logged if Redis is set to evict. */
  mayEvict?: boolean;
  /**
   * Whether Redis may be unreachable at the start: then we wait for it only 1 s, and it counts as unreachable until it
   * answers. Default: false.
   */
  mayBeAway?: boolean;
  /** The log, which gets two lines for each outage of Redis. */
  log: Log;
  /** The clock. The client's own timeouts and retries use the system clock. */
  clock: Clock;
}

/** The longest `BLOCK` time of a read, in milliseconds; a connection that is silent for longer counts as lost. */
export const longestBlockMs = 5_000;

const startTimeoutMs = 5_000;
const patientStartTimeoutMs = 1_000;
const closed = "this store is closed";
// The time limit of a command: far longer than Redis takes, but short enough that a caller can wait. A server that is
// silent for four times as long counts as gone.
const commandTimeoutMs = 500;
const atOnce = { commandTimeoutMs, silenceTimeoutMs: 4 * commandTimeoutMs };
const blocking = { silenceTimeoutMs: longestBlockMs + 2_000 };

/**
 * Connects, and resolves once Redis answers. Throws a StoreError that names the setting and the remedy: at once if
 * Redis rejects us, or after 5 s if it does not answer, unless `mayBeAway`.
 */
export async function openRedis(options: RedisOptions): Promise<RedisStore> {
  const { url, setting, mayEvict = false, mayBeAway = false, log, clock } = options;
  const address = parseRedisUrl(url, setting);
  const at = `Redis at ${address.shown}`;
  const outage = createOutage(address.shown, log, clock);
  const connect = await createConnector(address, outage, clock);
  const clients: Client[] = [];
  const open = (options: ConnectionOptions) => {
    const client = connect(options);
    clients.push(client);
    return client;
  };
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const refusal = new AbortController();
  const commands = open({ name: "commands", ...atOnce, onRefused: (message) => refusal.abort(message) });
  let listener: Client | undefined;
  let channels: Channels | undefined;
  let reader: Client | undefined;

  const close = async () => {
    closing.abort();
    outage.close();
    channels?.close();
    await Promise.all(clients.splice(0).map(endClient));
  };
  /** Runs `send`, and converts an error that it throws to a StoreError. */
  const guard = async <T>(send: () => Promise<T>): Promise<T> => {
    if (closing.signal.aborted) throw away(at, closed);
    try {
      return await send();
    } catch (error) {
      throw toStoreError(error, at, outage.reason);
    }
  };
  const run: RedisStore["run"] = (command) => guard(() => command(commands));

  const limitMs = mayBeAway ? patientStartTimeoutMs : startTimeoutMs;
  const isThere = await isReady(commands, limitMs, clock, refusal.signal);
  if (!isThere && mayBeAway && !refusal.signal.aborted) {
    // A server that accepts the connection and stays silent also counts as unreachable.
    outage.lost("commands", outage.reason ?? notReadyYet);
    log.error({ store: address.shown, setting }, "starting without Redis: requests that need it fail until it answers");
  } else if (!isThere) {
    const { reason = notReadyYet } = outage;
    const late = `is not ready after ${startTimeoutMs / 1000} s (${reason}): start Redis, or correct its address`;
    await close();
    throw new StoreError("away", `${setting}: ${at} ${refusal.signal.aborted ? refusal.signal.reason : late}`);
  }
  if (!mayEvict) {
    const warn = warnOnce(log, address.shown, setting);
    commands.on("ready", () => warn(commands));
    if (isThere) await warn(commands);
  }

  return {
    run,
    script: (lua) => scriptOf(lua, run),
    listen: (channel, heard, { patient = false } = {}) =>
      guard(async () => {
        if (!patient && commands.status !== "ready") throw away(at, outage.reason);
        listener ??= open({ name: "listener", ...atOnce });
        channels ??= createChannels(listener, clock);
        const isListening = await isReady(listener, commandTimeoutMs, clock, closing.signal);
        if (!isListening && !patient) throw away(at, outage.reason);
        return await channels.listen(channel, heard, patient);
      }),
    async read(command) {
      const ready = await guard(async () => {
        reader ??= open({ name: "reader", ...blocking });
        return (await isReady(reader, longestBlockMs, clock, closing.signal)) ? reader : null;
      });
      try {
        return ready === null ? null : await guard(() => command(ready));
      } catch (error) {
        const lost = error instanceof StoreError && (error.fault === "unanswered" || error.fault === "away");
        if (!lost || closing.signal.aborted) throw error;
        // Returns to the event loop, so that a loop of reads does not keep the process from noticing that the
        // connection is lost.
        await setImmediate();
        return null;
      }
    },
    notReady() {
      const reason = closing.signal.aborted ? closed : outage.reason;
      return reason === undefined ? undefined : `${at} is unreachable: ${reason}`;
    },
    close,
  };
}

/** Runs a script by its hash, or by its text if the server does not know it. */
function scriptOf(lua: string, run: RedisStore["run"]): Script {
  const hash = createHash("sha1").update(lua).digest("hex");
  return (keys, values) => {
    const call = (client: Commands, command: string, which: string) =>
      client.callBuffer(command, which, keys.length, ...keys, ...values) as Promise<ScriptReply>;
    return run((client) =>
      call(client, "EVALSHA", hash).catch((error: Error) => {
        // A server that was restarted no longer knows the script, and has executed nothing.
        if (isReply(error) && replyCode(error) === "NOSCRIPT") return call(client, "EVAL", lua);
        throw error;
      }),
    );
  };
}

/** Returns a function that logs one warning if the server says that it evicts values when it is full. */
function warnOnce(log: Log, where: string, setting: string): (client: Client) => Promise<void> {
  let warned = false;
  return async (client) => {
    // INFO also works on servers that forbid CONFIG.
    const memory = await client.info("memory").catch(() => "");
    const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? "noeviction";
    if (warned || policy === "noeviction") return;
    warned = true;
    log.warn(
      { store: where, policy },
      `Redis may evict data that Duet keeps there: set its maxmemory-policy to noeviction, or set ${setting} to another Redis`,
    );
  };
}
