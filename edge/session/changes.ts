/** What a turn does to the records of its session: pure, and the same wherever they are kept. */
import { type Course, reportMs, type Session, type SessionLimits, startEdits, titleOf, toSession } from "./edits.ts";
import type { Position } from "./heard.ts";
import type { Change, Snapshot } from "./store/store.ts";

/** A turn that opens. */
export interface Opening {
  readonly turn: string;
  readonly edge: string;
  /** The person; empty if that was not said. */
  readonly user: string;
  /** Its profile. Default: none. */
  readonly profile?: string;
  /** What is asked; undefined if the turn answers nothing. */
  readonly question: string | undefined;
  /** The text of the answer, if that is known already. */
  readonly given: string;
}

/** An edge that has said nothing for this long counts as gone, in milliseconds. */
export const leaseMs = 3_000;

/** Opens a turn on all of a session; one that still has it is closed as it was last known. Returns the place of the answer too. */
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

/** Notes how far a turn is that runs; undefined if it has the session no more. */
export function saveTurn(session: Session, { turn, place }: Place, course: Course): Change | undefined {
  const { head, now } = session;
  if (head?.running?.turn !== turn) return undefined;
  const edits = startEdits(session, head);
  edits.head = { ...head, running: { ...head.running, until: now + leaseMs, started: true } };
  return edits.tell(place, course) ? edits.change() : undefined;
}

/** Ends a turn: its message is what was heard of it. Undefined if its message is gone. */
export function endTurn(session: Session, { turn, place }: Place, course: Course): Change | undefined {
  const { head, now } = session;
  if (head === undefined || session.message(place)?.turn !== turn) return undefined;
  const edits = startEdits(session, head);
  edits.release(turn);
  const spoken = head.spoken.map((one) => (one.turn === turn ? { ...one, endedAt: one.endedAt ?? now } : one));
  edits.head = { ...edits.head, spoken, updatedAt: now };
  edits.tell(place, course);
  return edits.change();
}

/** Takes back a turn that never started. `empty` tells that nothing is left of the session. */
export function undoTurn(session: Session, { turn, place }: Place): (Change & { empty: boolean }) | undefined {
  const { head } = session;
  if (head === undefined || session.message(place)?.turn !== turn) return undefined;
  const edits = startEdits(session, head);
  edits.release(turn);
  edits.undo(turn, place);
  return { ...edits.change(), empty: edits.head.count === 0 };
}

/**
 * Notes how far a turn was heard that runs on another edge, or has ended; `stop` if its speech was stopped there. Undefined if it is too
 * late for that, or its message is gone.
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
  if (spoken.endedAt !== undefined && now - spoken.endedAt > reportMs) return undefined;
  const edits = startEdits(session, head);
  const text = session.message(place)?.text ?? "";
  edits.tell(place, { answer: { ...speech, text }, played, cutAt: stop ? now : undefined });
  return edits.change();
}

/** A turn, and where its answer is. */
export interface Place {
  readonly turn: string;
  readonly place: number;
}
