import { type Kept, keptSeconds } from "./kept.ts";
import type { Segment, Work } from "./segment.ts";
import type { Session } from "./session.ts";
import { type Made, type Next, nextOf, nowhere, type Sizes } from "./sizes/next.ts";
import type { Workers } from "./workers.ts";

/** A segment that could be dispatched. */
export interface Candidate<W> extends Next {
  readonly session: Session<W>;
  /** What is to be attempted again; undefined: what comes next in the session. */
  readonly segment: Segment<W> | undefined;
  /** When its audio is needed. */
  readonly deadline: number;
}

const none: ReadonlySet<number> = new Set();

/** The segments of a session that could be dispatched next: those that came to nothing, and the next new one. */
function candidates<W extends Work>(session: Session<W>, made: Made<W>, sizes: Sizes, now: number): Candidate<W>[] {
  const deadline = deadlineOf(session, sizes, now);
  const retries = session.retries.map((segment) => ({ session, segment, end: nowhere, deadline, readyAt: now }));
  const waitsForFirst = session.firstAlone && !session.made && session.inFlight + retries.length > 0;
  if (session.unreadSeconds >= sizes.maxUnreadSeconds || waitsForFirst) return retries;
  const next = nextOf(session, made, sizes, deadline, now);
  return next === undefined ? retries : [...retries, { session, segment: undefined, deadline, ...next }];
}

/** What was made as one segment had no more clauses, where it is to be found again. */
const mostKept = 4;

/** What is at hand of what comes next in a session: its next clause, or the next few together. */
export function findKept<W extends Work>(
  session: Session<W>,
  kept: Kept<W>,
  sizes: Sizes,
): { readonly clauses: readonly W[]; readonly seconds: number } | undefined {
  if (session.pending.length === 0 || session.unreadSeconds >= sizes.maxUnreadSeconds) return undefined;
  for (let count = 1; count <= Math.min(mostKept, session.pending.length); count++) {
    const clauses = session.pending.slice(0, count);
    const seconds = keptSeconds(kept, clauses);
    if (seconds !== undefined) return { clauses, seconds };
  }
  return undefined;
}

/** When a session's audio runs out, as far as it was given to workers. */
export function deadlineOf<W>(
  session: Session<W>,
  { openerBudgetMs }: Pick<Sizes, "openerBudgetMs">,
  now: number,
): number {
  const playsFrom = session.heardAt ?? (session.offeredAt ?? now) + openerBudgetMs;
  return playsFrom + session.scheduledSeconds * 1000;
}

/** What is ready to be spoken. */
export interface Ready<W> {
  /** The one whose audio is needed first, of those that a worker is free for, and that worker; undefined if there is none. */
  readonly first: { readonly candidate: Candidate<W>; readonly worker: number } | undefined;
  /** All that is ready. */
  readonly waiting: readonly Candidate<W>[];
  /** When time alone makes one more ready. */
  readonly next: number;
}

/** Looks for what is ready, across all sessions. */
export function findReady<W extends Work>(
  sessions: Iterable<Session<W>>,
  workers: Workers,
  made: Made<W>,
  sizes: Sizes,
  now: number,
): Ready<W> {
  const waiting: Candidate<W>[] = [];
  const background: Candidate<W>[] = [];
  /** When somebody next needs sound that is not made. */
  let neededAt = Number.POSITIVE_INFINITY;
  let first: Ready<W>["first"];
  let next = Number.POSITIVE_INFINITY;
  const { isNearlyFull } = workers;
  for (const session of sessions) {
    if (!session.background) neededAt = Math.min(neededAt, deadlineOf(session, sizes, now));
    for (const candidate of candidates(session, made, sizes, now)) {
      const { segment, deadline, readyAt } = candidate;
      if (readyAt > now) {
        next = Math.min(next, readyAt);
        continue;
      }
      if (session.background) {
        background.push(candidate);
        continue;
      }
      // Somebody's first words may come at any time; whoever has sound in hand leaves them a place.
      const waitsUntil = isNearlyFull ? sparesUntil(candidate, sizes) : now;
      if (waitsUntil > now) {
        next = Math.min(next, waitsUntil);
        continue;
      }
      waiting.push(candidate);
      if (first !== undefined && first.candidate.deadline <= deadline) continue;
      const worker = workers.pick(segment?.avoid ?? none, deadline > now + sizes.shortSlackMs, now);
      if (worker !== undefined) first = { candidate, worker };
    }
  }
  // What nobody waits for takes no worker that somebody may want before it is done.
  const [spare] = background;
  const isTime = spare !== undefined && neededAt - now > sizes.workMs(spare.end.seconds) + sizes.shortSlackMs;
  if (spare !== undefined && waiting.length === 0 && (isTime || workers.idle > 1)) {
    const worker = workers.pick(spare.segment?.avoid ?? none, true, now);
    if (worker !== undefined) first = { candidate: spare, worker };
  }
  return { first, waiting, next };
}

/** Until when a segment can leave the last free slot to others: those that its listener waits for, or soon will, cannot at all. */
function sparesUntil<W extends Work>({ session, segment, deadline, end }: Candidate<W>, sizes: Sizes): number {
  if (segment !== undefined || session.nextSegment === 0) return Number.NEGATIVE_INFINITY;
  return deadline - sizes.workMs(end.seconds) - sizes.shortSlackMs;
}
