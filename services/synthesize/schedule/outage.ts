import type { Candidate } from "./candidates.ts";
import type { Flights } from "./flights.ts";
import type { Session } from "./session.ts";
import type { Workers } from "./workers.ts";

/** What becomes of sessions while no worker takes work. */
export interface Outage<W> {
  /** Those of the waiting that have waited in vain by now, and when the next one will have. */
  judge(waiting: readonly Candidate<W>[], now: number): { readonly vain: Set<Session<W>>; readonly next: number };
}

/**
 * Makes it. A session waits until its audio runs out, and at least `outageMs`. If all workers asked to be left alone for longer than
 * that, it does not wait for nothing; if one of them may only be hung and somebody's work is with it, all wait as that one does.
 */
export function createOutage<W>(workers: Workers, flights: Flights<W>, outageMs: number): Outage<W> {
  let shutSince: number | undefined;
  return {
    judge(waiting, now) {
      const vain = new Set<Session<W>>();
      const openFrom = workers.openFrom();
      if (openFrom <= now) shutSince = undefined;
      else shutSince ??= now;
      let next = Number.POSITIVE_INFINITY;
      if (shutSince === undefined || flights.wanted) return { vain, next };
      for (const { session, segment, deadline } of waiting) {
        const since = Math.max(segment.failedAt ?? shutSince, session.offeredAt ?? now);
        const until = Math.max(deadline, since + outageMs);
        const mayOpen = openFrom === Number.POSITIVE_INFINITY || openFrom < until;
        if (until > now && mayOpen) next = Math.min(next, until);
        else vain.add(session);
      }
      return { vain, next };
    },
  };
}
