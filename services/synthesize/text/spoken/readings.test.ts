import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { it } from "vitest";
import { createSegmenter } from "../segmenter/segmenter.ts";
import { createSpokenForm, type SpokenFormOptions } from "./spoken.ts";
import type { SpokenClause } from "./spoken-clause.ts";

function speak(text: string, options: SpokenFormOptions = {}): SpokenClause[] {
  const segmenter = createSegmenter();
  const spokenForm = createSpokenForm(options);
  return [...segmenter.push(text), ...segmenter.flush()].map((clause) => spokenForm.speak(clause));
}

const said = (text: string, options: SpokenFormOptions = {}): string =>
  speak(text, options)
    .map(({ spoken }) => spoken)
    .filter((spoken) => spoken !== "")
    .join(" / ");

const unescaped = (text: string): string => text.replace(/\\(n|\\)/g, (_, c) => (c === "n" ? "\n" : "\\"));

/** Each file of `readings` has lines `written  →  spoken`, a slash between clauses, under headings. */
for (const [file, options] of [
  ["zh", { language: "zh" }],
  ["en", { language: "en" }],
  ["mix", {}],
  ["markup", {}],
] as const) {
  let heading = "";
  for (const line of readFileSync(new URL(`readings/${file}.txt`, import.meta.url), "utf8").split("\n")) {
    const [written = "", spoken] = line.split("  →  ");
    if (spoken === undefined) heading = line.startsWith("# ") ? line.slice(2) : heading;
    else it(`${heading}: ${written}`, () => assert.equal(said(unescaped(written), options), spoken));
  }
}

it("tells the language from the text, whatever was asked for", () => {
  assert.equal(said("室温25°C。", { language: "en" }), "室温二十五摄氏度。");
  assert.equal(said("It is 25°C.", { language: "zh" }), "It is twenty-five degrees Celsius.");
  assert.equal(said("3.14", { language: "en-US" }), "three point one four");
  assert.equal(said("3.14", { language: "zh-CN" }), "三点一四");
  assert.equal(said("价格是¥5。3.14"), "价格是五元。 / 三点一四");
});

it("leaves the figures of languages that it has no rules for", () => {
  assert.equal(said("この**商品**は1,200円です。"), "この商品は1,200円です。");
  assert.equal(said("Le prix est de 3,50 € pour vous.", { language: "fr" }), "Le prix est de 3,50 € pour vous.");
});

it("names code once and says which clauses hold it", () => {
  const clauses = speak("看：\n```js\nlet a = 1;\n```\n好。");
  assert.deepEqual(
    clauses.map(({ spoken, omitted }) => [spoken, omitted]),
    [
      ["看：", undefined],
      ["代码略。", "code"],
      ["好。", undefined],
    ],
  );
});

it("reads words of the lexicon as it says", () => {
  const lexicon = { 重庆: "chong2 qing4", SQL: "sequel", 长安: "常安" };
  assert.equal(said("重庆的SQL和NoSQL", { lexicon }), "虫庆的sequel和NoSQL");
  assert.equal(said("长安街", { lexicon }), "常安街");
});

/** What each span's written and spoken ranges hold. */
function pairs(text: string, options: SpokenFormOptions = {}): [written: string, spoken: string][] {
  const points = [...text];
  return speak(text, options).flatMap(({ spoken, spans }) =>
    spans.map((span): [string, string] => [
      points.slice(span.start, span.end).join(""),
      [...spoken].slice(span.spokenStart, span.spokenEnd).join(""),
    ]),
  );
}

it("maps what is spoken to what is written", () => {
  assert.deepEqual(pairs("价格是**¥299**。"), [
    ["价格是", "价格是"],
    ["¥299", "二百九十九元"],
    ["。", "。"],
  ]);
  assert.deepEqual(pairs("😀见https://a.cn/b吧"), [
    ["见", "见"],
    ["https://a.cn/b", "链接"],
    ["吧", "吧"],
  ]);
});

const snippets = fc.constantFrom(
  ..."今天|价格是|约|第|2024|1,299.50|-3.5|2|10:30|5%|¥|$|℃|kg| |word |Dr. |May 5, |I |II|。|，|.|,|!|\n|**|*|_|`|```\n|# |- |1. || a | b |\n|---|\n|[|](u)|![|<b>|<|>|&amp;|&|$x^2$|\\(|\\)|\\frac|{|}|https://a.cn|a@b.cn|😀|👨‍👩‍👧|①|½|²|Ⅲ|~|-|—|/|=|+|×|^|#|@|(|)|“|”|こ|한|é|\u200b|\ud83d".split(
    "|",
  ),
);
const anyText = fc.oneof(
  { weight: 5, arbitrary: fc.array(snippets, { maxLength: 20 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
);

it("speaks any text: spans in order, covering all that is spoken, inside their clause", () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom(undefined, "zh", "en", "fr"), (text, language) => {
      for (const { clause, spoken, spans } of speak(text, language === undefined ? {} : { language })) {
        let spokenEnd = 0;
        let start = clause.start;
        for (const span of spans) {
          assert.equal(span.spokenStart, spokenEnd);
          assert.ok(span.spokenEnd > span.spokenStart);
          assert.ok(span.start >= start && span.end >= span.start && span.end <= clause.end);
          start = span.start;
          spokenEnd = span.spokenEnd;
        }
        assert.equal([...spoken].length, spokenEnd);
        // A comparison in a language without rules stays as it is written.
        assert.ok(!/[*#_|`[\]{}\\]|[<>](?!\s?\p{N})(?<!\p{N}\s?[<>])/u.test(spoken), spoken);
      }
    }),
    { numRuns: 20_000 },
  );
});
