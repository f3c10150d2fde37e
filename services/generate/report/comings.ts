import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { withoutCredentials } from "../../../infra/net/address.ts";

/** A server's current state. */
export interface Standing {
  readonly url: string;
  /** Why the server gets no work; undefined if it gets work. */
  readonly reason: string | undefined;
}

/** The shortest time between two log lines about the same server, even if it keeps coming and going. */
const quietMs = 10_000;

/**
 * Logs one line whenever a server becomes unavailable or returns. If a server changes often, logs only one line per 10
 * s, with the number of changes.
 */
export function createComingsLog(log: Log, clock: Clock): (servers: readonly Standing[]) => void {
  const known = new Map<string, { away: boolean; told: boolean; toldAt: number; changes: number }>();
  return (servers) => {
    for (const { url, reason } of servers) {
      const away = reason !== undefined;
      // A server that was not seen before is assumed to have been available: if it is not, that is logged at once.
      const server = known.get(url) ?? { away: false, told: false, toldAt: Number.NEGATIVE_INFINITY, changes: 0 };
      known.set(url, server);
      if (away !== server.away) server.changes++;
      server.away = away;
      if (away === server.told || clock.now() - server.toldAt < quietMs) continue;
      const fields = { server: withoutCredentials(url), ...(server.changes > 1 && { changes: server.changes }) };
      if (away) log.warn(fields, `a model server is taken out of rotation: ${reason}`);
      else log.info(fields, "a model server is back in rotation");
      server.told = away;
      server.toldAt = clock.now();
      server.changes = 0;
    }
  };
}
