/**
 * Connections to Redis. Only this file uses the client library ioredis, and it corrects the library's behavior. By
 * default, ioredis waits forever for a server that is away, resends a command that may already have been executed,
 * continues in database 0 if the requested database does not exist, and does not notice that a server has vanished.
 */
import type { Redis, RedisCommander } from "ioredis";
import { type Clock, sleep, systemClock } from "../clock/clock.ts";
import type { RedisAddress } from "./address.ts";
import { isNotSent, isReply, replyCode, withoutArguments } from "./errors.ts";
import type { Outage } from "./outage.ts";

type Commander = RedisCommander<{ type: "default" }>;

/** Redis commands that do not change their connection's state. Those named `…Buffer` return bytes instead of text. */
export type Commands = Omit<Commander, "subscribe" | "psubscribe" | "ssubscribe" | "monitor" | "quit" | "select">;

/**
 * Reads that may block. Commands that remove an entry from a list are not among them: if the answer is lost, so is the
 * entry.
 */
export type Reads = Pick<Commander, "xreadBuffer" | "xreadgroupBuffer">;

/** A connection to Redis. */
export type Client = Redis;

/** The properties of a connection. */
export interface ConnectionOptions {
  /** The connection's name in our log and in the output of Redis's `CLIENT LIST`. */
  name: string;
  /** How long a command may take; undefined: any time, for a connection with blocking reads. */
  commandTimeoutMs?: number;
  /**
   * How long the server may be silent while a command waits for its answer. After that the connection is closed, all
   * waiting commands fail, and the connection is opened again.
   */
  silenceTimeoutMs: number;
  /** Called if the server rejects the connection; the message says what is wrong and what to do. */
  onRefused?: (message: string) => void;
}

/** The reason that is reported for a server that accepted the connection and has said nothing since. */
export const notReadyYet = "the server accepts connections but is not ready: it may still be loading its data";

// How often to look for another master, in milliseconds, if a server says that it is a replica.
const masterSearchMs = 5_000;
// A client that is closed while it has no connection leaves timers of ioredis behind, which run for at most this long.
const settleMs = 100;

/**
 * Loads the client library and returns a function that opens connections. A lost connection is reopened after 0.1 to 1
 * s.
 */
export async function createConnector(address: RedisAddress, outage: Outage, clock: Clock) {
  // The library is loaded here, so that a process without Redis does not pay for it: 50 ms and 27 MB.
  const { Redis } = await import("ioredis");
  const { host, port, username, password, db, tls } = address;
  return (options: ConnectionOptions): Client => {
    const { name, onRefused = () => {} } = options;
    let reason: string | undefined;
    let searchedAt = Number.NEGATIVE_INFINITY;
    const client = new Redis({
      host,
      port,
      username,
      password,
      db,
      ...(tls === undefined ? {} : { tls }),
      connectionName: `duet:${name}`,
      disableClientInfo: true,
      autoResubscribe: false,
      // Commands never wait for a connection, and are never sent twice.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: options.commandTimeoutMs,
      socketTimeout: options.silenceTimeoutMs,
      connectTimeout: 2_000,
      disconnectTimeout: settleMs,
      maxLoadingRetryTime: settleMs,
      retryStrategy: (tries) => Math.min(100 * tries, 1_000),
      // The server has become a replica. After a failover the host name may resolve to another server, so we reconnect.
      reconnectOnError(error) {
        if (replyCode(error) !== "READONLY" || clock.now() - searchedAt < masterSearchMs) return false;
        searchedAt = clock.now();
        reason = error.message;
        return true;
      },
    });
    // Any number of callers may wait for the client to become ready, so Node must not warn of too many listeners.
    client.setMaxListeners(0);
    client.on("error", (error: Error & { command?: { name: string } }) => {
      // The command was not sent, since we had closed the connection (see below): nothing new to report.
      if (isNotSent(error)) return;
      const remedy = remedyFor(error);
      // The database cannot be selected. ioredis would continue with database 0, so we reconnect instead.
      if (error.command?.name === "select") client.disconnect(true);
      reason = withoutArguments(error).message;
      outage.lost(name, reason);
      if (remedy !== undefined) onRefused(`refuses the connection (${reason}): ${remedy}`);
    });
    client.on("connect", () => {
      if (reason !== undefined) outage.lost(name, notReadyYet);
    });
    client.on("close", () => {
      reason ??= "the server closed the connection";
      outage.lost(name, reason);
    });
    client.on("ready", () => {
      reason = undefined;
      outage.ready(name);
    });
    return client;
  };
}

/** Waits for a connection to become ready; false if it is not ready within the limit, or if the signal aborts. */
export function isReady(client: Client, limitMs: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (client.status === "ready" || signal.aborted) return resolve(!signal.aborted);
    const done = () => {
      cancel();
      client.off("ready", done);
      signal.removeEventListener("abort", done);
      resolve(client.status === "ready" && !signal.aborted);
    };
    const cancel = clock.after(limitMs, done);
    client.once("ready", done);
    signal.addEventListener("abort", done, { once: true });
  });
}

/** Closes a connection; resolves once neither its socket nor any of its timers is left. */
export async function endClient(client: Client): Promise<void> {
  const ended =
    client.status === "ready"
      ? new Promise((resolve) => client.once("end", resolve))
      : // Without a connection there is no `end` event: waits for ioredis's timers, which use the system clock.
        sleep(systemClock, 2 * settleMs);
  client.disconnect();
  await ended;
}

/** What an operator must do about an error that will not pass by itself; undefined if it may be temporary. */
function remedyFor(error: Error & { command?: { name: string } }): string | undefined {
  if (!isReply(error)) return undefined;
  if (error.command?.name === "select")
    return "choose a database number that exists on that server and that this user may access";
  if (["NOAUTH", "WRONGPASS", "NOPERM"].includes(replyCode(error)))
    return "correct the user and password in the address, as in redis://user:password@host:6379";
  return undefined;
}
