/** How a turn changes the records of its session. The functions are pure, and independent of the store. */
import { type Course, type Session, type SessionLimits, startEdits, titleOf, toSession } from "./edits.ts";
import type { Position } from "./heard.ts";
import { merge, reportableUntil } from "./record.ts";
import type { Change, Snapshot } from "./store/store.ts";

/** The turn to open. */
export interface Opening {
  readonly turn: string;
  readonly edge: string;
  /** The person that the session belongs to; empty if not given. */
  readonly user: string;
  /** The session's profile. Default: none. */
  readonly profile?: string;
  /** The question; undefined if the turn answers none. */
  readonly question: string | undefined;
  /** The text of the answer, if it is known in advance. */
  readonly given: string;
}

/** How long an edge must be silent to count as gone, in milliseconds. */
export const leaseMs = 3_000;

/**
 * Opens a turn, given all records of its session; a turn still running there is closed in its last known state. Also
 * returns the place of the answer.
 */
export function openTurn(snapshot: Snapshot, opening: Opening, limits: SessionLimits): Change & { place: number } {
  const session = toSession(snapshot);
  const { now } = session;
  const { turn, edge, user, profile = "", question, given } = opening;
  const edits = startEdits(session, { user });
  edits.closeRunning();
  edits.cutLast();
  edits.forgetSpeech();
  edits.trim(snapshot, limits);
  const asked = { turn, createdAt: now, interrupted: false, estimated: false };
  if (question !== undefined)
    edits.add({ ...asked, role: "user", text: question, heard: question.length }, titleOf(question));
  const place = edits.add({ ...asked, role: "assistant", text: given, heard: 0 }, titleOf(given));
  const running = { turn, place, edge, until: now + leaseMs, started: false };
  edits.head = {
    ...edits.head,
    profile: profile || (edits.head.profile ?? ""),
    updatedAt: now,
    running,
    spoken: [...edits.head.spoken, { turn, place }],
  };
  return { ...edits.change(), place };
}

/** Saves the progress of a running turn; undefined if the turn no longer holds the session. */
export function saveTurn(session: Session, { turn, place }: Place, course: Course): Change | undefined {
  const { head, now } = session;
  if (head?.running?.turn !== turn) return undefined;
  const edits = startEdits(session, head);
  edits.head = { ...head, running: { ...head.running, until: now + leaseMs, started: true } };
  return edits.tell(place, course) ? edits.change() : undefined;
}

/**
 * Ends a turn: saves the full text of its answer, and how much of it was heard. Undefined if the session no longer has
 * the answer's message.
 */
export function endTurn(session: Session, { turn, place }: Place, course: Course): Change | undefined {
  const { head, now } = session;
  if (head === undefined || session.message(place)?.turn !== turn) return undefined;
  const edits = startEdits(session, head);
  edits.release(turn);
  const until = reportableUntil({ ...course.answer, ...course }, now);
  const spoken = head.spoken.map((one) => (one.turn === turn ? { ...one, until: one.until ?? until } : one));
  edits.head = { ...edits.head, spoken, updatedAt: now };
  edits.tell(place, course);
  return edits.change();
}

/** Undoes a turn that never started. `empty` means that the session has no messages left. */
export function undoTurn(session: Session, { turn, place }: Place): (Change & { empty: boolean }) | undefined {
  const { head } = session;
  if (head === undefined || session.message(place)?.turn !== turn) return undefined;
  const edits = startEdits(session, head);
  edits.release(turn);
  edits.undo(turn, place);
  return { ...edits.change(), empty: edits.head.count === 0 };
}

/**
 * Records how far a turn was heard that runs on another edge or has ended. `stop` means that its speech was stopped at
 * that position. Undefined if it is too late for reports, or the session no longer has the answer's message.
 */
export function reportTurn(
  session: Session,
  { turn, place }: Place,
  played: Position | undefined,
  stop: boolean,
): Change | undefined {
  const { head, now } = session;
  const spoken = head?.spoken.find((one) => one.turn === turn);
  const speech = session.speech(place);
  if (head === undefined || spoken === undefined || speech === undefined) return undefined;
  if (spoken.until !== undefined && now > spoken.until) return undefined;
  const edits = startEdits(session, head);
  // A listener who merely paused hears the rest later, so they may report for longer.
  if (spoken.until !== undefined && speech.cutAt === undefined && !stop) {
    const until = Math.max(spoken.until, reportableUntil(merge({ ...speech, played }, speech), now));
    edits.head = { ...head, spoken: head.spoken.map((one) => (one === spoken ? { ...one, until } : one)) };
  }
  const text = session.message(place)?.text ?? "";
  edits.tell(place, { answer: { ...speech, text }, played, cutAt: stop ? now : undefined });
  return edits.change();
}

/** A turn, and the place of its answer. */
export interface Place {
  readonly turn: string;
  readonly place: number;
}
