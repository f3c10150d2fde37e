/**
 * What is kept of a session: a head, and a record for each message, by its place. Places are given out once, when a turn opens, and never
 * again; so a message stays where it is, however late its text comes. What tells how an answer sounded is a record of its own, kept as long as
 * its caller may still say how far it was heard.
 */
import { versioned } from "../../infra/stores/versioned.ts";
import { farther, heardAt, type Position, positionAfter, type Speech } from "./heard.ts";

/** What is known of a session besides what was said. */
export interface Head {
  /** The person whose it is; empty if that was not said. */
  readonly user: string;
  /** Times are of the store's clock, in milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The profile that it was begun with; absent or empty: none. */
  readonly profile?: string;
  /** The beginning of its first question. */
  readonly title: string;
  /** The places of the messages are from `first` up to `next`; some may be gone. */
  readonly first: number;
  readonly next: number;
  /** How many messages there are. */
  readonly count: number;
  /** The turn that runs. */
  readonly running?: Running | undefined;
  /** Turns whose speech is kept, by the places of their answers. */
  readonly spoken: readonly { readonly turn: string; readonly place: number; readonly endedAt?: number }[];
}

/** The turn that has a session. */
export interface Running {
  readonly turn: string;
  /** The place of its answer. */
  readonly place: number;
  /** The edge that it runs on. */
  readonly edge: string;
  /** When that edge counts as gone, unless it says again that it is there. */
  readonly until: number;
  /** Its caller was told that it has started. */
  readonly started: boolean;
}

/** A message. */
export interface KeptMessage {
  readonly role: "user" | "assistant";
  /** The turn that it belongs to. */
  readonly turn: string;
  readonly createdAt: number;
  /** All that was written. */
  readonly text: string;
  /** How much of it was heard, in UTF-16 units. */
  readonly heard: number;
  /** It was stopped before its end. */
  readonly interrupted: boolean;
  /** How much was heard is not known to the word. */
  readonly estimated: boolean;
}

/** What of an answer was sent. */
export interface Answer {
  readonly text: string;
  readonly speech: Speech;
  /** When its first sound was sent, by the time of the day; undefined before. */
  readonly firstSoundAt?: number | undefined;
}

/** How an answer sounded, and how far it was heard. */
export interface KeptSpeech extends Omit<Answer, "text"> {
  /** The farthest place that was reported. */
  readonly played?: Position | undefined;
  /** When its speech was stopped before its end, by the time of the day. */
  readonly cutAt?: number | undefined;
}

/**
 * How much of an answer was heard, by all that is known of it at `now`. What was reported counts. Of an answer that nothing was reported of, all
 * is taken for heard if it was complete, else what there was time for.
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

/** The same speech with what is known of it on two sides. */
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

// Raise it with every change that an older edge would misread.
const codec = versioned(1);

/** A record as it is stored. */
export function encode(record: Head | KeptMessage | KeptSpeech): Buffer {
  return codec.encode(JSON.stringify(record));
}

/** A record that was stored; undefined if there is none, or none of this release. */
export function decode<R extends Head | KeptMessage | KeptSpeech>(stored: Buffer | undefined): R | undefined {
  const bytes = codec.decode(stored);
  return bytes === undefined ? undefined : (JSON.parse(bytes.toString()) as R);
}
