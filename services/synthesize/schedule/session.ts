import type { Segment, Work } from "./segment.ts";
import type { Part, Unfinished } from "./sizes/border.ts";
import type { End } from "./sizes/ends.ts";
import type { OpenerMode } from "./sizes/opener.ts";

/** How a session is not as others are. */
export interface SessionKind {
  /** Its later segments wait until one is spoken, whose voice they take. */
  readonly firstAlone: boolean;
  /** Another engine speaks on where this one cannot. */
  readonly spare: boolean;
  /** Nobody listens: it is made in short segments, where no other work is held up by it. */
  readonly background: boolean;
  /** Where its first segment may end. */
  readonly opener: OpenerMode;
}

/** A text that is being spoken, as the schedule sees it. Times are milliseconds of the driver's clock. */
export interface Session<W> extends SessionKind {
  readonly id: string;
  /** Counts those of a schedule, in the order in which they were opened. */
  readonly nth: number;
  /** When its first clause was offered; undefined before. */
  offeredAt: number | undefined;
  /** Clauses that are in no segment yet; the first `urgent` of them wait for nothing. */
  pending: W[];
  urgent: number;
  /** The clause that is being written after those; undefined if there is none, or it cannot be parted. */
  open: Unfinished<W> | undefined;
  ended: boolean;
  nextSegment: number;
  /** Segments that are to be attempted again; they go before `pending`. */
  retries: Segment<W>[];
  /** Segments that a worker speaks for it. */
  inFlight: number;
  /** Something of it has been spoken. */
  made: boolean;
  /** When playback began, by how much it has fallen behind since, and how much audio has been dispatched. */
  heardAt: number | undefined;
  behindMs: number;
  scheduledSeconds: number;
  /** Audio dispatched that its reader has not taken. */
  unreadSeconds: number;
  /** Since when a segment of it could be spoken, but for a worker; undefined while none could. */
  readyAt: number | undefined;
}

const ordinary: SessionKind = { firstAlone: false, spare: false, background: false, opener: "soft" };

/** A session without a clause. */
export function createSession<W>(id: string, nth: number, kind: Partial<SessionKind> = {}): Session<W> {
  return {
    ...ordinary,
    ...kind,
    id,
    nth,
    offeredAt: undefined,
    pending: [],
    urgent: 0,
    open: undefined,
    ended: false,
    nextSegment: 0,
    retries: [],
    inFlight: 0,
    made: false,
    heardAt: undefined,
    behindMs: 0,
    scheduledSeconds: 0,
    unreadSeconds: 0,
    readyAt: undefined,
  };
}

/**
 * Parts what waits, so that a segment which ends there is made of the first clauses, and returns their number. Where the words cannot be parted
 * there, a whole clause is taken whole, and one that is being written is waited for.
 */
export function partAt<W extends Work>(session: Session<W>, { whole, border }: End, part: Part<W>): number {
  if (border === undefined) return whole;
  const clause = session.pending[whole];
  if (clause !== undefined) {
    const parts = part(clause, border);
    if (parts !== undefined) session.pending.splice(whole, 1, ...parts);
    if (parts !== undefined && session.urgent > whole) session.urgent++;
    return whole + 1;
  }
  const parts = session.open?.part(border);
  session.open = parts?.rest;
  if (parts === undefined) return whole;
  session.pending.push(parts.head);
  return whole + 1;
}

/** A segment of a session is given to a worker; its speech is expected to last `seconds`. */
export function beginAttempt<W>(session: Session<W>, { index, clauses, attempts }: Segment<W>, seconds: number): void {
  session.inFlight++;
  if (attempts > 0) {
    session.retries = session.retries.filter((other) => other.index !== index);
    return;
  }
  session.pending.splice(0, clauses.length);
  session.urgent = Math.max(0, session.urgent - clauses.length);
  session.nextSegment++;
  session.scheduledSeconds += seconds;
  session.unreadSeconds += seconds;
}

/** The next `count` clauses are a segment that is made already: `seconds` of speech. Returns its index. */
export function takeKept<W>(session: Session<W>, count: number, seconds: number): number {
  session.pending.splice(0, count);
  session.urgent = Math.max(0, session.urgent - count);
  session.made = true;
  session.scheduledSeconds += seconds;
  session.unreadSeconds += seconds;
  return session.nextSegment++;
}

/** A segment came to `made` seconds of audio in the end, where `expected` were expected. */
export function settle<W>(session: Session<W>, expected: number, made: number): void {
  session.made ||= made > 0;
  session.scheduledSeconds += made - expected;
  session.unreadSeconds += made - expected;
}

/** When a session's audio runs out, as far as it was given to workers. `budgetMs`: how long after its first clause its first sound is wanted. */
export function deadlineOf<W>(session: Session<W>, budgetMs: number, now: number): number {
  const playsFrom = session.heardAt ?? (session.offeredAt ?? now) + budgetMs;
  return playsFrom + session.behindMs + session.scheduledSeconds * 1000;
}

/** Its reader takes more audio. Who had none left waited for it, and all that follows is heard later by as much. */
export function takeAudio<W>(session: Session<W>, seconds: number, now: number): void {
  session.behindMs = Math.max(session.behindMs, behindBy(session, takenSeconds(session), now));
  session.unreadSeconds -= seconds;
}

/** Its listener has heard so much of it by now: never more than was taken. */
export function hear<W>(session: Session<W>, seconds: number, now: number): void {
  session.behindMs = behindBy(session, Math.min(seconds, takenSeconds(session)), now);
}

/** By how much a listener is behind one who never had to wait, having heard so much. Nobody is ahead of that. */
function behindBy<W>({ heardAt }: Session<W>, seconds: number, now: number): number {
  return heardAt === undefined ? 0 : Math.max(0, now - heardAt - seconds * 1000);
}

const takenSeconds = <W>({ scheduledSeconds, unreadSeconds }: Session<W>) => scheduledSeconds - unreadSeconds;

/** Whether all of a session is spoken. */
export function isOver<W>({ ended, pending, retries, inFlight }: Session<W>): boolean {
  return ended && pending.length + retries.length + inFlight === 0;
}
