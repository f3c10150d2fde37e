import { spokenWeight } from "../../../../infra/text/weight.ts";

/** A word that lights up while it is spoken. */
export interface Word {
  /** First UTF-16 unit in the turn's written text. */
  readonly start: number;
  /** One past the last unit. */
  readonly end: number;
  /** How long it takes to say with the pause after it, as `spokenWeight` counts. */
  readonly weight: number;
}

/** A piece of a segment: what was written and what is said for it. */
export interface SpokenPiece {
  /** The written text. */
  readonly written: string;
  /** Its first unit in the turn's written text. */
  readonly start: number;
  /** What is said for it. */
  readonly spoken: string;
}

// A written "2026/11/22" is one thing to light up; a longer rewritten piece would light up for too long.
const longestWhole = 16;

/** Cuts a piece into words. The piece's words together weigh what its spoken text weighs. */
export function wordsOf({ written, start, spoken }: SpokenPiece): Word[] {
  const weight = spokenWeight(spoken);
  const whole = written.trim();
  if (whole === "" || weight === 0) return [];
  // What runs over lines, such as code, was named and not read: it lights up as one thing while its name is said.
  const isNamed = whole.includes("\n");
  if (written !== spoken && (isNamed || whole.length <= longestWhole)) {
    const from = start + written.indexOf(whole);
    return [{ start: from, end: from + whole.length, weight }];
  }
  const words = split(written, start);
  const sum = words.reduce((total, word) => total + word.weight, 0);
  return sum === 0 ? [] : words.map((word) => ({ ...word, weight: (word.weight * weight) / sum }));
}

function split(text: string, offset: number): Word[] {
  const words: Word[] = [];
  for (const { segment, index, isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    const weight = spokenWeight(segment);
    const last = words.at(-1);
    if (isWordLike || last === undefined)
      words.push({ start: offset + index, end: offset + index + segment.length, weight });
    // Marks are pauses: they belong to the word before them and do not light up.
    else words[words.length - 1] = { ...last, weight: last.weight + weight };
  }
  return words;
}
