import type { Flights } from "./flights.ts";
import type { Candidate } from "./queue/candidates.ts";
import type { Work } from "./segment.ts";
import { deadlineOf, type Session } from "./session.ts";
import type { Sizes } from "./sizes/next.ts";
import type { Workers } from "./workers/workers.ts";

/** Decides how long sessions go on waiting while no worker accepts work. */
export interface Outage<W> {
  /** `vain`: the waiting sessions that have to give up now; `next`: when the next of the others has to give up. */
  judge(waiting: Iterable<Waiting<W>>, now: number): { readonly vain: Set<Session<W>>; readonly next: number };
  /** Until when a session waits for a worker, if no worker has been available since `since`. */
  patientUntil(session: Session<W>, since: number, now: number): number;
}

/** A segment of a session that waits for a worker. */
export type Waiting<W> = Pick<Candidate<W>, "session" | "segment">;

/** What determines how long a session waits for a worker; see ScheduleOptions. */
export interface Patience extends Pick<Sizes, "openerBudgetMs" | "shortSlackMs"> {
  readonly outageMs: number;
}

/**
 * Makes the rules for an outage. A session waits until its audio runs out, and at least `outageMs`. It gives up at once
 * if all workers have asked not to be used for longer than the session may wait. But while a worker still has a segment
 * that is wanted, all sessions wait, since that worker may be hanging only for a while. A session that another engine
 * could take over waits only as long as that engine could still begin in time.
 */
export function createOutage<W extends Work>(workers: Workers, flights: Flights<W>, patience: Patience): Outage<W> {
  let shutSince: number | undefined;

  function patientUntil(session: Session<W>, since: number, now: number): number {
    const deadline = deadlineOf(session, patience.openerBudgetMs, now);
    return session.spare ? deadline - patience.shortSlackMs : Math.max(deadline, since + patience.outageMs);
  }

  return {
    patientUntil,
    judge(waiting, now) {
      const vain = new Set<Session<W>>();
      const openFrom = workers.openFrom();
      if (openFrom <= now) shutSince = undefined;
      else shutSince ??= now;
      let next = Number.POSITIVE_INFINITY;
      if (shutSince === undefined) return { vain, next };
      const { wanted } = flights;
      for (const { session, segment } of waiting) {
        // The session goes on waiting, since a worker that is still speaking a segment may complete that segment.
        if (session.spare ? session.inFlight > 0 : wanted) continue;
        const since = Math.max(segment?.failedAt ?? shutSince, session.offeredAt ?? now);
        const until = patientUntil(session, since, now);
        const mayOpen = openFrom === Number.POSITIVE_INFINITY || openFrom < until;
        if (until > now && mayOpen) next = Math.min(next, until);
        else vain.add(session);
      }
      return { vain, next };
    },
  };
}
