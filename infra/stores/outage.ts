import type { Clock } from "../clock/clock.ts";
import type { Log } from "../log/log.ts";

/**
 * Tracks whether one server is reachable, over all connections to it. An outage is logged in two lines, however many
 * connections and commands it affects.
 */
export interface Outage {
  /** To be called when a connection is lost or cannot be opened, and again if there is a newer reason. */
  lost(connection: string, reason: string): void;
  /** To be called when a connection is ready. */
  ready(connection: string): void;
  /** To be called before connections are closed on purpose: from then on, none of them counts as lost. */
  close(): void;
  /** Why the server does not answer now; undefined if it does. */
  readonly reason: string | undefined;
}

/** Makes an Outage for a server that counts as reachable at first; `where` names the server in the log. */
export function createOutage(where: string, log: Log, clock: Clock): Outage {
  const reasons = new Map<string, string>();
  let since = 0;
  let closed = false;
  return {
    lost(connection, reason) {
      if (closed) return;
      if (reasons.size === 0) {
        since = clock.now();
        log.warn({ store: where, reason }, "Redis is unreachable: retrying until it answers");
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
