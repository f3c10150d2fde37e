import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { createSegmenter } from "../segmenter.ts";
import { widthOf } from "./characters.ts";
import { model } from "./model.ts";

const words = "今天 我们去 好 はい 的 river Stone opens Then 3 12 1234 1,299.50 10:30 10：30".split(" ");
const marks = [
  ..."，。！？；：、…….,!?:",
  "……",
  "...",
  ". ",
  ".! ",
  ", ",
  "! ",
  "? ",
  "; ",
  ": ",
  ".Then",
  ".Stone",
  ".Stone.",
];
const around = [..."（）“”「」《》()[]\"'` \n", "``"];
const inline =
  "* ** *** _ __ ~~ [ ]( ] ![ <b> </b> <br> <a@b.c> < &amp; & $ $$ \\( \\) \\[ \\] \\* https://a.cn/river,stone www.a.cn/river".split(
    " ",
  );
const blocks = [
  "```",
  "````",
  "~~~",
  "```\n",
  "\n```\n",
  "\n````\n",
  "\n- ",
  "\n1. ",
  " 2. ",
  "\n2、",
  "\n(3)",
  "\nb) ",
  "\n> ",
  "\n## ",
  "\n| 茶 |",
  "\n|---|",
  "| ",
  "\n\n",
];
const texts = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...words) },
      { weight: 4, arbitrary: fc.constantFrom(...marks) },
      { weight: 2, arbitrary: fc.constantFrom(...around) },
      { weight: 2, arbitrary: fc.constantFrom(...inline) },
      { weight: 1, arbitrary: fc.constantFrom(...blocks) },
    ),
    { maxLength: 28 },
  )
  .map((parts) => parts.join(""))
  // Money before a formula is a rule of its own, which this model leaves out.
  .filter((text) => !/\$\d/.test(text));

it("cuts as the model does, wherever a clause is not too long", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const expected = model(text);
      fc.pre(expected.every((clause) => widthOf(clause) <= 112));
      const segmenter = createSegmenter();
      assert.deepEqual(
        [...segmenter.push(text), ...segmenter.flush()].map((clause) => clause.text),
        expected,
      );
    }),
    { numRuns: Number(process.env.WORDS_RUNS ?? 10_000) },
  );
});
