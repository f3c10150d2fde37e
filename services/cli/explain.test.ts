import assert from "node:assert/strict";
import { it } from "vitest";
import { createLexicon } from "../synthesize/text/spoken/lexicon/lexicon.ts";
import { explainText, showExplained } from "./explain.ts";

it("tells for each clause its language and which rule read what", () => {
  assert.deepEqual(explainText("室温25°C，湿度40~60%。", { language: "zh" }), [
    {
      text: "室温25°C，",
      spoken: "室温二十五摄氏度，",
      readBy: 8,
      language: "zh",
      because: "asked",
      pieces: [{ written: "25°C", spoken: "二十五摄氏度", start: 2, end: 6, by: "zh", rule: "amount" }],
    },
    {
      text: "湿度40~60%。",
      spoken: "湿度百分之四十到百分之六十。",
      readBy: 16,
      language: "zh",
      because: "asked",
      pieces: [{ written: "40~60%", spoken: "百分之四十到百分之六十", start: 9, end: 15, by: "zh", rule: "amount" }],
    },
  ]);
});

it("tells what decided the language", () => {
  const because = (text: string, language?: string) =>
    explainText(text, { language }).map((clause) => `${clause.language} ${clause.because}`);
  assert.deepEqual(because("好的。It is warm today. 3.5"), ["zh letters", "en letters", "en before"]);
  assert.deepEqual(because("3.5", "en-US"), ["en asked"]);
  assert.deepEqual(because("3.5"), ["zh nothing"]);
});

it("tells words of the lexicon, and those that stand for marks", () => {
  const lexicon = createLexicon({ all: { ACME: "艾克美" } });
  const pieces = (text: string) =>
    explainText(text, { lexicon }).flatMap((clause) =>
      clause.pieces.map(({ written, spoken, by }) => [written, spoken, by]),
    );
  assert.deepEqual(pieces("找ACME。"), [["ACME", "艾克美", "lexicon"]]);
  assert.deepEqual(pieces("看😀\n```js\nlet a = 1;\n```\n"), [["```js\nlet a = 1;\n```\n", "代码略。", "markup"]]);
  assert.deepEqual(pieces("**好的**。"), []);
});

it("is written for people below each clause", () => {
  assert.equal(
    showExplained("a", "好\n看5个。", {}),
    "# a\n好⏎  →  好。\n    read in zh, detected from its words\n看5个。  →  看五个。\n    read in zh, like the text before it\n    5  →  五    zh: amount\n\n",
  );
});
