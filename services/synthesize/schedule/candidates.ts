import { type Kept, keptSeconds } from "./kept.ts";
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

/** What there is beside the segment at hand. */
export interface Made<W extends Work> {
  readonly kept: Kept<W>;
  /** The keys of what workers are making: who wants the same waits for it, rather than have it made twice. */
  readonly keys: ReadonlySet<string>;
}

/** The segments of a session that could be dispatched next: those that came to nothing, and the next new one. */
function candidates<W extends Work>(session: Session<W>, made: Made<W>, sizes: Sizes, now: number): Candidate<W>[] {
  const deadline = deadlineOf(session, sizes, now);
  const retries = session.retries.map((segment) => ({ session, segment, deadline, readyAt: now }));
  const waitsForFirst = session.firstAlone && !session.made && session.inFlight + retries.length > 0;
  if (session.pending.length === 0 || session.unreadSeconds >= sizes.maxUnreadSeconds || waitsForFirst) return retries;
  const clauses = join(session, made.kept, sizes);
  const isFull = clauses.length < session.pending.length;
  const waits = session.urgent === 0 && !session.ended && !isFull;
  const readyAt = isBeingMade(clauses, made)
    ? Number.POSITIVE_INFINITY
    : waits
      ? waitsUntil(session, clauses, deadline, sizes, now)
      : now;
  return [...retries, { session, segment: createSegment(session.nextSegment, clauses), deadline, readyAt }];
}

/** Whether the same is on its way already, for another text. */
function isBeingMade<W extends Work>(clauses: readonly W[], { kept, keys }: Made<W>): boolean {
  const key = keys.size === 0 ? undefined : kept.keyOf(clauses);
  return key !== undefined && keys.has(key);
}

/** What is at hand of what comes next in a session: its next clause, or all that its next segment would join. */
export function findKept<W extends Work>(
  session: Session<W>,
  kept: Kept<W>,
  sizes: Sizes,
): { readonly clauses: readonly W[]; readonly seconds: number } | undefined {
  if (session.pending.length === 0 || session.unreadSeconds >= sizes.maxUnreadSeconds) return undefined;
  for (const clauses of [session.pending.slice(0, 1), join(session, kept, sizes)]) {
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
  let listened = 0;
  let first: Ready<W>["first"];
  let next = Number.POSITIVE_INFINITY;
  for (const session of sessions) {
    if (!session.background) listened++;
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
      waiting.push(candidate);
      if (first !== undefined && first.candidate.deadline <= deadline) continue;
      const worker = workers.pick(segment.avoid, deadline > now + sizes.shortSlackMs, now);
      if (worker !== undefined) first = { candidate, worker };
    }
  }
  // What nobody waits for takes no worker that somebody may want before it is done.
  const [spare] = background;
  if (spare !== undefined && waiting.length === 0 && (listened === 0 || workers.idle > 1)) {
    const worker = workers.pick(spare.segment.avoid, true, now);
    if (worker !== undefined) first = { candidate: spare, worker };
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

/**
 * As many of the waiting clauses as one segment takes: a first one no more than it needs, later ones up to the limit. Speech that is at
 * hand is not made again, unless the words before it are too few to be spoken well alone.
 */
function join<W extends Work>(session: Session<W>, kept: Kept<W>, sizes: Sizes): readonly W[] {
  const clauses: W[] = [];
  let characters = 0;
  let seconds = 0;
  for (const clause of session.pending) {
    const isFull = characters + clause.characters > sizes.segmentMaxCharacters;
    const isEnough = seconds >= sizes.minOpenerSeconds;
    const ends =
      isEnough && (session.nextSegment === 0 || session.background || keptSeconds(kept, [clause]) !== undefined);
    if (clauses.length > 0 && (isFull || ends)) break;
    clauses.push(clause);
    characters += clause.characters;
    seconds += clause.seconds;
  }
  return clauses;
}
