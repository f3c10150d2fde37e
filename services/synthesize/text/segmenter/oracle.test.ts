/**
 * A second segmenter, of the plainest kind: it has the whole text, and decides from left to right, looking as far as it likes. It knows the
 * marks, quotes, brackets, spans of code, figures and lists of Chinese, Japanese and English, and neither abbreviations nor markup, which the
 * texts here do not hold. Properties hold for any rule that is wrong in the same way everywhere; this one says where a clause ends.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { createSegmenter } from "./segmenter.ts";

const sentence = "。！？!?";
/** What closes a quote or bracket, and how many characters it may hold. */
const pairs: Readonly<Record<string, readonly [close: string, reach: number]>> = {
  "“": ["”", 60],
  "「": ["」", 48],
  "《": ["》", 48],
  "（": ["）", 48],
  "(": [")", 80],
};

/** Where the clauses of a text end and begin, as `[start, end]` of its characters. */
function model(text: string): [number, number][] {
  const t = [...text];
  const at = (index: number) => t[index] ?? "";
  const isNewline = (c: string) => c === "\n";
  const isSpace = (c: string) => /^\s$/.test(c);
  const isDigit = (c: string) => /^[0-9]$/.test(c);
  const isHan = (c: string) => /^\p{Script=Han}$/u.test(c);
  const isKana = (c: string) => /^[\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(c);
  const isWide = (c: string) => isHan(c) || isKana(c);
  const isLatin = (c: string) => /^[A-Za-z]$/.test(c);
  const isLower = (c: string) => /^[a-z]$/.test(c);
  const isUpper = (c: string) => /^[A-Z]$/.test(c);
  const isCloser = (c: string) => c !== "" && "”」》）)".includes(c);
  const lineOf = (from: number) => text.slice(t.slice(0, from).join("").length).split("\n")[0] ?? "";

  /** Past what belongs to a mark that ends before `index`: more marks, what closes, a newline. */
  function absorb(index: number): number {
    for (let end = index; ; ) {
      const c = at(end);
      if (isNewline(c)) return end + 1;
      if (c !== "" && (`${sentence}…`.includes(c) || isCloser(c))) end++;
      else if (c === '"') {
        let after = end;
        while (at(after) === '"') after++;
        if (at(after) !== "" && !isSpace(at(after))) return end;
        end = after;
      } else return end;
    }
  }

  /** One past what the character at `index` opens; 0 if it opens nothing. */
  function enclosedFrom(index: number): number {
    const c = at(index);
    if (c === "`") {
      if (at(index - 1) === "`") return 0;
      const [marks = ""] = /^`+/.exec(lineOf(index)) ?? [];
      // A run of as many marks, not of more or fewer, on lines of which none is blank.
      const rest = t.slice(index + marks.length).join("");
      const blank = rest.search(/\n[^\S\n]*\n/);
      for (const { 0: run, index: place } of rest.matchAll(/`+/g))
        if (run.length === marks.length && (blank < 0 || place < blank))
          return index + marks.length + [...rest.slice(0, place)].length + run.length;
      return 0;
    }
    const line = [...lineOf(index)];
    if (c === '"') {
      if (/^[A-Za-z0-9]$/.test(at(index - 1)) || at(index + 1) === "" || isSpace(at(index + 1))) return 0;
      const close = line.indexOf('"', 1);
      return close < 0 || close - 1 > 80 ? 0 : index + close + 1;
    }
    const pair = pairs[c];
    if (pair === undefined) return 0;
    const [close, reach] = pair;
    let depth = 0;
    for (const [place, each] of line.entries()) {
      if (each === c) depth++;
      if (each === close) depth--;
      if (depth === 0) return place - 1 > reach ? 0 : index + place + 1;
    }
    return 0;
  }

  /** One past the clause that ends with the quote or bracket `[from, to)`; 0 if none does. */
  function endAfter(from: number, to: number, before: number): number {
    let last = to - 1;
    while (last >= from && (isCloser(at(last)) || '"`'.includes(at(last)))) last--;
    if (last < from) last = before;
    const mark = at(last);
    if (mark === "" || !`${sentence}.…`.includes(mark)) return 0;
    const next = at(to);
    if (next === "") return to;
    if (isNewline(next)) return to + 1;
    if ("“「".includes(next)) return to;
    if (isSpace(next)) return isLower(at(to + 1)) || isDigit(at(to + 1)) ? 0 : to;
    // Small words go on with the sentence around the quote.
    return isWide(next) && !"的是这那之等和与及或吗呢吧とでっもはがをにの".includes(next) && mark !== "." ? to : 0;
  }

  /** One past the clause that began at `start` and ends with the dots at `index`; 0 if it goes on. */
  function afterDots(index: number): number {
    let end = index;
    while (at(end) === "." || at(end) === "…") end++;
    const next = at(end);
    if (next === "" || isNewline(next) || isCloser(next) || sentence.includes(next)) return absorb(end);
    if (isWide(next)) return end;
    if (!isSpace(next)) return 0;
    const word = at(end + 1);
    return word === "" || isUpper(word) || isWide(word) ? end : 0;
  }

  /** One past the clause that began at `start` and ends with the full stop at `index`; 0 if it goes on. */
  function afterStop(start: number, index: number): number {
    const previous = at(index - 1);
    const next = at(index + 1);
    if (previous === ".") return 0;
    if (next === ".") return afterDots(index);
    if (next === "" || isNewline(next)) return absorb(index + 1);
    if (isSpace(next)) {
      const figures = /\d*$/.exec(t.slice(start, index).join(""))?.[0] ?? "";
      // "12. Then": the number of a step, where it begins the clause; elsewhere the end, unless a small letter follows.
      if (figures !== "" && figures.length <= 3 && figures.length === index - start) return 0;
      if (figures !== "" && isLower(at(index + 2))) return 0;
      return absorb(index + 1);
    }
    if (isWide(next)) return isDigit(previous) ? 0 : index + 1;
    if (isUpper(next)) {
      // The space was left out, as in "is done.Then we". A capital before the full stop or another after it makes it a name, unless what
      // follows begins sentences as a rule.
      const [before = ""] = /[A-Za-z]*$/.exec(t.slice(0, index).join("")) ?? [];
      const [, follower = "", dot] = /^([A-Z][a-z]+)(?:(\.)|[\s,!?:;’…]|$)/.exec(t.slice(index + 1).join("")) ?? [];
      if (follower === "Then") return isLower(previous) ? index + 1 : 0;
      return follower !== "" && dot === undefined && /^[a-z]+$/.test(before) ? index + 1 : 0;
    }
    if (!isCloser(next) && next !== '"') return 0;
    const end = absorb(index + 1);
    return at(end) === "" || isSpace(at(end)) || isNewline(at(end - 1)) ? end : 0;
  }

  /** One past the clause that began at `start` and ends with the mark at `index`; 0 if it goes on. */
  function afterMark(start: number, index: number, kana: boolean): number {
    const c = at(index);
    const previous = at(index - 1);
    const next = at(index + 1);
    if ("。！？；".includes(c)) return absorb(index + 1);
    if (c === "，") return absorb(index + 1);
    if (c === "：") return isDigit(previous) && isDigit(next) ? 0 : absorb(index + 1);
    if (c === "、") return kana || isKana(previous) ? absorb(index + 1) : 0;
    if (c === "…") return previous === "…" ? 0 : afterDots(index);
    if (c === ".") return afterStop(start, index);
    if ("!?".includes(c)) {
      if (isLower(next) || isDigit(next)) return 0;
      if (
        isUpper(next) &&
        /[/.=@]/.test(
          t
            .slice(start, index)
            .join("")
            .match(/[^\s\p{Script=Han}\p{Script=Hiragana}]*$/u)?.[0] ?? "",
        )
      )
        return 0;
      return absorb(index + 1);
    }
    if (c === ",") {
      if (isWide(next) || (isHan(previous) && !isLatin(next) && !isDigit(next))) return absorb(index + 1);
      if (isHan(previous) && isLatin(next)) return index + 1;
      return isSpace(next) ? absorb(index + 1) : 0;
    }
    if (c === ":") {
      if (isWide(next) && (isWide(previous) || isLatin(previous) || isCloser(previous))) return index + 1;
      return isSpace(next) ? absorb(index + 1) : 0;
    }
    return c === ";" && (isSpace(next) || isWide(next)) ? absorb(index + 1) : 0;
  }

  const clauses: [number, number][] = [];
  let start = 0;
  let isLineStart = true;
  while (start < t.length) {
    if (isSpace(at(start))) {
      if (isNewline(at(start))) isLineStart = true;
      start++;
      continue;
    }
    let index = start;
    let isWordy = false;
    let kana = false;
    let solid = start;
    const pass = (end: number) => {
      for (; index < end; index++) {
        const c = at(index);
        if (isWide(c) || isLatin(c) || isDigit(c)) isWordy = true;
        if (isKana(c)) kana = true;
        if (!isCloser(c) && !'"`'.includes(c)) solid = index;
      }
    };
    if (isLineStart) {
      // The number of a list's item is no clause by itself: "1. ", "2、", "(3)".
      const [number = ""] =
        /^(?:\d{1,3}[.)、）](?![\dA-Za-z])|\d{1,3}[)）、](?!\d)|[(（]\d{1,3}[)）](?!\d))/.exec(lineOf(start)) ?? [];
      pass(start + number.length);
      isWordy = false;
    }
    let end = 0;
    while (end === 0 && index < t.length) {
      const c = at(index);
      if (isNewline(c)) end = index + 1;
      else {
        const from = index;
        const closed = enclosedFrom(index);
        const isMark = closed === 0 && isWordy && "。！？；，：、….!?,:;".includes(c);
        if (isMark) end = afterMark(start, index, kana);
        if (end === 0) {
          pass(closed === 0 ? index + 1 : closed);
          // Code is no sentence.
          if (closed > 0 && c !== "`" && isWordy) end = endAfter(from, closed, Math.min(solid, from));
        }
      }
    }
    if (end === 0) end = t.length;
    clauses.push([start, end]);
    isLineStart = isNewline(at(end - 1));
    start = end;
  }
  return clauses;
}

const words = "今天 我们去 好 はい 的 river Stone opens Then 3 12 1234 1,299.50 10:30 10：30".split(" ");
const marks = [
  ..."，。！？；：、",
  "……",
  "…",
  "...",
  ..."., ,. .! .? ,",
  ", ",
  ". ",
  "! ",
  "? ",
  "; ",
  ": ",
  ".",
  ",",
  "!",
  "?",
  ":",
  ".Then",
  ".Then.",
  ".Stone",
  ".Stone.",
];
const around = ["（", "）", "“", "”", "「", "」", "《", "》", "(", ")", '"', "`", "``", " ", "\n"];
const texts = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...words) },
      { weight: 3, arbitrary: fc.constantFrom(...marks) },
      { weight: 2, arbitrary: fc.constantFrom(...around) },
    ),
    { maxLength: 28 },
  )
  .map((parts) => parts.join(""))
  // Fences are code blocks, which are no part of this model.
  .filter((text) => !text.includes("```"));

const widthOf = (text: string) =>
  [...text].reduce((sum, c) => sum + (/[\p{Script=Han}\p{Script=Hiragana}]/u.test(c) ? 2 : 1), 0);

it("cuts as the model does, wherever a clause is not too long", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const points = [...text];
      const expected = model(text).map(([start, end]) => points.slice(start, end).join(""));
      fc.pre(expected.every((clause) => widthOf(clause) <= 112));
      const segmenter = createSegmenter();
      const actual = [...segmenter.push(text), ...segmenter.flush()].map((clause) => clause.text);
      assert.deepEqual(actual, expected);
    }),
    { numRuns: Number(process.env.WORDS_RUNS ?? 500) },
  );
});
