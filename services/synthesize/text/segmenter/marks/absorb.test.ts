import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { known, told } from "../window/known.fixture.ts";
import type { Window } from "../window/window.ts";
import { absorb, ellipsis } from "./absorb.ts";
import { nextStep, ratioOfNames } from "./step.ts";

/** Texts with `^` where a rule looks and `‖` behind what it finds there; `∎` ends the text. */
interface Rows {
  readonly of: (window: Window, index: number) => number;
  readonly finds: readonly string[];
  readonly findsNone?: readonly string[];
  readonly waits: readonly string[];
}

const rules: Readonly<Record<string, Rows>> = {
  "further marks belong to a mark, and what closes, and the end of its line": {
    of: absorb,
    finds: [
      "^‖a",
      "^‖ a",
      "^‖∎",
      "^\n‖a",
      "^！！‖a",
      "^!‖ a",
      "^!‖a",
      "^!‖∎",
      "^‖![a",
      "^!‖![a",
      "^?!‖ [",
      "^~‖a",
      "^～‖好",
      "^‖~3",
      "^‖～３",
      "^~‖∎",
      "^…‖a",
      "^”)‖ a",
      "^”\n‖\n",
      "^‖“a",
      '^"‖ a',
      '^"\n‖a',
      '^"‖∎',
      '^‖"a',
      '^""‖ a',
      '^‖""a',
      "^'‖ a",
      "^‖'a",
      "^**‖ a",
      "^‖**a",
      "^_‖ a",
      '^‖"* a',
      "^‖`a",
      '^‖"”a',
      '^‖"!',
    ],
    waits: ["^", "^!", "^~", "^”", '^"', "^**", "^！"],
  },
  "dots end a clause before what begins a sentence": {
    of: ellipsis,
    finds: [
      "^...‖ The",
      "^…‖ 好",
      "^...‖好",
      "^……‖好",
      "^.…‖ The",
      "^...‖∎",
      "^...‖ ∎",
      "^...\n‖a",
      "^...”‖a",
      "^...！‖a",
      "^...?”‖a",
    ],
    findsNone: ["^... the", "^...a", "^... 5", "^...5", "^...“a", "^... \n"],
    waits: ["^...", "^... ", "^...”"],
  },
};

for (const [rule, { of, finds, findsNone = [], waits }] of Object.entries(rules))
  describe(rule, () => {
    const rows = [
      ...finds.map((text) => [`a${text}`, known(`a${text}`).end] as const),
      ...findsNone.map((text) => [`a${text}`, "no"] as const),
      ...waits.map((text) => [`a${text}`, "wait"] as const),
    ];
    for (const [text, expected] of rows)
      it(`${text.replaceAll("\n", "⏎")}: ${expected}`, () => {
        const { window, index } = known(text);
        assert.equal(told(of(window, index)), expected);
      });
  });

describe("a step ends the one before it", () => {
  const finds = ["1. Open‖ 2^. Click", "1.苹果‖2^.香蕉", "9. Open‖ 10^. Click", "1．苹果‖2^.香蕉", "1. 苹果‖ 2^. 香蕉"];
  const findsNone = [
    "1. Open 3^. Click",
    "1. Open 2^. click",
    "1. Open 2^.Click",
    "1. Open2^. Click",
    "0. Open 1^. Click",
    "11. Open 2^. Click",
    "99. Open 100^. Click",
    "1.2^. Click",
    "12^. Click",
    "1, Open 2^. Click",
    "1.a2^.香蕉",
    "1.苹果2^.a",
    "1. Open 2^.∎",
    "The 1. Open 2^. Click",
  ];
  const waits = ["1. Open 2^.", "1. Open 2^. "];
  const rows = [
    ...finds.map((text) => [text, known(text).end] as const),
    ...findsNone.map((text) => [text, "no"] as const),
    ...waits.map((text) => [text, "wait"] as const),
  ];
  for (const [text, expected] of rows)
    it(`${text}: ${expected}`, () => {
      const { window, index } = known(text);
      assert.equal(told(nextStep(window, 0, index)), expected);
    });

  it("counts from where its clause began", () => {
    const { window, index } = known("Yes. 1. Open 2^. Click");
    assert.equal(nextStep(window, 5, index), index - 2);
  });
});

describe("a colon stands between names of a ratio", () => {
  const rows: readonly (readonly [text: string, answer: 1 | "no" | "wait"])[] = [
    ["糖^:盐:", 1],
    ["糖^:盐：", 1],
    ["糖^:盐=", 1],
    ["糖^:盐＝", 1],
    ["糖:盐^:醋=", 1],
    ["糖：盐^:醋=", 1],
    ["糖水^:盐:", "no"],
    ["糖^:盐。", "no"],
    ["糖^:盐∎", "no"],
    ["糖^:a:", "no"],
    ["a^:盐:", "no"],
    ["糖^:∎", "no"],
    ["糖^:盐", "wait"],
  ];
  for (const [text, answer] of rows)
    it(`${text}: ${answer}`, () => {
      const { window, index } = known(text);
      assert.equal(told(ratioOfNames(window, 0, index)), answer);
    });
});
