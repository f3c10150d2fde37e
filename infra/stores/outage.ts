import type { Clock } from "../clock/clock.ts";
import type { Log } from "../log/log.ts";

/** What is known of one server over all connections to it. One outage is two lines in the log, however many connections and commands it hits. */
export interface Outage {
  /** A connection is lost, or could not be made. May be told again with a newer reason. */
  lost(connection: string, reason: string): void;
  /** A connection is ready. */
  ready(connection: string): void;
  /** From now on connections end because they are told to: nothing counts as lost. */
  close(): void;
  /** Why the server does not answer now; undefined while it does. */
  readonly reason: string | undefined;
}

/** Starts with nothing lost. `where` names the server in the log. */
export function createOutage(where: string, log: Log, clock: Clock): Outage {
  const reasons = new Map<string, string>();
  let since = 0;
  let closed = false;
  return {
    lost(connection, reason) {
      if (closed) return;
      if (reasons.size === 0) {
        since = clock.now();
        log.warn({ store: where, reason }, "Redis is away: trying again until it answers");
      }
      reasons.set(connection, reason);
    },
    ready(connection) {
      if (!reasons.delete(connection) || reasons.size > 0) return;
      log.info({ store: where, awayMs: Math.round(clock.now() - since) }, "Redis answers again");
    },
    close() {
      closed = true;
    },
    get reason() {
      return reasons.values().next().value;
    },
  };
}
