import type { TestContext } from "vitest";
import { type Clock, systemClock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import { openRedis, type RedisStore } from "../../infra/stores/redis.ts";

/** The setting that all stores of these tests are said to come from. */
export const setting = "redis.url (DUET_REDIS_URL)";

/** A store, and what it wrote into the log. */
export interface OpenedStore {
  readonly store: RedisStore;
  /** `level: message {fields}`, a line each. */
  readonly logged: readonly string[];
}

/** What differs from an ordinary store. */
export interface OpenOptions {
  /** Whether Redis may throw values away. */
  mayEvict?: boolean;
  /** Where time comes from. Default: the machine's. */
  clock?: Clock;
}

/**
 * Makes a tenth of all waits of seconds, for tests of what a store waits for. The client's own time-outs stay as they
 * are.
 */
export const hastyClock: Clock = {
  now: () => systemClock.now(),
  after: (delayMs, wake) => systemClock.after(delayMs < 1_000 ? delayMs : delayMs / 10, wake),
};

/** Opens a store that is closed when the test has ended. */
export async function openStore(context: TestContext, url: string, options: OpenOptions = {}): Promise<OpenedStore> {
  const logged: string[] = [];
  const write = (level: string) => (fields: object, message: string) => {
    logged.push(`${level}: ${message} ${JSON.stringify(fields)}`);
  };
  const log = { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") } as Log;
  const store = await openRedis({ url, setting, log, clock: systemClock, ...options });
  context.onTestFinished(() => store.close());
  return { store, logged };
}
