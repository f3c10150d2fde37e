/**
 * When each written word is heard. A segment of speech comes in pieces, each with what was written and what is said for it; its length is
 * known, and where in it a word begins is not. Each word gets the share of the time that its weight has. Captions and history both go by
 * these words, and so agree.
 */
import { spokenWeight } from "./weight.ts";

/** A piece of a segment: what was written and what is said for it. */
export interface SpokenPiece {
  /** The written text; empty for a pause that nobody wrote. */
  readonly written: string;
  /** Its first UTF-16 unit in the turn's written text. */
  readonly start: number;
  /** It is said as it is written: it can be cut between words. Else what is said stands for all that is written. */
  readonly asWritten: boolean;
  /** How long it takes to say, as `spanWeight` counts; 0 if nothing is said. */
  readonly weight: number;
}

/** A word that is heard. */
export interface Word {
  /** First UTF-16 unit in the turn's written text. */
  readonly start: number;
  /** One past the last unit. */
  readonly end: number;
  /** How long it takes to say. */
  readonly said: number;
  /** The same with the pause after it. */
  readonly weight: number;
}

// A written "2026/11/22" is one thing to light up; a longer rewritten piece would light up for too long.
const longestWhole = 16;

/** The words of a segment's pieces, which come in order. Together they weigh what the pieces weigh. */
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
 * Text that is said as it is written may come in pieces of any size: joined, it can be cut into words. And what several pieces stand for, such
 * as a block of code that is named in two words, has been said when the last of them has.
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

/** The written text of two pieces that touch. */
function union(one: SpokenPiece, other: SpokenPiece): Pick<SpokenPiece, "start" | "written"> {
  const before = other.written.slice(0, Math.max(0, one.start - other.start));
  const after = other.written.slice(Math.max(0, endOf(one) - other.start));
  return { start: one.start - before.length, written: before + one.written + after };
}

/** The words of one piece; none if nothing of it is seen or heard. */
function cutPiece({ written, start, asWritten, weight }: SpokenPiece): Word[] {
  const whole = written.trim();
  if (whole === "" || weight === 0) return [];
  const from = start + written.indexOf(whole);
  const end = from + whole.length;
  const one = { start: from, end, said: weight, weight };
  // What runs over lines, such as code, was named and not read: it lights up as one thing while its name is said.
  if (!asWritten && (whole.length <= longestWhole || whole.includes("\n"))) return [one];
  const words = split(written, start);
  const sum = words.reduce((total, word) => total + word.weight, 0);
  if (sum === 0) return [one];
  return words.map((word, index) => ({
    start: word.start,
    // Marks at the end of what is not said as it is written belong to it.
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
    // Marks are pauses: they belong to the word before them and do not light up.
    else words[words.length - 1] = { ...last, weight: last.weight + weight };
  }
  return words;
}
