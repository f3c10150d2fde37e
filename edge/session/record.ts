/**
 * The records of a session: a head (the data of the session as a whole), and one record per message, stored under its
 * place (its number in the session). A place is assigned once, when a turn opens, and never again, so a message stays where it is, however late its text arrives. The
 * speech of an answer is a separate record, kept as long as the caller may still report how far the answer was heard.
 */
import { versioned } from "../../infra/stores/versioned.ts";
import { farther, heardAt, type Position, positionAfter, restOf, type Speech } from "./heard.ts";

/** The data of a session, except its messages. */
export interface Head {
  /** The person that the session belongs to; empty if not given. */
  readonly user: string;
  /** When the session was created. All times here are Unix milliseconds of the store's clock. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The profile that the session was begun with; absent or empty if there is none. */
  readonly profile?: string;
  /** The session's title: the beginning of its first message that has a text. */
  readonly title: string;
  /** The messages are numbered from `first` up to, but not including, `next`; some numbers may be missing. */
  readonly first: number;
  readonly next: number;
  /** How many messages the session has. */
  readonly count: number;
  /** The turn that is running in the session; undefined if no turn is running. */
  readonly running?: Running | undefined;
  /**
   * The turns whose speech records are kept. `place` is the number of the answer's message; `until` is the time until
   * which the caller may report how far the answer was heard, and is absent while the turn runs.
   */
  readonly spoken: readonly { readonly turn: string; readonly place: number; readonly until?: number }[];
}

/** The turn that is running in a session. */
export interface Running {
  readonly turn: string;
  /** The number of the answer's message in the session. */
  readonly place: number;
  /** The edge that the turn runs on. */
  readonly edge: string;
  /** The time at which the turn's edge counts as gone, unless the edge renews its lease before. */
  readonly until: number;
  /** Whether the caller was told that the turn has started. */
  readonly started: boolean;
}

/** A message of a session, as stored. */
export interface KeptMessage {
  readonly role: "user" | "assistant";
  /** The turn that this message belongs to. */
  readonly turn: string;
  readonly createdAt: number;
  /** The full text of the message, as written. */
  readonly text: string;
  /** How much of the message's text was heard, in UTF-16 units. */
  readonly heard: number;
  /** Whether the answer was stopped before its end. */
  readonly interrupted: boolean;
  /** Whether `heard` is an estimate, not an exactly known position. */
  readonly estimated: boolean;
}

/** The parts of an answer's text and speech that were sent. */
export interface Answer {
  readonly text: string;
  readonly speech: Speech;
  /** The time, by the store's clock, at which the answer's first audio was sent; undefined before that. */
  readonly firstSoundAt?: number | undefined;
}

/** The part of an answer's speech that was sent, and how far it was heard. */
export interface KeptSpeech extends Omit<Answer, "text"> {
  /** The farthest position that the caller has reported as heard; undefined before the first report. */
  readonly played?: Position | undefined;
  /** The time (store's clock) at which the speech was stopped before its end; undefined if it was not stopped. */
  readonly cutAt?: number | undefined;
}

/** How long after the end of a turn's audio its caller may report how far the turn was heard, in milliseconds. */
export const reportMs = 30_000;

/**
 * How much of an answer was heard, as far as is known at `now`. The caller's report takes precedence. Without a report,
 * an answer that was sent in full and not stopped counts as heard in full. Any other answer counts as heard up to the
 * position that playback would have reached without pauses.
 */
export function settle(
  text: string,
  { speech, firstSoundAt = Number.POSITIVE_INFINITY, played, cutAt }: KeptSpeech,
  now: number,
): Pick<KeptMessage, "heard" | "interrupted" | "estimated"> {
  if (played === undefined && speech.complete && cutAt === undefined)
    return { heard: text.length, interrupted: false, estimated: true };
  const { end, estimated } = heardAt(text, speech, played ?? positionAfter(speech, (cutAt ?? now) - firstSoundAt));
  const interrupted = cutAt !== undefined && !(speech.complete && end === text.length);
  return { heard: end, interrupted, estimated: estimated || played === undefined };
}

/** The time until which the caller may report how far a finished answer was heard, as far as is known at `now`. */
export function reportableUntil({ speech, firstSoundAt, played, cutAt }: KeptSpeech, now: number): number {
  if (cutAt !== undefined) return now + reportMs;
  const place = played ?? positionAfter(speech, firstSoundAt === undefined ? 0 : now - firstSoundAt);
  return now + restOf(speech, place) + reportMs;
}

/** Combines two records of one answer's speech: the speech of `one`, the farthest `played` and the earliest `cutAt`. */
export function merge(one: KeptSpeech, other: KeptSpeech | undefined): KeptSpeech {
  if (other === undefined) return one;
  const played = other.played === undefined ? one.played : farther(one.played, other.played);
  const cuts = [one.cutAt, other.cutAt].filter((at) => at !== undefined);
  return { ...one, played, cutAt: cuts.length === 0 ? undefined : Math.min(...cuts) };
}

/** The names of a session's records. */
export const fields = {
  head: "head",
  message: (place: number) => `m${place}`,
  speech: (place: number) => `s${place}`,
};

// Increase this version with every change to the records that an older edge would misread.
const codec = versioned(1);

/** Serializes a record. */
export function encode(record: Head | KeptMessage | KeptSpeech): Buffer {
  return codec.encode(JSON.stringify(record));
}

/** Parses a stored record; undefined if `stored` is undefined or was written in another version. */
export function decode<R extends Head | KeptMessage | KeptSpeech>(stored: Buffer | undefined): R | undefined {
  const bytes = codec.decode(stored);
  return bytes === undefined ? undefined : (JSON.parse(bytes.toString()) as R);
}
