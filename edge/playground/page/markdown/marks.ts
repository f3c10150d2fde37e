// Finds where markup ends. Unsuccessful searches are remembered in `without`, one set per range of text: the end of a
// mark that is never closed is then searched for only once, so that hostile text takes linear time.

/** Code between backticks: the code is `[from, to)`, and `after` is the position after the closing backticks. */
export interface CodeSpan {
  readonly from: number;
  readonly to: number;
  readonly after: number;
}

/** The code span that begins at `at`; undefined if not closed before `limit`. `without`: backtick runs never closed. */
export function codeAt(text: string, at: number, limit: number, without: Set<string>): CodeSpan | undefined {
  const length = runAt(text, at, limit);
  const ticks = "`".repeat(length);
  const from = at + length;
  if (without.has(ticks)) return undefined;
  for (let to = text.indexOf(ticks, from); to !== -1 && to < limit; ) {
    const closing = runAt(text, to, limit);
    if (closing === length) return { from, to, after: to + length };
    to = text.indexOf(ticks, to + closing);
  }
  without.add(ticks);
  return undefined;
}

/** The position, at `from` or later, of the characters that close `mark`; undefined if none come before `limit`. */
export function closingOf(
  mark: string,
  text: string,
  from: number,
  limit: number,
  without: Set<string>,
): number | undefined {
  if (without.has(mark)) return undefined;
  const sign = mark[0] as string;
  for (let at = from; at < limit; ) {
    if (text[at] === "\\") at += 2;
    else if (text[at] === "`") at = codeAt(text, at, limit, without)?.after ?? at + runAt(text, at, limit);
    else if (text[at] === sign) {
      const run = runAt(text, at, limit);
      // If the run of mark characters is longer than the mark, its last characters close the mark, and those before
      // them close marks that were opened inside it.
      const place = at + run - mark.length;
      const fits = run === mark.length || (run > mark.length && run !== 2 * mark.length);
      if (fits && place > from && canClose(text, at, run)) return place;
      at += run;
    } else at++;
  }
  without.add(mark);
  return undefined;
}

/**
 * Whether `mark`, whose content would begin at `inner`, may open markup: text must follow immediately, and a `_` must
 * not be inside a word.
 */
export function canOpen(mark: string, text: string, inner: number, limit: number): boolean {
  const insideWord = mark.startsWith("_") && isWord(text[inner - mark.length - 1]);
  return inner < limit && !/\s/.test(text[inner] as string) && !insideWord;
}

function canClose(text: string, at: number, run: number): boolean {
  const insideWord = text[at] === "_" && isWord(text[at + run]);
  return !/\s/.test(text[at - 1] ?? " ") && !insideWord;
}

/** Whether a character can be part of a word: whether it is a letter or digit. */
export function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/** The length of the run of equal characters that begins at `at`; the run ends at `limit` at the latest. */
export function runAt(text: string, at: number, limit: number): number {
  let run = 1;
  while (at + run < limit && text[at + run] === text[at]) run++;
  return run;
}
