/**
 * Determines when each written word is heard. A segment of speech consists of pieces, each with its written and its
 * spoken text; the segment's duration is known, but not when each word begins. So each word gets a share of that time
 * according to its weight. Captions and history both use these words, and so agree with each other.
 */
import { spokenWeight } from "./weight.ts";

/** A piece of a segment: its written text, and how it is spoken. */
export interface SpokenPiece {
  /** The written text; empty for a pause that was not written. */
  readonly written: string;
  /** Where the piece or word begins in the turn's written text: the index of its first UTF-16 unit. */
  readonly start: number;
  /**
   * Whether the piece is spoken as written, so that it can be divided into words. Otherwise its spoken text stands for
   * the piece as a whole.
   */
  readonly asWritten: boolean;
  /** How long the piece takes to say, in units of `spanWeight`; 0 if nothing is spoken. */
  readonly weight: number;
}

/** A word of the written text, and how long it takes to say. */
export interface Word {
  /** Where the piece or word begins in the turn's written text: the index of its first UTF-16 unit. */
  readonly start: number;
  /** The position after the word's last UTF-16 unit. */
  readonly end: number;
  /** How long the word takes to say, in units of `spanWeight`. */
  readonly said: number;
  /** How long the word and the pause after it take, in units of `spanWeight`. */
  readonly weight: number;
}

// A piece that is not spoken as written, such as "2026/11/22", is highlighted as a whole if it has at most this many
// UTF-16 units: a longer piece would stay highlighted for too long.
const longestWhole = 16;

/** Divides a segment's pieces, which must be in order, into words. The total weight does not change. */
export function wordsOf(pieces: readonly SpokenPiece[]): Word[] {
  const words: Word[] = [];
  for (const piece of join(pieces)) {
    const cut = cutPiece(piece);
    const last = words.at(-1);
    if (cut.length > 0) words.push(...cut);
    else if (last !== undefined) words[words.length - 1] = { ...last, weight: last.weight + piece.weight };
  }
  return words;
}

/**
 * Merges pieces that belong together. Text spoken as written may arrive in pieces of any size, so adjacent pieces are
 * merged before they are divided into words. Several pieces may also stand for the same written text, such as a code
 * block that is announced in two words: it counts as spoken once the last of them has been spoken.
 */
function join(pieces: readonly SpokenPiece[]): SpokenPiece[] {
  const joined: SpokenPiece[] = [];
  for (let piece of pieces) {
    for (let last = joined.at(-1); last !== undefined; last = joined.at(-1)) {
      const follows = last.asWritten && piece.asWritten && endOf(last) === piece.start;
      if (!follows && piece.start >= endOf(last)) break;
      piece = { ...union(last, piece), asWritten: follows, weight: last.weight + piece.weight };
      joined.pop();
    }
    joined.push(piece);
  }
  return joined;
}

const endOf = ({ start, written }: Pick<SpokenPiece, "start" | "written">) => start + written.length;

/** The written text that two adjacent or overlapping pieces cover. */
function union(one: SpokenPiece, other: SpokenPiece): Pick<SpokenPiece, "start" | "written"> {
  const before = other.written.slice(0, Math.max(0, one.start - other.start));
  const after = other.written.slice(Math.max(0, endOf(one) - other.start));
  return { start: one.start - before.length, written: before + one.written + after };
}

/** The words of one piece; none if the piece has no written text, or if nothing is spoken for it. */
function cutPiece({ written, start, asWritten, weight }: SpokenPiece): Word[] {
  const whole = written.trim();
  if (whole === "" || weight === 0) return [];
  const from = start + written.indexOf(whole);
  const end = from + whole.length;
  const one = { start: from, end, said: weight, weight };
  // Text that spans lines, such as code, is announced instead of read aloud: it is highlighted as a whole during the
  // announcement.
  if (!asWritten && (whole.length <= longestWhole || whole.includes("\n"))) return [one];
  const words = split(written, start);
  const sum = words.reduce((total, word) => total + word.weight, 0);
  if (sum === 0) return [one];
  return words.map((word, index) => ({
    start: word.start,
    // The last word of a piece that is not spoken as written includes the punctuation after it.
    end: !asWritten && index === words.length - 1 ? end : word.end,
    said: (word.said * weight) / sum,
    weight: (word.weight * weight) / sum,
  }));
}

function split(text: string, offset: number): Word[] {
  const words: Word[] = [];
  for (const { segment, index, isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    const weight = spokenWeight(segment);
    const last = words.at(-1);
    if (isWordLike || last === undefined)
      words.push({ start: offset + index, end: offset + index + segment.length, said: weight, weight });
    // Punctuation is a pause: its time counts for the word before it, and it is not highlighted.
    else words[words.length - 1] = { ...last, weight: last.weight + weight };
  }
  return words;
}
