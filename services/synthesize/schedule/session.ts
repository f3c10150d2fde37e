/** What the schedule must know of a clause. */
export interface Work {
  /** About how long its speech is. */
  readonly seconds: number;
  /** How many characters it has as written. */
  readonly characters: number;
}

/**
 * So often may a segment be lost with its worker: twice in a failure of several at once, and once more. What is then lost a fourth
 * time is likely to be what ends them.
 */
export const mostLost = 3;

/** A segment, and what became of it so far. */
export interface Segment<W> {
  readonly segment: number;
  readonly clauses: readonly W[];
  /** How often it was given to a worker. */
  readonly tries: number;
  /** How often that came to nothing by its own fault, and how often it was lost with its worker. */
  readonly attempt: number;
  readonly lost: number;
  /** Workers on which it came to nothing. */
  readonly avoid: ReadonlySet<number>;
  /** When it came to nothing for the first time; undefined if it did not. */
  readonly failedAt: number | undefined;
}

/** A text that is being spoken, as the schedule sees it. Times are milliseconds of the driver's clock. */
export interface Session<W> {
  readonly id: string;
  /** Its later segments wait until one is spoken. */
  readonly firstAlone: boolean;
  /** When its first clause was offered; undefined before. */
  offeredAt: number | undefined;
  /** Clauses that are in no segment yet; the first `urgent` of them wait for nothing. */
  pending: W[];
  urgent: number;
  ended: boolean;
  nextSegment: number;
  /** Segments that are to be spoken once more; they go before `pending`. */
  again: Segment<W>[];
  /** Segments that a worker speaks for it. */
  inFlight: number;
  /** Something of it has been spoken. */
  made: boolean;
  /** When playback began, and how much audio has been dispatched since. */
  heardAt: number | undefined;
  scheduledSeconds: number;
  /** Audio dispatched that its reader has not taken. */
  unreadSeconds: number;
}

/** A session without a clause. */
export function createSession<W>(id: string, { firstAlone = false } = {}): Session<W> {
  return {
    id,
    firstAlone,
    offeredAt: undefined,
    pending: [],
    urgent: 0,
    ended: false,
    nextSegment: 0,
    again: [],
    inFlight: 0,
    made: false,
    heardAt: undefined,
    scheduledSeconds: 0,
    unreadSeconds: 0,
  };
}

/** A segment that could be dispatched. */
export interface Candidate<W> extends Segment<W> {
  readonly session: Session<W>;
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
export function candidates<W extends Work>(session: Session<W>, sizes: Sizes, now: number): Candidate<W>[] {
  const playsFrom = session.heardAt ?? (session.offeredAt ?? now) + sizes.openerBudgetMs;
  const deadline = playsFrom + session.scheduledSeconds * 1000;
  const again = session.again.map((segment) => ({ session, ...segment, deadline, readyAt: now }));
  const waitsForFirst = session.firstAlone && !session.made && session.inFlight + again.length > 0;
  if (session.pending.length === 0 || session.unreadSeconds >= sizes.maxUnreadSeconds || waitsForFirst) return again;
  const clauses = join(session, sizes);
  const isFull = clauses.length < session.pending.length;
  const waits = session.urgent === 0 && !session.ended && !isFull;
  const readyAt = waits ? waitsUntil(session, clauses, deadline, sizes, now) : now;
  return [...again, { session, ...fresh(session.nextSegment, clauses), deadline, readyAt }];
}

const nowhere: ReadonlySet<number> = new Set();

function fresh<W>(segment: number, clauses: readonly W[]): Segment<W> {
  return { segment, clauses, tries: 0, attempt: 0, lost: 0, avoid: nowhere, failedAt: undefined };
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
