import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { withoutCredentials } from "../../../infra/net/address.ts";

/** A server as it stands now. */
export interface Standing {
  readonly url: string;
  /** Why it is given no work; undefined if it is. */
  readonly reason: string | undefined;
}

/** A server that comes and goes all the time is told of once in this time. */
const quietMs = 10_000;

/** Logs servers that go and come, a line each; of one that does so often, a line in 10 s that says how often. */
export function createComingsLog(log: Log, clock: Clock): (servers: readonly Standing[]) => void {
  const known = new Map<string, { away: boolean; told: boolean; toldAt: number; changes: number }>();
  return (servers) => {
    for (const { url, reason } of servers) {
      const away = reason !== undefined;
      // At the start all are taken to be there: what is not is told at once.
      const server = known.get(url) ?? { away: false, told: false, toldAt: Number.NEGATIVE_INFINITY, changes: 0 };
      known.set(url, server);
      if (away !== server.away) server.changes++;
      server.away = away;
      if (away === server.told || clock.now() - server.toldAt < quietMs) continue;
      const fields = { server: withoutCredentials(url), ...(server.changes > 1 && { changes: server.changes }) };
      if (away) log.warn(fields, `a model server is left out: ${reason}`);
      else log.info(fields, "a model server takes work again");
      server.told = away;
      server.toldAt = clock.now();
      server.changes = 0;
    }
  };
}
