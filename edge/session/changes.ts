/** How a turn changes the records of its session. The functions are pure, and independent of the store. */
import { type Course, type Session, type SessionLimits, startEdits, titleOf, toSession } from "./edits.ts";
import type { Position } from "./heard.ts";
import { merge, reportableUntil } from "./record.ts";
import type { Change, Snapshot } from "./store/store.ts";

/** What `openTurn` needs to know about the turn. */
export interface Opening {
  readonly turn: string;
  readonly edge: string;
  /** The person that the session belongs to; empty if not given. */
  readonly user: string;
  /** The session's profile. Default: none. */
  readonly profile?: string;
  /** The question; undefined if the turn answers no question. */
  readonly question: string | undefined;
  /** The text of the answer, if it is known in advance; otherwise empty. */
  readonly given: string;
}

/** An edge that has saved nothing of a running turn for this long, in milliseconds, counts as gone. */
export const leaseMs = 3_000;

/**
 * Opens a turn in a session. `snapshot` contains all records of the session. If another turn is still running there, it
 * is closed first, and its answer stays as it was last saved. `place` is the number of the answer's message.
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

/** The change that saves a running turn's progress; undefined if the turn no longer runs, or its message is gone. */
export function saveTurn(session: Session, { turn, place }: Place, course: Course): Change | undefined {
  const { head, now } = session;
  if (head?.running?.turn !== turn) return undefined;
  const edits = startEdits(session, head);
  edits.head = { ...head, running: { ...head.running, until: now + leaseMs, started: true } };
  return edits.tell(place, course) ? edits.change() : undefined;
}

/**
 * Ends a turn: saves the full text of the answer, and how much of it was heard. Returns undefined if the session no
 * longer contains the answer's message.
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

/**
 * Undoes a turn that never started. `empty`: whether no message is left. Undefined if the answer's message is missing.
 */
export function undoTurn(session: Session, { turn, place }: Place): (Change & { empty: boolean }) | undefined {
  const { head } = session;
  if (head === undefined || session.message(place)?.turn !== turn) return undefined;
  const edits = startEdits(session, head);
  edits.release(turn);
  edits.undo(turn, place);
  return { ...edits.change(), empty: edits.head.count === 0 };
}

/**
 * Records how far a turn was heard if the turn runs on another edge or has ended. `stop` means that its speech was
 * stopped at `played`. Undefined if it is too late for reports, or the session no longer has the answer's message.
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
  // If playback was merely paused, the listener hears the rest later, so reports are accepted for longer.
  if (spoken.until !== undefined && speech.cutAt === undefined && !stop) {
    const until = Math.max(spoken.until, reportableUntil(merge({ ...speech, played }, speech), now));
    edits.head = { ...head, spoken: head.spoken.map((one) => (one === spoken ? { ...one, until } : one)) };
  }
  const text = session.message(place)?.text ?? "";
  edits.tell(place, { answer: { ...speech, text }, played, cutAt: stop ? now : undefined });
  return edits.change();
}

/** A turn, and the place of its answer: the number of the answer's message in the session. */
export interface Place {
  readonly turn: string;
  readonly place: number;
}
