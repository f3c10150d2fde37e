import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { known } from "../window/known.fixture.ts";
import { grade } from "./grade.ts";
import { judgeKana } from "./kana.ts";

/** Texts with `^` where a border is looked for, and what the rules say of it. */
const rows: Readonly<Record<string, readonly (readonly [text: string, answer: "phrase" | "word" | "no"])[]>> = {
  "を ends a phrase before hanzi and kana": [
    ["水を^飲む", "phrase"],
    ["それを^飲む", "phrase"],
    ["水を^のむ", "phrase"],
    ["水を^コップ", "phrase"],
    ["水を^open", "no"],
    ["水を^、飲", "no"],
  ],
  "は and が behind a noun end one before hanzi and katakana": [
    ["今日は^雨だ", "phrase"],
    ["今日が^雨だ", "phrase"],
    ["カメラは^夜も", "phrase"],
    ["今日は^テレビ", "phrase"],
    ["今日は^ァ", "phrase"],
    ["今日は^あめ", "no"],
    ["今日は^ん", "no"],
    ["今日は^rain", "no"],
    ["あれは^雨だ", "no"],
  ],
  "other particles there end only a word": [
    ["学校に^行く", "word"],
    ["電車で^行く", "word"],
    ["友達と^行く", "word"],
    ["夜でも^撮れ", "no"],
    ["学校へ^行く", "word"],
    ["カメラも^撮る", "word"],
    ["学校の^本だ", "no"],
    ["学校^行く", "no"],
    ["^行く", "no"],
  ],
  "では and には end a phrase, whatever is before them": [
    ["これでは^無理", "phrase"],
    ["これには^無理", "phrase"],
    ["これでが^無理", "no"],
    ["これとは^無理", "no"],
  ],
  "a pair of kana that forms a word with the particle is no noun": [
    ["またに^行く", "no"],
    ["あるでは^無理", "phrase"],
    ["または^無理", "no"],
    ["のでは^無理", "phrase"],
    ["そのには^無理", "phrase"],
  ],
};

for (const [rule, of] of Object.entries(rows))
  describe(rule, () => {
    for (const [text, expected] of of)
      it(text, () => {
        const { window, index } = known(text);
        const answer = judgeKana(window, index);
        assert.equal(answer === grade.phrase ? "phrase" : answer === grade.word ? "word" : "no", expected);
      });
  });
