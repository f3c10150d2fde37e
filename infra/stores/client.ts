/**
 * Connections to Redis: the only file that knows the client library (ioredis), whose habits are put right here. Left to itself it waits
 * without end for a server that is away, sends a command again that may have been obeyed, goes on in database 0 where the one that was
 * asked for does not exist, and does not notice a server that is gone without a word.
 */
import type { Redis, RedisCommander } from "ioredis";
import { type Clock, sleep, systemClock } from "../clock/clock.ts";
import type { RedisAddress } from "./address.ts";
import { isNotSent, isReply, replyCode, withoutArguments } from "./errors.ts";
import type { Outage } from "./outage.ts";

type Commander = RedisCommander<{ type: "default" }>;

/** The commands that answer at once. Those whose name ends in `Buffer` answer with bytes instead of text. */
export type Commands = Omit<Commander, "subscribe" | "psubscribe" | "ssubscribe" | "monitor" | "quit" | "select">;

/** The reads that may block. Not those that take an entry off a list: one that is lost on its way to us would be lost for good. */
export type Reads = Pick<Commander, "xreadBuffer" | "xreadgroupBuffer">;

/** One connection. */
export type Client = Redis;

/** What kind of connection it is. */
export interface ConnectionOptions {
  /** For the log and `CLIENT LIST`. */
  name: string;
  /** How long a command may take; undefined for a connection whose reads block. */
  commandTimeoutMs?: number;
  /** How long the server may stay silent while something is asked of it: then the connection is cut, all that waits fails, and it is made again. */
  silenceTimeoutMs: number;
  /** Called with what is wrong and the remedy if the server refuses us. */
  onRefused?: (message: string) => void;
}

/** What is known of a server that has said nothing since it took the connection. */
export const notReadyYet = "it takes connections, but is not ready: it may be loading its data";

// How often to look for another master where a server says that it is a replica.
const masterSearchMs = 5_000;
// ioredis leaves timers of this length behind when it is ended while it has no connection.
const settleMs = 100;

/** Loads the client library and returns what connects with it. A connection that is lost is made again after 0.1 to 1 s. */
export async function createConnector(address: RedisAddress, outage: Outage, clock: Clock) {
  // Loaded here, so that a process without Redis does not pay for it: 50 ms and 27 MB.
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
      // Nothing waits for a connection, and nothing is sent twice.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: options.commandTimeoutMs,
      socketTimeout: options.silenceTimeoutMs,
      connectTimeout: 2_000,
      disconnectTimeout: settleMs,
      maxLoadingRetryTime: settleMs,
      retryStrategy: (tries) => Math.min(100 * tries, 1_000),
      // After a failover the name may lead to another server; a connection to the old one would last.
      reconnectOnError(error) {
        if (replyCode(error) !== "READONLY" || clock.now() - searchedAt < masterSearchMs) return false;
        searchedAt = clock.now();
        reason = error.message;
        return true;
      },
    });
    // Of those who wait for it to be ready there may be any number.
    client.setMaxListeners(0);
    client.on("error", (error: Error & { command?: { name: string } }) => {
      // What follows from a connection that we ended ourselves, as below.
      if (isNotSent(error)) return;
      const remedy = remedyFor(error);
      // It would go on with database 0.
      if (error.command?.name === "select") client.disconnect(true);
      reason = withoutArguments(error).message;
      outage.lost(name, reason);
      if (remedy !== undefined) onRefused(`refuses us (${reason}): ${remedy}`);
    });
    client.on("connect", () => {
      if (reason !== undefined) outage.lost(name, notReadyYet);
    });
    client.on("close", () => {
      reason ??= "it closed the connection";
      outage.lost(name, reason);
    });
    client.on("ready", () => {
      reason = undefined;
      outage.ready(name);
    });
    return client;
  };
}

/** Whether a connection is ready within the limit, and before the signal aborts. */
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

/** Ends a connection; resolves once it has left neither socket nor timer. */
export async function endClient(client: Client): Promise<void> {
  const ended =
    client.status === "ready"
      ? new Promise((resolve) => client.once("end", resolve))
      : // Without a connection nothing tells that it has ended. The timers are the library's, which goes by the machine's time.
        sleep(systemClock, 2 * settleMs);
  client.disconnect();
  await ended;
}

/** What to do about an error that no waiting cures; undefined if it may pass. */
function remedyFor(error: Error & { command?: { name: string } }): string | undefined {
  if (!isReply(error)) return undefined;
  if (error.command?.name === "select") return "name a database that it has and this user may use";
  if (["NOAUTH", "WRONGPASS", "NOPERM"].includes(replyCode(error)))
    return "correct user and password in the address, as in redis://user:password@host:6379";
  return undefined;
}
