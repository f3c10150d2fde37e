/** Collects changes to one session's records, so that they can be written together. */
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

/** A session as it was read from the store, with the store's time (`now`). */
export interface Session {
  readonly now: number;
  readonly head: Head | undefined;
  message(place: number): KeptMessage | undefined;
  speech(place: number): KeptSpeech | undefined;
}

/** The maximum size of a session. */
export interface SessionLimits {
  readonly maxMessages: number;
  /** The maximum size of all stored messages together, in bytes. */
  readonly maxBytes: number;
}

/** The state of a turn that is running or has ended. */
export interface Course {
  readonly answer: Answer;
  readonly played: Position | undefined;
  /** The time, by the store's clock, at which the turn was stopped before its end; undefined if it was not stopped. */
  readonly cutAt: number | undefined;
}

// When a session is full, messages are removed until it is filled to only this fraction of its maximum: the beginning
// of the conversation then stays the same for several turns.
const filled = 0.75;
const titleCharacters = 80;

/** Parses the records of a session. */
export function toSession({ now, records }: Snapshot): Session {
  return {
    now,
    head: decode<Head>(records.get(fields.head)),
    message: (place) => decode<KeptMessage>(records.get(fields.message(place))),
    speech: (place) => decode<KeptSpeech>(records.get(fields.speech(place))),
  };
}

/** Starts changing a session. `change` returns all changes made so far. */
export function startEdits(session: Session, { user }: Pick<Head, "user">): Edits {
  return new Edits(session, user);
}

class Edits {
  head: Head;
  readonly #session: Session;
  readonly #put = new Map<string, Buffer>();
  readonly #drop: string[] = [];

  constructor(session: Session, user: string) {
    const { now } = session;
    const none = { createdAt: now, updatedAt: now, title: "", first: 0, next: 0, count: 0, spoken: [] };
    this.#session = session;
    this.head = { ...none, ...session.head, user: session.head?.user || user };
  }

  change(): Change {
    return { put: new Map([[fields.head, encode(this.head)], ...this.#put]), drop: this.#drop };
  }

  /** Adds a message; returns its place (its number in the session). */
  add(message: KeptMessage, title: string): number {
    const { next: place, count } = this.head;
    this.#put.set(fields.message(place), encode(message));
    if (message.role === "assistant") this.#put.set(fields.speech(place), encode({ speech: silence }));
    this.head = { ...this.head, next: place + 1, count: count + 1, title: this.head.title || title };
    return place;
  }

  /** Updates an answer's message to the state of its turn. Returns false if the message is gone. */
  tell(place: number, { answer, played, cutAt }: Course): boolean {
    const message = this.#session.message(place);
    if (message === undefined) return false;
    const { text, ...sent } = answer;
    const speech = merge({ ...sent, played, cutAt }, this.#session.speech(place));
    const settled = settle(text, speech, this.#session.now);
    this.#put.set(fields.message(place), encode({ ...message, text, ...settled }));
    // The speech record is written only while reports on the turn are accepted: later, nothing would ever delete it.
    if (this.head.spoken.some((one) => one.place === place)) this.#put.set(fields.speech(place), encode(speech));
    return true;
  }

  /** Records that the turn no longer runs in the session. */
  release(turn: string): void {
    if (this.head.running?.turn === turn) this.head = { ...this.head, running: undefined };
  }

  /** Removes the messages of a turn that never started. */
  undo(turn: string, place: number): void {
    for (const at of [place - 1, place])
      if (this.#session.message(at)?.turn === turn) {
        this.#drop.push(fields.message(at), fields.speech(at));
        this.head = { ...this.head, count: this.head.count - 1 };
      }
    this.head = { ...this.head, spoken: this.head.spoken.filter((one) => one.turn !== turn) };
  }

  /**
   * Closes the session's running turn, whose edge does not respond: keeps what was last saved of the turn, or undoes
   * the turn if it never started.
   */
  closeRunning(): void {
    const { running } = this.head;
    if (running === undefined) return;
    this.release(running.turn);
    if (!running.started) {
      this.undo(running.turn, running.place);
      return;
    }
    const { now } = this.#session;
    const { text = "" } = this.#session.message(running.place) ?? {};
    const speech = this.#session.speech(running.place) ?? { speech: silence };
    this.tell(running.place, { answer: { ...speech, text }, played: undefined, cutAt: now });
    const spoken = this.head.spoken.map((one) => (one.turn === running.turn ? { ...one, until: now + reportMs } : one));
    this.head = { ...this.head, spoken };
  }

  /**
   * To be called when a new turn opens. If the caller has reported how far they heard the last answer, marks this
   * answer as stopped: by asking again before its end, the caller has stopped listening.
   */
  cutLast(): void {
    const last = this.head.spoken.at(-1);
    const speech = last && this.#session.speech(last.place);
    const message = last && this.#session.message(last.place);
    if (!last || !speech?.played || !message || this.#put.has(fields.message(last.place))) return;
    const { now } = this.#session;
    this.tell(last.place, { answer: { ...speech, text: message.text }, played: undefined, cutAt: now });
  }

  /** Deletes playback data of turns whose callers can no longer report. */
  forgetSpeech(): void {
    const { now } = this.#session;
    const isLate = ({ until = now }) => now > until;
    for (const { place } of this.head.spoken.filter(isLate)) {
      this.#put.delete(fields.speech(place));
      this.#drop.push(fields.speech(place));
    }
    this.head = { ...this.head, spoken: this.head.spoken.filter((one) => !isLate(one)) };
  }

  /** If two more messages do not fit, removes the oldest messages; a question is removed together with its answer. */
  trim({ records }: Snapshot, { maxMessages, maxBytes }: SessionLimits): void {
    let bytes = 0;
    for (const [name, { length }] of records) if (name.startsWith("m")) bytes += length;
    if (this.head.count + 2 <= maxMessages && bytes <= maxBytes) return;
    let { first, count } = this.head;
    const isFull = () => count + 2 > filled * maxMessages || bytes > filled * maxBytes;
    for (; first < this.head.next; first++) {
      const name = fields.message(first);
      // The message that `closeRunning` or `cutLast` has just changed is kept, and so are all later messages.
      if (this.#put.has(name)) break;
      const message = this.#drop.includes(name) ? undefined : this.#session.message(first);
      // An answer is removed together with its question.
      if (message?.role !== "assistant" && !isFull()) break;
      if (message === undefined) continue;
      bytes -= records.get(name)?.length ?? 0;
      count--;
      this.#drop.push(name, fields.speech(first));
    }
    const { spoken } = this.head;
    this.head = { ...this.head, first, count, spoken: spoken.filter(({ place }) => place >= first) };
  }
}

/** A turn's speech before any of it has been sent. */
export const silence = { rate: 0, segments: [], complete: false };

/** The beginning of a text, which serves as the session's title in lists. */
export function titleOf(text: string): string {
  return [...text.replace(/\s+/g, " ").trim()].slice(0, titleCharacters).join("");
}
