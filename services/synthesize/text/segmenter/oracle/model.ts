/**
 * A second segmenter, as simple as possible, against which the real one is tested: it has the whole text, and decides
 * from left to right with unlimited look-ahead. It knows the punctuation, quotations, brackets, numbers, lists and
 * markup of Chinese, Japanese and English. It knows no abbreviations, and the texts of the tests contain none. Property
 * tests cannot detect a rule that is consistently wrong; this model says where each clause must end.
 */
import { codeBlock, lineMark, tableRow } from "./blocks.ts";
import { isDigit, isKana, isLatin, isNewline, isSpace, isTrailing, isWide } from "./characters.ts";
import { constructAt } from "./constructs.ts";
import { afterMark, endAfter } from "./marks.ts";

/** Divides a text into clauses, from left to right. */
export function model(text: string): string[] {
  const clauses: string[] = [];
  let isLineStart = true;
  for (let start = 0; start < text.length; ) {
    if (isSpace(text.charAt(start))) {
      if (isNewline(text.charAt(start))) isLineStart = true;
      start++;
      continue;
    }
    const end = clauseEnd(text, start, isLineStart);
    clauses.push(text.slice(start, end));
    isLineStart = isNewline(text.charAt(end - 1));
    start = end;
  }
  return clauses;
}

/** The end of the clause that begins at `start`. */
function clauseEnd(text: string, start: number, isLineStart: boolean): number {
  const block =
    (text.charAt(start) === "`" || isLineStart ? codeBlock(text, start) : 0) ||
    (isLineStart && text.charAt(start) === "|" ? tableRow(text, start) : 0);
  if (block > 0) return block;
  let index = start;
  /** Whether the clause contains anything that is spoken. */
  let isWordy = false;
  let kana = false;
  let solid = start;
  const pass = (end: number, isHeard: boolean) => {
    for (; index < end; index++) {
      const c = text.charAt(index);
      if (isHeard && (isWide(c) || isLatin(c) || isDigit(c))) isWordy = true;
      if (isKana(c)) kana = true;
      if (!isTrailing(c)) solid = index;
    }
  };
  // The number of a list item is not a clause by itself.
  if (isLineStart) pass(lineMark(text, start), false);
  while (index < text.length) {
    const c = text.charAt(index);
    if (isNewline(c)) return index + 1;
    if (index > start && c === "`" && text.charAt(index - 1) !== "`" && codeBlock(text, index) > 0) return index;
    const construct = constructAt(text, index);
    if (construct !== undefined) {
      const [from, before] = [index, solid];
      pass(construct.end, construct.kind !== "silent");
      const end = construct.kind === "prose" && isWordy ? endAfter(text, from, construct.end, before) : 0;
      if (end > 0) return end;
      continue;
    }
    const end = isWordy ? afterMark(text, start, index, kana) : 0;
    if (end > 0) return end;
    pass(index + 1, true);
  }
  return text.length;
}
