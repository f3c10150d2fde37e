import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { createSegmenter } from "../segmenter/segmenter.ts";
import { isAccepted, joint } from "./readings/heard.ts";
import { blindRows, listRows, openBlindRows, readingRows } from "./readings/rows.ts";
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

for (const { kind, written, spoken, language } of [...readingRows(), ...listRows()])
  it(`${kind}: ${written}`, () => assert.equal(said(written, language === undefined ? {} : { language }), spoken));

const open = openBlindRows();
for (const { id, lang, text, accepted } of blindRows())
  it(`blind ${lang} ${id}: ${text}`, () => {
    const spoken = speak(text, lang === "mix" ? {} : { language: lang })
      .map((clause) => clause.spoken)
      .join(joint(lang));
    const right = isAccepted(lang, spoken, accepted);
    if (open.has(id)) assert.ok(!right, "it is read right by now: take it off readings/blind.open.txt");
    else assert.ok(right, spoken);
  });

it("holds no row twice", () => {
  const seen = new Set<string>();
  for (const { file, line, written } of readingRows()) {
    assert.ok(!seen.has(`${file} ${written}`), `${file}.txt:${line} is there already`);
    seen.add(`${file} ${written}`);
  }
});

it("tells the language from the text, whatever was asked for", () => {
  assert.equal(said("室温25°C。", { language: "en" }), "室温二十五摄氏度。");
  assert.equal(said("It is 25°C.", { language: "zh" }), "It is twenty-five degrees Celsius.");
  assert.equal(said("3.14", { language: "en-US" }), "three point one four");
  assert.equal(said("3.14", { language: "zh-CN" }), "三点一四");
  assert.equal(said("价格是¥5。3.14"), "价格是五元。 / 三点一四");
});

it("reads a sign alike whether or not it is marked as an emoji", () => {
  const signs = /[[\p{Emoji}--\p{Emoji_Presentation}]--\p{ASCII}]/gv;
  for (const language of ["zh", "en", "fr", "de", "es", "pt", "it", "ru", "ja", "ko"])
    for (const text of ["⬆5%, ⬇ 3%", "5% ⬆, 3% ⬇", "A: ✔", "A ✖", "A: ☑", "A ↔ B", "A ➡ B", "3 ✖ 4", "☀ 25°C", "5 ♥"])
      assert.equal(said(text.replace(signs, "$&\uFE0F"), { language }), said(text, { language }), text);
  assert.equal(
    said("Sales ⬆\uFE0F5%, costs ⬇\uFE0F3%.", { language: "en" }),
    "Sales up five percent, / costs down three percent.",
  );
});

it("leaves the figures of languages that it has no rules for", () => {
  assert.equal(said("Priset är 3,50 kr för −5 °C.", { language: "sv" }), "Priset är 3,50 kr för −5 °C.");
  assert.equal(said("Ціна 25–30 ₴, № 5."), "Ціна 25–30 ₴, / № 5.");
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

it("maps the full stop of a line that has none to the end of that line", () => {
  assert.deepEqual(pairs("Hello (yes)\n\nMore"), [
    ["Hello", "Hello"],
    ["(", ", "],
    ["yes", "yes"],
    ["\n", "."],
    ["More", "More"],
  ]);
  assert.deepEqual(pairs("标题（一）\n\n正文"), [
    ["标题（一", "标题，一"],
    ["\n", "。"],
    ["正文", "正文"],
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
    fc.property(
      anyText,
      fc.constantFrom(undefined, ..."zh en fr de es pt it ru ja ko vi th ar nl sv".split(" ")),
      (text, language) => {
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
          // Where a language has no word for a comparison, its sign stays as it is written.
          const marks = language === "zh" || language === "en" ? /[*#_|`<>[\]{}\\]/ : /[*#_|`[\]{}\\]/;
          assert.ok(!marks.test(spoken), spoken);
        }
      },
    ),
    { numRuns: Number(process.env.WORDS_RUNS ?? 20_000) },
  );
});
