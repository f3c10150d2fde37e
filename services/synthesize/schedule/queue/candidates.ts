import { type Kept, keptSeconds } from "../kept.ts";
import type { Segment, Work } from "../segment.ts";
import { deadlineOf, type Session } from "../session.ts";
import { type Made, type Next, nextOf, nowhere, type Sizes } from "../sizes/next.ts";

/** A segment that could be dispatched, or could be at a time that is known. */
export interface Candidate<W> extends Next {
  readonly session: Session<W>;
  /** What is to be attempted again; undefined: what comes next in the session. */
  readonly segment: Segment<W> | undefined;
  /** When its audio is needed. */
  readonly deadline: number;
  /**
   * From when it may have the last free slot. Somebody's first words may come at any time: whoever has sound in hand leaves them a place. What its
   * listener waits for, or soon will, leaves nothing.
   */
  readonly dueAt: number;
}

/** What is new of a session and could be dispatched next. Undefined: nothing of it is there, or what there is has to wait for something else than time. */
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

/** A segment of a session that came to nothing and is to be attempted again. */
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

/** What was made as one segment had no more clauses, where it is to be found again. */
const mostKept = 4;

/** What is at hand of what comes next in a session: its next clause, or the next few together. */
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
