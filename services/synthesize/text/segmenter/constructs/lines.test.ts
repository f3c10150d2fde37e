import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { known, told } from "../window/known.fixture.ts";
import { codeBlock, fence, lineMark, openCodeBlock, tableRow } from "./lines.ts";

/** Texts that begin a line: `‖` stands behind what a rule finds there, `∎` where the text ends. */
const rules = {
  "the mark of an item, of a quotation": {
    of: lineMark,
    finds: ["- ‖a", "* ‖a", "+ ‖a", "• ‖a", "· ‖a", "> ‖a", "-\t‖a", "-\u3000‖好"],
    findsNone: ["-a", "-∎", "-\n", "-- a", "= a", "∎", "# a"],
    waits: ["-", "*", "+", "•", "·", ">"],
  },
  "the number or letter of an item": {
    of: lineMark,
    finds: [
      "1.‖ a",
      "12)‖ a",
      "123、‖好",
      "１．‖好",
      "1）‖好",
      "a.‖ b",
      "b)‖ c",
      "(1)‖ a",
      "（2）‖好",
      "(a)‖ b",
      "（1)‖a",
      "1)‖a",
    ],
    findsNone: [
      "1234. a",
      "1 a",
      "ab. c",
      "é. a",
      ".",
      "1.5 a",
      "1)5 a",
      "1.a",
      "(1. a",
      "(12、好",
      "()",
      "(ab)",
      "1∎",
      "(∎",
    ],
    waits: ["1", "12", "123", "a", "1.", "(", "(1", "(1)", "a."],
  },
  "a row of a table, a first one with the line below it": {
    of: tableRow,
    finds: ["| a\n‖b", "| a‖∎", "| a\n|---|\n‖b", "| a\n|:-: | -|‖∎", "| a\n‖| : |\n", "| a\n‖|-x-|\n", "| a\n-\n‖b"],
    findsNone: [`|${"a".repeat(600)}\n`],
    waits: ["| a", "| a\n", "| a\n|--", "| a\n|", `|${"a".repeat(599)}`],
  },
  "a row of 600 is one, and so is the line below it": {
    of: tableRow,
    finds: [`|${"a".repeat(599)}\n‖b`, `|\n${"-".repeat(600)}\n‖b`, `|\n‖${"-".repeat(601)}\nb`],
    findsNone: [`|${"a".repeat(600)}`],
    waits: [`|\n${"-".repeat(600)}`],
  },
} as const;

for (const [rule, { of, finds, findsNone, waits }] of Object.entries(rules))
  describe(rule, () => {
    const rows = [
      ...finds.map((text) => [text, known(text).end] as const),
      ...findsNone.map((text) => [text, "no"] as const),
      ...waits.map((text) => [text, "wait"] as const),
    ];
    for (const [text, expected] of rows)
      it(`${text.replaceAll("\n", "⏎").slice(0, 80)}: ${expected}`, () => {
        assert.equal(told(of(known(text).window, 0)), expected);
      });
  });

describe("a fence opens a block with three marks or more, which none of them follows on its line", () => {
  const rows: readonly (readonly [text: string, marks: number | "no" | "wait"])[] = [
    ["```\n", 3],
    ["~~~~\n", 4],
    ["```js\n", 3],
    ["```∎", 3],
    ["``\n", "no"],
    ["``∎", "no"],
    ["```a`b\n", "no"],
    ["~~~a`b\n", 3],
    ["``", "wait"],
    ["```", "wait"],
    ["```js", "wait"],
    [`\`\`\`${"j".repeat(80)}\n`, 3],
    [`\`\`\`${"j".repeat(81)}\n`, "no"],
    [`${"`".repeat(80)}\n`, 80],
    [`${"`".repeat(81)}\n`, "no"],
    ["`".repeat(80), "wait"],
    ["`".repeat(81), "no"],
  ];
  for (const [text, marks] of rows)
    it(`${text.replace("\n", "⏎").slice(0, 90)}: ${marks}`, () => {
      assert.equal(told(fence(known(text).window, 0)), marks);
    });
});

describe("a block of code ends with its fence, or is let go in parts", () => {
  const long = "x".repeat(3999);
  const rows: readonly (readonly [text: string, closed: boolean | "wait"])[] = [
    ["```\na\n```\n‖b", true],
    ["```\na\n````\n‖b", true],
    ["```\na\n ```\t\n‖b", true],
    ["```\na\n```‖∎", true],
    ["```\na‖∎", false],
    ["```\n‖∎", false],
    ["```\na\n``\n```x\n", "wait"],
    ["```\na\n```", "wait"],
    ["```\na\n", "wait"],
    [`\`\`\`\n${long.slice(0, 3995)}\n‖b`, false],
    [`\`\`\`\n${long.slice(0, 3994)}\nb`, "wait"],
    [`\`\`\`\n${"x".repeat(4000)}‖xx`, false],
  ];
  for (const [text, closed] of rows)
    it(`${text.replaceAll("\n", "⏎").slice(0, 40)}: ${closed}`, () => {
      const { window, end } = known(text);
      const block = openCodeBlock(window, "`", 3);
      const found = codeBlock(window, block);
      assert.equal(told(found.end), closed === "wait" ? "wait" : end);
      assert.equal(found.closed, closed === true);
    });
});
