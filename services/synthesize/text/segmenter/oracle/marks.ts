import {
  isCloser,
  isDigit,
  isHan,
  isKana,
  isLatin,
  isLower,
  isNewline,
  isSpace,
  isTrailing,
  isUpper,
  isWide,
} from "./characters.ts";

const sentence = "。！？!?";

/**
 * The index right after everything that belongs to the punctuation mark right before `index`: further marks, closing
 * quotes and brackets, a newline.
 */
function absorb(text: string, index: number): number {
  for (let end = index; ; ) {
    const c = text.charAt(end);
    const next = text.charAt(end + 1);
    if (isNewline(c)) return end + 1;
    if ((c === "!" && next === "[") || (c === "~" && isDigit(next))) return end;
    if (c !== "" && (`${sentence}…~`.includes(c) || isCloser(c))) end++;
    else if (c !== "" && `"'*_`.includes(c)) {
      // Opening and closing marks look the same here: white space follows a closing one, but not an opening one.
      let after = end;
      while (text.charAt(after) === c) after++;
      if (after < text.length && !isSpace(text.charAt(after))) return end;
      end = after;
    } else return end;
  }
}

/**
 * The index right after the clause that ends with the quotation, bracket or emphasis `[from, to)`; 0 if the clause
 * continues. `before`: the end of the last word before `from`.
 */
export function endAfter(text: string, from: number, to: number, before: number): number {
  let last = to - 1;
  while (last >= from && isTrailing(text.charAt(last))) last--;
  const marks = to - 1 - last;
  if (last < from) last = before;
  const mark = text.charAt(last);
  if (mark === "" || !`${sentence}.…`.includes(mark)) return 0;
  const next = text.charAt(to);
  if (last >= from && marks > 1 && !".…".includes(mark) && /[*_]/.test(text.charAt(to - 1))) return to;
  if (next === "") return to;
  if (isNewline(next)) return to + 1;
  if ("“「".includes(next)) return to;
  if (isSpace(next)) return isLower(text.charAt(to + 1)) || isDigit(text.charAt(to + 1)) ? 0 : to;
  // Before one of these particles, as in “…”的, the sentence continues after the quotation, so no clause ends there.
  return isWide(next) && !"的是这那之等和与及或吗呢吧とでっもはがをにの".includes(next) && mark !== "." ? to : 0;
}

/** The index right after the clause that ends with the dots at `index`; 0 if the clause continues. */
function afterDots(text: string, index: number): number {
  let end = index;
  while (/[.…]/.test(text.charAt(end))) end++;
  const next = text.charAt(end);
  if (next === "" || isNewline(next) || isCloser(next) || sentence.includes(next)) return absorb(text, end);
  if (isWide(next)) return end;
  if (!isSpace(next)) return 0;
  const word = text.charAt(end + 1);
  return word === "" || isUpper(word) || isWide(word) ? end : 0;
}

/**
 * The end of the clause that began at `start` and comes before the number of a step, as in `1. Open 2. Click`; 0 if
 * there is none. The number ends at `index`.
 */
function beforeStep(text: string, start: number, index: number): number {
  const [figures = ""] = /\d{0,3}$/.exec(text.slice(start, index)) ?? [];
  const number = Number(figures);
  const first = index - figures.length;
  if (figures.length > 2 || number < 2 || first - start < 3 || !text.startsWith(`${number - 1}.`, start)) return 0;
  const [previous, next, word] = [first - 1, index + 1, index + 2].map((at) => text.charAt(at));
  if (isWide(previous ?? "") && isWide(next ?? "")) return first;
  return /^\s\s(?:[A-Z]|[\p{Script=Han}\p{Script=Hiragana}])$/u.test(`${previous}${next}${word}`) ? first - 1 : 0;
}

/** The index right after the clause that began at `start` and ends with the full stop at `index`; 0 if it continues. */
function afterStop(text: string, start: number, index: number): number {
  const previous = text.charAt(index - 1);
  const next = text.charAt(index + 1);
  if (previous === ".") return 0;
  if (next === ".") return afterDots(text, index);
  if (next === "" || isNewline(next)) return absorb(text, index + 1);
  const step = beforeStep(text, start, index);
  if (step > 0) return step;
  if (isSpace(next)) {
    const figures = /\d*$/.exec(text.slice(start, index))?.[0] ?? "";
    // A number before the full stop, as in "12. Then": at the start of the clause it is the number of a step. Elsewhere
    // the clause ends, unless a lower-case letter follows.
    if (figures !== "" && figures.length <= 3 && figures.length === index - start) return 0;
    if (figures !== "" && isLower(text.charAt(index + 2))) return 0;
    return absorb(text, index + 1);
  }
  if (isWide(next)) return isDigit(previous) ? 0 : index + 1;
  if (isUpper(next)) {
    // A space is missing after the full stop, as in "is done.Then we". If a capital precedes the full stop, or another
    // full stop is near, the full stop is part of a name, unless the next word typically begins sentences.
    const [before = ""] = /(?:\p{L}\.)?[A-Za-z]{0,14}$/u.exec(text.slice(0, index)) ?? [];
    const [, follower = "", dot] = /^([A-Z][a-z]{1,13})(?:(\.)|[\s,!?:;'’…]|$)/.exec(text.slice(index + 1)) ?? [];
    if (follower === "Then") return isLower(previous) ? index + 1 : 0;
    return follower !== "" && dot === undefined && /^[a-z]+$/.test(before) ? index + 1 : 0;
  }
  if (next === "<") return index + 1;
  if (!isCloser(next) && !`"'*_`.includes(next)) return 0;
  const end = absorb(text, index + 1);
  return end === text.length || isSpace(text.charAt(end)) || isNewline(text.charAt(end - 1)) ? end : 0;
}

/**
 * The index right after the clause that began at `start` and ends with the punctuation mark at `index`; 0 if the clause
 * continues after the mark. `kana`: whether the text is Japanese.
 */
export function afterMark(text: string, start: number, index: number, kana: boolean): number {
  const c = text.charAt(index);
  const previous = text.charAt(index - 1);
  const next = text.charAt(index + 1);
  switch (c) {
    case "。":
    case "！":
    case "？":
    case "；":
    case "，":
      return absorb(text, index + 1);
    case "：":
      return isDigit(previous) && isDigit(next) ? 0 : absorb(text, index + 1);
    case "、":
      return kana || isKana(previous) ? absorb(text, index + 1) : 0;
    case "…":
      return previous === "…" ? 0 : afterDots(text, index);
    case ".":
      return afterStop(text, start, index);
    case "!":
    case "?":
      if (isLower(next) || isDigit(next)) return 0;
      // In URLs and code, `!` and `?` do not end a clause.
      if (isUpper(next) && /[/.=@][^\s\p{Script=Han}\p{Script=Hiragana}]*$/u.test(text.slice(start, index))) return 0;
      return absorb(text, index + 1);
    case ",":
      if (isWide(next) || (isHan(previous) && !isLatin(next) && !isDigit(next))) return absorb(text, index + 1);
      if (isHan(previous) && isLatin(next)) return index + 1;
      return isSpace(next) ? absorb(text, index + 1) : 0;
    case ":":
      // The colon in a ratio of names does not end a clause: 糖:盐:醋=3:1:2.
      if (isHan(previous) && isHan(next) && /^[:：]$/.test(text.charAt(index + 2)))
        if (index - 1 === start || /[:：]/.test(text.charAt(index - 2))) return 0;
      if (isWide(next) && (isWide(previous) || isLatin(previous) || isCloser(previous))) return index + 1;
      return isSpace(next) ? absorb(text, index + 1) : 0;
    default:
      return c === ";" && (isSpace(next) || isWide(next)) ? absorb(text, index + 1) : 0;
  }
}
