import type { Flights } from "./flights.ts";
import type { Candidate } from "./queue/candidates.ts";
import type { Work } from "./segment.ts";
import { deadlineOf, type Session } from "./session.ts";
import type { Sizes } from "./sizes/next.ts";
import type { Workers } from "./workers/workers.ts";

/** What becomes of sessions while no worker takes work. */
export interface Outage<W> {
  /** Those of the waiting that have waited in vain by now, and when the next one will have. */
  judge(waiting: Iterable<Waiting<W>>, now: number): { readonly vain: Set<Session<W>>; readonly next: number };
  /** Until when a session waits for a worker that has been missed since `since`. */
  patientUntil(session: Session<W>, since: number, now: number): number;
}

/** Work that waits for a worker. */
export type Waiting<W> = Pick<Candidate<W>, "session" | "segment">;

/** How long a session waits; see ScheduleOptions. */
export interface Patience extends Pick<Sizes, "openerBudgetMs" | "shortSlackMs"> {
  readonly outageMs: number;
}

/**
 * Makes it. A session waits until its audio runs out, and at least `outageMs`. If all workers asked to be left alone for longer than
 * that, it does not wait for nothing; if one of them may only be hung and somebody's work is with it, all wait as that one does. A session
 * for which another engine can speak waits only as long as that one could still begin in time.
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
        // What a worker still has of it is heard to its end.
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
