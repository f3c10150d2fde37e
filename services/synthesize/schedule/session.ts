import type { Segment, Work } from "./segment.ts";
import type { Part, Unfinished } from "./sizes/border.ts";
import type { End } from "./sizes/ends.ts";
import type { OpenerMode } from "./sizes/opener.ts";

/** Properties in which sessions differ. */
export interface SessionKind {
  /** Whether the rest of the text waits until one segment has been spoken, in order to imitate that segment's voice. */
  readonly firstAlone: boolean;
  /** Whether another engine can take over if this one cannot speak the text. */
  readonly spare: boolean;
  /** True if nobody is listening: speech is then made in short segments, and only when this delays no other work. */
  readonly background: boolean;
  /** Where the session's first segment may end. */
  readonly opener: OpenerMode;
}

/** A text being spoken, as the schedule sees it. Times are milliseconds of the driver's clock. */
export interface Session<W> extends SessionKind {
  readonly id: string;
  /** The ordinal number of the session within its schedule. */
  readonly nth: number;
  /** When the session's first clause was offered; undefined until then. */
  offeredAt: number | undefined;
  /** Clauses that are not in any segment yet; the first `urgent` of them are dispatched without waiting for more. */
  pending: W[];
  urgent: number;
  /** The clause that is still being written; undefined if there is none, or if it cannot be divided. */
  open: Unfinished<W> | undefined;
  ended: boolean;
  nextSegment: number;
  /** Segments to be attempted again; they come before `pending`. */
  retries: Segment<W>[];
  /** The number of the session's segments that workers are speaking. */
  inFlight: number;
  /** Whether any speech of the text exists, newly made or from the cache. */
  made: boolean;
  /** When playback began; how far it has fallen behind since; how many seconds of speech were dispatched or served. */
  heardAt: number | undefined;
  behindMs: number;
  scheduledSeconds: number;
  /** Seconds of dispatched or served audio that the session's reader has not taken. */
  unreadSeconds: number;
  /** The time since which a segment has been waiting only for a worker; undefined if no segment is waiting. */
  readyAt: number | undefined;
}

const ordinary: SessionKind = { firstAlone: false, spare: false, background: false, opener: "soft" };

/** Makes a session that has no clauses yet. */
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
 * Divides the waiting text so that its first clauses form a segment that ends at the given `End`. Returns the number of
 * clauses in the segment. If the clause at the end cannot be divided there, the segment takes the whole clause if it is
 * complete, and nothing of it if it is unfinished.
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

/** Records that a segment is given to a worker; its speech is expected to last `seconds`. */
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

/** Records that the next `count` clauses form a segment whose cached speech lasts `seconds`. Returns its index. */
export function takeKept<W>(session: Session<W>, count: number, seconds: number): number {
  session.pending.splice(0, count);
  session.urgent = Math.max(0, session.urgent - count);
  session.made = true;
  session.scheduledSeconds += seconds;
  session.unreadSeconds += seconds;
  return session.nextSegment++;
}

/** Corrects the session's totals after a segment turned out to last `made` seconds instead of `expected`. */
export function settle<W>(session: Session<W>, expected: number, made: number): void {
  session.made ||= made > 0;
  session.scheduledSeconds += made - expected;
  session.unreadSeconds += made - expected;
}

/**
 * When a session's audio runs out, including the audio that workers are still making. `budgetMs`: how long after the
 * session's first clause its first audio should be heard.
 */
export function deadlineOf<W>(session: Session<W>, budgetMs: number, now: number): number {
  const playsFrom = session.heardAt ?? (session.offeredAt ?? now) + budgetMs;
  return playsFrom + session.behindMs + session.scheduledSeconds * 1000;
}

/**
 * Records that a session's reader takes more audio. If the listener had no audio left and so had to wait, everything
 * that follows is heard later by the length of that wait.
 */
export function takeAudio<W>(session: Session<W>, seconds: number, now: number): void {
  session.behindMs = Math.max(session.behindMs, behindBy(session, takenSeconds(session), now));
  session.unreadSeconds -= seconds;
}

/** Records how many seconds of a session's audio the listener has heard; more than its reader has taken is ignored. */
export function hear<W>(session: Session<W>, seconds: number, now: number): void {
  session.behindMs = behindBy(session, Math.min(seconds, takenSeconds(session)), now);
}

/** How far a listener who has heard `seconds` is behind a listener who never had to wait, in ms; never negative. */
function behindBy<W>({ heardAt }: Session<W>, seconds: number, now: number): number {
  return heardAt === undefined ? 0 : Math.max(0, now - heardAt - seconds * 1000);
}

const takenSeconds = <W>({ scheduledSeconds, unreadSeconds }: Session<W>) => scheduledSeconds - unreadSeconds;

/** Whether a session has been spoken completely. */
export function isOver<W>({ ended, pending, retries, inFlight }: Session<W>): boolean {
  return ended && pending.length + retries.length + inFlight === 0;
}
