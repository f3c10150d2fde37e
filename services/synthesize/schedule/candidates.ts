import { createSegment, type Segment, totalSeconds, type Work } from "./segment.ts";
import type { Session } from "./session.ts";
import type { Workers } from "./workers.ts";

/** A segment that could be dispatched. */
export interface Candidate<W> {
  readonly session: Session<W>;
  readonly segment: Segment<W>;
  /** When its audio is needed. */
  readonly deadline: number;
  /** When it waits for more text no longer; Infinity: until there is some. */
  readonly readyAt: number;
}

/** What decides how large a segment becomes and how long it waits; see ScheduleOptions. */
export interface Sizes {
  readonly minOpenerSeconds: number;
  readonly segmentMaxCharacters: number;
  readonly openerBudgetMs: number;
  readonly shortSlackMs: number;
  readonly maxUnreadSeconds: number;
  /** Seconds of work for a second of speech. */
  readonly workRatio: number;
}

/** The segments of a session that could be dispatched next: those that came to nothing, and the next new one. */
function candidates<W extends Work>(session: Session<W>, sizes: Sizes, now: number): Candidate<W>[] {
  const deadline = deadlineOf(session, sizes, now);
  const retries = session.retries.map((segment) => ({ session, segment, deadline, readyAt: now }));
  const waitsForFirst = session.firstAlone && !session.made && session.inFlight + retries.length > 0;
  if (session.pending.length === 0 || session.unreadSeconds >= sizes.maxUnreadSeconds || waitsForFirst) return retries;
  const clauses = join(session, sizes);
  const isFull = clauses.length < session.pending.length;
  const waits = session.urgent === 0 && !session.ended && !isFull;
  const readyAt = waits ? waitsUntil(session, clauses, deadline, sizes, now) : now;
  return [...retries, { session, segment: createSegment(session.nextSegment, clauses), deadline, readyAt }];
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
  sizes: Sizes,
  now: number,
): Ready<W> {
  const waiting: Candidate<W>[] = [];
  let first: Ready<W>["first"];
  let next = Number.POSITIVE_INFINITY;
  for (const session of sessions)
    for (const candidate of candidates(session, sizes, now)) {
      const { segment, deadline, readyAt } = candidate;
      if (readyAt > now) {
        next = Math.min(next, readyAt);
        continue;
      }
      waiting.push(candidate);
      if (first !== undefined && first.candidate.deadline <= deadline) continue;
      const worker = workers.pick(segment.avoid, deadline > now + sizes.shortSlackMs, now);
      if (worker !== undefined) first = { candidate, worker };
    }
  return { first, waiting, next };
}

/** The opener rule for a first segment; for later ones, until there is just time enough to speak it. */
function waitsUntil<W extends Work>(
  session: Session<W>,
  clauses: readonly W[],
  deadline: number,
  sizes: Sizes,
  now: number,
): number {
  const seconds = totalSeconds(clauses);
  if (session.nextSegment > 0) return deadline - sizes.workRatio * seconds * 1000 - sizes.shortSlackMs;
  return seconds >= sizes.minOpenerSeconds ? now : Number.POSITIVE_INFINITY;
}

/** As many of the waiting clauses as one segment takes: a first one no more than it needs, later ones up to the limit. */
function join<W extends Work>(session: Session<W>, sizes: Sizes): readonly W[] {
  const clauses: W[] = [];
  let characters = 0;
  let seconds = 0;
  for (const clause of session.pending) {
    const isFull = characters + clause.characters > sizes.segmentMaxCharacters;
    const opens = session.nextSegment === 0 && seconds >= sizes.minOpenerSeconds;
    if (clauses.length > 0 && (isFull || opens)) break;
    clauses.push(clause);
    characters += clause.characters;
    seconds += clause.seconds;
  }
  return clauses;
}
