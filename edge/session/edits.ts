/** Changes of one session's records that go together. */
import type { Position } from "./heard.ts";
import {
  type Answer,
  decode,
  encode,
  fields,
  type Head,
  type KeptMessage,
  type KeptSpeech,
  merge,
  reportMs,
  settle,
} from "./record.ts";
import type { Change, Snapshot } from "./store/store.ts";

/** A session as it was read. */
export interface Session {
  readonly now: number;
  readonly head: Head | undefined;
  message(place: number): KeptMessage | undefined;
  speech(place: number): KeptSpeech | undefined;
}

/** What bounds a session. */
export interface SessionLimits {
  readonly maxMessages: number;
  /** Of all messages together, as they are stored. */
  readonly maxBytes: number;
}

/** What is known of a turn that runs or has ended. */
export interface Course {
  readonly answer: Answer;
  readonly played: Position | undefined;
  /** Set if it was stopped before its end. */
  readonly cutAt: number | undefined;
}

// Of what may be kept, this share is left once something has to go: so the beginning stays the same for several turns.
const filled = 0.75;
const titleCharacters = 80;

/** Reads a session's records. */
export function toSession({ now, records }: Snapshot): Session {
  return {
    now,
    head: decode<Head>(records.get(fields.head)),
    message: (place) => decode<KeptMessage>(records.get(fields.message(place))),
    speech: (place) => decode<KeptSpeech>(records.get(fields.speech(place))),
  };
}

/** Begins to change a session. Nothing is changed but in what `change` returns. */
export function startEdits(session: Session, { user }: Pick<Head, "user">) {
  const { now } = session;
  const put = new Map<string, Buffer>();
  const drop: string[] = [];
  const none = { createdAt: now, updatedAt: now, title: "", first: 0, next: 0, count: 0, spoken: [] };
  const edits = {
    head: { ...none, ...session.head, user: session.head?.user || user } as Head,
    change(): Change {
      return { put: new Map([[fields.head, encode(edits.head)], ...put]), drop };
    },
    add(message: KeptMessage, title: string): number {
      const { next: place, count } = edits.head;
      put.set(fields.message(place), encode(message));
      if (message.role === "assistant") put.set(fields.speech(place), encode({ speech: silence }));
      edits.head = { ...edits.head, next: place + 1, count: count + 1, title: edits.head.title || title };
      return place;
    },
    /** Writes what is known of an answer; false if its message is gone. */
    tell(place: number, { answer, played, cutAt }: Course): boolean {
      const message = session.message(place);
      if (message === undefined) return false;
      const { text, ...sent } = answer;
      const speech = merge({ ...sent, played, cutAt }, session.speech(place));
      put.set(fields.message(place), encode({ ...message, text, ...settle(text, speech, now) }));
      put.set(fields.speech(place), encode(speech));
      return true;
    },
    /** The turn has the session no more. */
    release(turn: string) {
      if (edits.head.running?.turn === turn) edits.head = { ...edits.head, running: undefined };
    },
    undo(turn: string, place: number) {
      for (const at of [place - 1, place])
        if (session.message(at)?.turn === turn) {
          drop.push(fields.message(at), fields.speech(at));
          edits.head = { ...edits.head, count: edits.head.count - 1 };
        }
      edits.head = { ...edits.head, spoken: edits.head.spoken.filter((one) => one.turn !== turn) };
    },
    /** Closes the turn that has the session and does not answer: as it was last known, or not at all if it never started. */
    closeRunning() {
      const { running } = edits.head;
      if (running === undefined) return;
      edits.release(running.turn);
      if (!running.started) return edits.undo(running.turn, running.place);
      const { text = "" } = session.message(running.place) ?? {};
      const speech = session.speech(running.place) ?? { speech: silence };
      edits.tell(running.place, { answer: { ...speech, text }, played: undefined, cutAt: now });
      const spoken = edits.head.spoken.map((one) =>
        one.turn === running.turn ? { ...one, until: now + reportMs } : one,
      );
      edits.head = { ...edits.head, spoken };
    },
    /** Whoever says how far he has heard, and asks again before the end, has stopped listening. */
    cutLast() {
      const last = edits.head.spoken.at(-1);
      const speech = last && session.speech(last.place);
      const message = last && session.message(last.place);
      if (!last || !speech?.played || !message || put.has(fields.message(last.place))) return;
      edits.tell(last.place, { answer: { ...speech, text: message.text }, played: undefined, cutAt: now });
    },
    /** Forgets how turns sounded whose callers have had their time to report. */
    forgetSpeech() {
      const isLate = ({ until = now }) => now > until;
      drop.push(...edits.head.spoken.filter(isLate).map(({ place }) => fields.speech(place)));
      edits.head = { ...edits.head, spoken: edits.head.spoken.filter((one) => !isLate(one)) };
    },
    /** Makes room for two messages: the oldest go, with all that answers them. */
    trim({ records }: Snapshot, { maxMessages, maxBytes }: SessionLimits) {
      let bytes = 0;
      for (const [name, { length }] of records) if (name.startsWith("m")) bytes += length;
      if (edits.head.count + 2 <= maxMessages && bytes <= maxBytes) return;
      let { first, count } = edits.head;
      const isFull = () => count + 2 > filled * maxMessages || bytes > filled * maxBytes;
      for (; first < edits.head.next; first++) {
        const name = fields.message(first);
        // The turn that was closed just now.
        if (put.has(name)) break;
        const message = drop.includes(name) ? undefined : session.message(first);
        // An answer goes with its question.
        if (message?.role !== "assistant" && !isFull()) break;
        if (message === undefined) continue;
        bytes -= records.get(name)?.length ?? 0;
        count--;
        drop.push(name, fields.speech(first));
      }
      const { spoken } = edits.head;
      edits.head = { ...edits.head, first, count, spoken: spoken.filter(({ place }) => place >= first) };
    },
  };
  return edits;
}

/** The speech of a turn before its first event. */
export const silence = { rate: 0, segments: [], complete: false };

/** The beginning of a text, for lists. */
export function titleOf(text: string): string {
  return [...text.replace(/\s+/g, " ").trim()].slice(0, titleCharacters).join("");
}
