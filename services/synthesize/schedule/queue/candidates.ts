import { type Kept, keptSeconds } from "../kept.ts";
import type { Segment, Work } from "../segment.ts";
import { deadlineOf, type Session } from "../session.ts";
import { type Made, type Next, nextOf, nowhere, type Sizes } from "../sizes/next.ts";

/** A segment that can be dispatched, now or at a known time. */
export interface Candidate<W> extends Next {
  readonly session: Session<W>;
  /** The segment to attempt again; undefined: the session's next one. */
  readonly segment: Segment<W> | undefined;
  /** When the segment's audio is needed. */
  readonly deadline: number;
  /**
   * From when the segment may take the last free slot. A new text may come at any time, so sessions that still have
   * audio leave one slot free. A session whose listener is waiting, or soon will be, may take that slot.
   */
  readonly dueAt: number;
}

/**
 * The next new segment that a session could dispatch. Undefined if there is none, or if it waits for an event and not
 * just for time to pass.
 */
export function nextNew<W extends Work>(
  session: Session<W>,
  made: Made<W>,
  sizes: Sizes,
  now: number,
): Candidate<W> | undefined {
  const waitsForFirst = session.firstAlone && !session.made && session.inFlight + session.retries.length > 0;
  if (session.unreadSeconds >= sizes.maxUnreadSeconds || waitsForFirst) return undefined;
  const deadline = deadlineOf(session, sizes.openerBudgetMs, now);
  const next = nextOf(session, made, sizes, deadline, now);
  if (next === undefined) return undefined;
  const isFirst = session.nextSegment === 0;
  const dueAt = isFirst ? now : deadline - sizes.workMs(next.end.seconds) - sizes.shortSlackMs;
  return { session, segment: undefined, deadline, dueAt, ...next };
}

/** A failed segment of a session, as the candidate for another attempt. */
export function again<W>(
  session: Session<W>,
  segment: Segment<W>,
  { openerBudgetMs }: Sizes,
  now: number,
): Candidate<W> {
  return {
    session,
    segment,
    end: nowhere,
    readyAt: now,
    dueAt: now,
    deadline: deadlineOf(session, openerBudgetMs, now),
  };
}

/** The maximum number of clauses whose joint speech is looked up in the cache, as one segment. */
const mostKept = 4;

/**
 * Finds cached speech of a session's next clause, or of its next few clauses as one segment. Undefined if there is
 * none, or if the session already has enough unread speech.
 */
export function findKept<W extends Work>(
  session: Session<W>,
  kept: Kept<W>,
  sizes: Pick<Sizes, "maxUnreadSeconds">,
): { readonly clauses: readonly W[]; readonly seconds: number } | undefined {
  if (session.pending.length === 0 || session.unreadSeconds >= sizes.maxUnreadSeconds) return undefined;
  for (let count = 1; count <= Math.min(mostKept, session.pending.length); count++) {
    const clauses = session.pending.slice(0, count);
    const seconds = keptSeconds(kept, clauses);
    if (seconds !== undefined) return { clauses, seconds };
  }
  return undefined;
}
