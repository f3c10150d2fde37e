import assert from "node:assert/strict";
import { describe, it } from "vitest";
import {
  isAlphanumeric,
  isAsciiLetter,
  isCloser,
  isDigit,
  isExtender,
  isHan,
  isKana,
  isLetter,
  isLower,
  isNewline,
  isRegional,
  isSpace,
  isSpaceless,
  isTrailing,
  isUpper,
  isWide,
  isWord,
} from "./characters.ts";

/** Characters of a kind, its first and last ones where it is a range, and others that only look so or stand beside. */
const kinds: readonly (readonly [is: (c: string) => boolean, those: string, others: string])[] = [
  [isNewline, "\n\r\u2028\u2029", "\t \u2027\u202a\v"],
  [isDigit, "09５０９", "/:／：a一٣½"],
  [isAsciiLetter, "azAZmM", "`{@[é0"],
  [
    isHan,
    "一\u9fff\u3400\u4dbf\uf900\ufaff\u{20000}\u{323af}〇",
    "\u4dff\ua000\u33ff\u4dc0\uf8ff\ufb00\u{1ffff}\u{323b0}〆々ー",
  ],
  [isKana, "ぁんァヶー・\u30ff", "\u3040\u3100一a"],
  [isRegional, "🇦🇿", "\u{1f1e5}\u{1f200}A"],
  [isSpace, " \t\n\u3000\u00a0", "a\u200b\u2800"],
  [isAlphanumeric, "azAZ09", "é５一_-"],
  [isWide, "一ぁー가\ud7a3", "\uabff\ud7a4aé。"],
  [isLetter, "azé一あกЯ", "0-'。\u0301"],
  [isUpper, "AZÉЯ", "azé一ª"],
  [isLower, "azéя", "AZÉ一0"],
  [isCloser, "”’」』）】》〉〕］｝»›)]}", "“‘「（([{\"'"],
  [isTrailing, "”)]}\"'*_~", "“‘([{-.`"],
  [isWord, "aé一あ0５½", "-'。 \u0301"],
  [isSpaceless, "กລកမ", "a一あ"],
  [
    isExtender,
    "\u200d\u0300\u0301\u20e3\ufe0f\u{1f3fb}\u{1f3ff}\u{e0020}\u{e007f}",
    "\u02ff\u200ca\u{1f3fa}\u{1f400}\u{e001f}\u{e0080}",
  ],
];

for (const [is, those, others] of kinds)
  describe(is.name, () => {
    for (const [c, expected] of [
      ...[...those].map((c) => [c, true] as const),
      ...[...others].map((c) => [c, false] as const),
      ["", false] as const,
    ])
      it(`${expected ? "is" : "is not"} U+${c.codePointAt(0)?.toString(16) ?? "nothing"}`, () => {
        assert.equal(is(c), expected);
        assert.equal(is(c), expected, "once more, as it is remembered");
      });
  });
