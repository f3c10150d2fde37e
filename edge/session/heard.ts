/**
 * Computes which part of an answer's text was heard, from a position in its audio. Segments are heard one after
 * another, and the text position at which each ends is known exactly. Inside a segment, the text position that the
 * voice has reached can only be estimated, from the weights of the words: only words spoken to their end count, so that
 * the model is never told that unheard text was heard. Text that is spoken differently from how it is written, such as
 * a price, a date or an announced code block, counts only as a whole. Text that is not spoken at all, such as table
 * borders, counts as heard with the text before it. Positions in the text are UTF-16 units.
 */
import { wordsOf } from "../../infra/text/spoken-words.ts";
import { secondsPerWeight } from "../../infra/text/weight.ts";

/** A position in the audio of a turn. */
export interface Position {
  /** The index of a segment in the turn's speech. */
  readonly segment: number;
  /** How many sample frames of the segment have left the speaker. */
  readonly offset: number;
}

/** A segment of speech, as far as it has been sent. */
export interface SpokenSegment {
  /** The range of the written text that the segment covers: from `start` up to, but not including, `end`. */
  readonly start: number;
  readonly end: number;
  /** The number of the segment's sample frames sent so far. */
  readonly frames: number;
  /** Whether all of the segment's frames have been sent. */
  readonly done: boolean;
  /** The pieces, in order. `weight`: estimated speaking time; `asWritten`: whether a piece is spoken as written. */
  readonly pieces: readonly (readonly [start: number, end: number, weight: number, asWritten: boolean])[];
}

/** The speech of an answer, as far as it has been sent. */
export interface Speech {
  /** Sample frames per second. */
  readonly rate: number;
  readonly segments: readonly SpokenSegment[];
  /** Whether the speech of the whole text has been sent. */
  readonly complete: boolean;
}

/** How much of an answer was heard. */
export interface Heard {
  /** The position in the text up to which everything was heard. */
  readonly end: number;
  /** Whether `end` is an estimate, because playback was inside a segment. */
  readonly estimated: boolean;
}

/**
 * How much of `text` was heard when playback is at a position in the audio. A position beyond the audio that was sent
 * counts as the end of that audio.
 */
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
  // Before any audio was heard, no text counts as heard, not even text before the first segment.
  const begin = index === 0 ? 0 : found.start;
  if (played === 0) return { end: begin, estimated: false };
  return { end: Math.max(begin, cut(text, found, played / lengthOf(speech, found))), estimated: true };
}

/** The position that playback reaches after `elapsedMs` if it never pauses; at most the end of the audio sent. */
export function positionAfter({ rate, segments }: Speech, elapsedMs: number): Position {
  let rest = Math.max(0, Math.floor((elapsedMs * rate) / 1000));
  for (const [segment, { frames }] of segments.entries()) {
    if (rest < frames) return { segment, offset: rest };
    rest -= frames;
  }
  return { segment: segments.length, offset: 0 };
}

/** The duration of the sent audio after a position, in milliseconds. */
export function restOf({ rate, segments }: Speech, { segment, offset }: Position): number {
  const left = segments.slice(segment).reduce((sum, { frames }) => sum + frames, 0);
  const played = Math.min(offset, segments[segment]?.frames ?? 0);
  return rate === 0 ? 0 : ((left - played) / rate) * 1000;
}

/** Returns the later of two positions. */
export function farther(one: Position | undefined, other: Position): Position {
  if (one === undefined) return other;
  return (other.segment - one.segment || other.offset - one.offset) > 0 ? other : one;
}

/** The length of a segment in frames. Until all of the segment is sent, an estimate from the voice's pace so far. */
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

// Added to a sum of fractions before it is compared, since floating-point sums are not exact.
const tolerance = 1e-6;

/** The position in the text up to which a segment was heard, if the fraction `share` of its audio was heard. */
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

/** Moves the end of the heard text (`cut`) past closing punctuation, which makes no sound of its own. */
function widen(text: string, { start, end }: SpokenSegment, cut: number): number {
  if (cut === start) return cut;
  const rest = text.slice(cut, end);
  const [marks = ""] = /^[\p{Pe}\p{Pf}.,!?;:…"'。，、！？；：～]+/u.exec(rest) ?? [];
  // Inside a number or an address, such as `3.5` or `host:80`, a period or colon is not closing punctuation.
  if (marks !== "" && /^[\p{L}\p{N}]/u.test(rest.slice(marks.length)) && /^[.,:'"]+$/.test(marks)) return cut;
  const closer = ["**", "`"].find((mark) => rest.startsWith(mark, marks.length));
  const isOpen = closer !== undefined && text.slice(start, cut).split(closer).length % 2 === 0;
  return cut + marks.length + (isOpen ? closer.length : 0);
}

/**
 * Moves the end of the heard text back until it splits no character, no word, and no piece that counts only as a whole,
 * such as a price.
 */
function narrow(text: string, segment: SpokenSegment, from: number): number {
  const { start, end } = segment;
  const written = text.slice(start, end);
  const wholes = wholesOf(text, segment);
  let cut = from;
  for (let before = -1; cut < end && cut !== before; ) {
    before = cut;
    for (const segmenter of [graphemes, words]) {
      const { index, segment: unit } = segmenter.segment(written).containing(cut - start) ?? { index: 0, segment: "" };
      // In text without spaces, the boundaries of words depend on the context, so the cut is not moved back to the
      // beginning of a word.
      if (segmenter === graphemes || !withoutSpaces.test(unit)) cut = start + index;
    }
    for (const [from, to] of wholes) if (from < cut && cut < to) cut = from;
  }
  return Math.max(start, cut);
}

/** The ranges of the text that count as heard only as a whole, such as numbers, without surrounding white space. */
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
