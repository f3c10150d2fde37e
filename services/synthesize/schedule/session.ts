/** What the schedule must know of a clause. */
export interface Work {
  /** About how long its speech is. */
  readonly seconds: number;
  /** How many characters it has as written. */
  readonly characters: number;
}

/** A text that is being spoken, as the schedule sees it. Times are milliseconds of the driver's clock. */
export interface Session<W> {
  readonly id: string;
  /** When its first clause was offered; undefined before. */
  offeredAt: number | undefined;
  /** Clauses that are in no segment yet; the first `urgent` of them wait for nothing. */
  pending: W[];
  urgent: number;
  ended: boolean;
  nextSegment: number;
  /** A segment that is to be spoken once more; goes before `pending`. */
  again: { segment: number; clauses: readonly W[] }[];
  inFlight: Map<number, { worker: number; clauses: readonly W[]; attempt: number; seconds: number; since: number }>;
  /** When playback began, and how much audio has been dispatched since. */
  heardAt: number | undefined;
  scheduledSeconds: number;
  /** Audio dispatched that its reader has not taken. */
  unreadSeconds: number;
}

/** A session without a clause. */
export function createSession<W>(id: string): Session<W> {
  return {
    id,
    offeredAt: undefined,
    pending: [],
    urgent: 0,
    ended: false,
    nextSegment: 0,
    again: [],
    inFlight: new Map(),
    heardAt: undefined,
    scheduledSeconds: 0,
    unreadSeconds: 0,
  };
}

/** A segment that could be dispatched. */
export interface Candidate<W> {
  readonly session: Session<W>;
  readonly segment: number;
  readonly clauses: readonly W[];
  readonly attempt: number;
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

/** The session's next segment, were it dispatched now; undefined if it has none. */
export function nextCandidate<W extends Work>(
  session: Session<W>,
  sizes: Sizes,
  now: number,
): Candidate<W> | undefined {
  const playsFrom = session.heardAt ?? (session.offeredAt ?? now) + sizes.openerBudgetMs;
  const deadline = playsFrom + session.scheduledSeconds * 1000;
  const [again] = session.again;
  if (again !== undefined) return { session, ...again, attempt: 1, deadline, readyAt: now };
  if (session.pending.length === 0 || session.unreadSeconds >= sizes.maxUnreadSeconds) return undefined;
  const clauses = join(session, sizes);
  const isFull = clauses.length < session.pending.length;
  const waits = session.urgent === 0 && !session.ended && !isFull;
  const readyAt = waits ? waitsUntil(session, clauses, deadline, sizes, now) : now;
  return { session, segment: session.nextSegment, clauses, attempt: 0, deadline, readyAt };
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

/** How long some clauses take to be heard. */
export function totalSeconds(clauses: readonly Work[]): number {
  return clauses.reduce((sum, { seconds }) => sum + seconds, 0);
}
