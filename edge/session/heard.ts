/**
 * What of an answer was heard, from a place in its sound. Segments are heard one after the other, and where one ends in the text is known
 * to the character. Inside a segment only the weights of its words tell where the voice was: of those, what is counted is what was said to
 * its end, so that the model never takes for heard what was not.
 *
 * What is not said as it is written, such as a price, a date or a block of code that is named, is heard only as a whole. What is not said
 * at all, such as a table's lines, goes in with what was said before it. Places in the text are UTF-16 units.
 */
import { wordsOf } from "../../infra/text/spoken-words.ts";
import { secondsPerWeight } from "../../infra/text/weight.ts";

/** A place in the sound of a turn. */
export interface Position {
  /** A segment's index. */
  readonly segment: number;
  /** Sample frames of it that left the speaker. */
  readonly offset: number;
}

/** A segment of speech, as far as it was sent. */
export interface SpokenSegment {
  /** The written text that it covers. */
  readonly start: number;
  readonly end: number;
  /** Sample frames that were sent. */
  readonly frames: number;
  /** These are all of it. */
  readonly done: boolean;
  /** Its pieces in order: where each is in the written text, what it weighs, and whether it is said as it is written. */
  readonly pieces: readonly (readonly [start: number, end: number, weight: number, asWritten: boolean])[];
}

/** The speech of an answer, as far as it was sent. */
export interface Speech {
  /** Sample frames a second. */
  readonly rate: number;
  readonly segments: readonly SpokenSegment[];
  /** All that will be spoken of the text has been sent. */
  readonly complete: boolean;
}

/** How much of an answer was heard. */
export interface Heard {
  /** All before this. */
  readonly end: number;
  /** The place lay inside a segment. */
  readonly estimated: boolean;
}

/** What of `text` was heard when the sound had come to a place. A place beyond what was sent is taken for its end. */
export function heardAt(text: string, speech: Speech, { segment, offset }: Position): Heard {
  const last = speech.segments.length - 1;
  const index = Math.min(segment, last);
  const found = speech.segments[index];
  if (found === undefined) return { end: 0, estimated: false };
  const played = segment > last ? found.frames : Math.min(offset, found.frames);
  if (found.done && played >= found.frames) {
    const following = speech.segments[index + 1]?.start ?? (speech.complete ? text.length : found.end);
    return { end: following, estimated: false };
  }
  // Of what stands before the first word nothing was heard before that word.
  const begin = index === 0 ? 0 : found.start;
  if (played === 0) return { end: begin, estimated: false };
  return { end: Math.max(begin, cut(text, found, played / lengthOf(speech, found))), estimated: true };
}

/** The place that the sound has come to at most, if it was played from its first frame on without a pause. */
export function positionAfter({ rate, segments }: Speech, elapsedMs: number): Position {
  let rest = Math.max(0, Math.floor((elapsedMs * rate) / 1000));
  for (const [segment, { frames }] of segments.entries()) {
    if (rest < frames) return { segment, offset: rest };
    rest -= frames;
  }
  return { segment: segments.length, offset: 0 };
}

/** How long the sound that was sent lasts from a place on, in milliseconds. */
export function restOf({ rate, segments }: Speech, { segment, offset }: Position): number {
  const left = segments.slice(segment).reduce((sum, { frames }) => sum + frames, 0);
  const played = Math.min(offset, segments[segment]?.frames ?? 0);
  return rate === 0 ? 0 : ((left - played) / rate) * 1000;
}

/** The farther of two places. */
export function farther(one: Position | undefined, other: Position): Position {
  if (one === undefined) return other;
  return (other.segment - one.segment || other.offset - one.offset) > 0 ? other : one;
}

/** How long a segment is in frames; of one that is still being made, how long it will be at the pace of the voice so far. */
function lengthOf({ rate, segments }: Speech, segment: SpokenSegment): number {
  if (segment.done) return segment.frames;
  const known = segments.filter(({ done }) => done);
  const weight = known.reduce((sum, one) => sum + weightOf(one), 0);
  const pace = weight > 0 ? known.reduce((sum, { frames }) => sum + frames, 0) / weight : rate * secondsPerWeight;
  return Math.max(segment.frames, weightOf(segment) * pace);
}

function weightOf({ pieces }: SpokenSegment): number {
  return pieces.reduce((sum, [, , weight]) => sum + weight, 0);
}

// Sums of shares are not exact.
const tolerance = 1e-6;

/** Where the text of a segment is cut when this share of it was heard. */
function cut(text: string, segment: SpokenSegment, share: number): number {
  const words = wordsOf(
    segment.pieces.map(([start, end, weight, asWritten]) => ({
      written: text.slice(start, end),
      start,
      asWritten,
      weight,
    })),
  );
  const target = share * words.reduce((sum, { weight }) => sum + weight, 0) + tolerance;
  let passed = 0;
  let end = segment.start;
  for (const word of words) {
    if (passed + word.said > target) break;
    end = Math.max(end, word.end);
    passed += word.weight;
  }
  return narrow(text, segment, widen(text, segment, end));
}

/** Takes along the marks that close what was heard: they make no sound of their own. */
function widen(text: string, { start, end }: SpokenSegment, cut: number): number {
  if (cut === start) return cut;
  const rest = text.slice(cut, end);
  const [marks = ""] = /^[\p{Pe}\p{Pf}.,!?;:…"'。，、！？；：～]+/u.exec(rest) ?? [];
  // The point of a number, the colon of an address.
  if (marks !== "" && /^[\p{L}\p{N}]/u.test(rest.slice(marks.length)) && /^[.,:'"]+$/.test(marks)) return cut;
  const closer = ["**", "`"].find((mark) => rest.startsWith(mark, marks.length));
  const isOpen = closer !== undefined && text.slice(start, cut).split(closer).length % 2 === 0;
  return cut + marks.length + (isOpen ? closer.length : 0);
}

/** The farthest place not after this one that cuts no character, no word and nothing that is heard only as a whole. */
function narrow(text: string, segment: SpokenSegment, from: number): number {
  const { start, end } = segment;
  const written = text.slice(start, end);
  const wholes = wholesOf(text, segment);
  let cut = from;
  for (let before = -1; cut > start && cut < end && cut !== before; ) {
    before = cut;
    for (const segmenter of [graphemes, words]) {
      const { index, segment: unit } = segmenter.segment(written).containing(cut - start) ?? { index: 0, segment: "" };
      // Scripts without spaces are cut into words by their neighbours: there a word that was heard is whole enough.
      if (segmenter === graphemes || !withoutSpaces.test(unit)) cut = start + index;
    }
    for (const [from, to] of wholes) if (from < cut && cut < to) cut = from;
  }
  return Math.max(start, cut);
}

/** Where in the text is what is heard only as a whole, without the white space around it. */
function wholesOf(text: string, { pieces }: SpokenSegment): (readonly [start: number, end: number])[] {
  return pieces.flatMap(([start, end, , asWritten]) => {
    const written = text.slice(start, end);
    const from = start + written.length - written.trimStart().length;
    return asWritten ? [] : [[from, from + written.trim().length] as const];
  });
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
