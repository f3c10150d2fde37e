import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { known } from "../../window/known.fixture.ts";
import { grade } from "../grade.ts";
import { beforeQuote } from "../quoted.ts";
import { evidence } from "./evidence.ts";
import { createSpaced } from "./spaced.ts";

type Answer = "phrase" | "word" | "no";
type Rows = Readonly<Record<string, readonly (readonly [text: string, answer: Answer])[]>>;

const named = (answer: number): Answer => (answer === grade.phrase ? "phrase" : answer === grade.word ? "word" : "no");

/** Texts with `^` where a border is looked for, in the language that the words before them show. */
const rules: Readonly<Record<string, { readonly shown: string; readonly rows: Rows[string] }>> = {
  "in German a phrase begins with a conjunction or a preposition": {
    shown: "der das nicht",
    rows: [
      ["Häuser ^und Wege", "phrase"],
      ["Häuser ^Wege und", "no"],
      ["Häuser ^Und Wege", "no"],
      ["sehr ^und oft", "no"],
      ["Sehr ^und oft", "no"],
      ["aber ^und oft", "no"],
      ["geht's ^und oft", "no"],
      ["geht’s ^und oft", "no"],
    ],
  },
  "there it does so behind what closes something, not behind a number or a comma": {
    shown: "der das nicht",
    rows: [
      ["viel (ja) ^und oft", "phrase"],
      ["viel ja! ^und oft", "phrase"],
      ["viel ja, ^und oft", "no"],
      ["viel ja. ^und oft", "no"],
      ["viel 5kg ^und oft", "no"],
      ["viel 12 ^und oft", "no"],
      ["viel 5% ^und oft", "no"],
      ["viel 5€ ^und oft", "no"],
      ["viel 5$ ^und oft", "no"],
      ["viel 5 Äpfel ^und oft", "no"],
      ["viel ½ Apfel ^und oft", "no"],
    ],
  },
  "in Russian": {
    shown: "",
    rows: [
      ["кошка ^и собака", "phrase"],
      ["кошка ^собака и", "no"],
      ["очень ^и очень", "no"],
    ],
  },
  "in Korean a phrase ends with a particle or an ending": {
    shown: "",
    rows: [
      ["학교에서 ^친구를", "phrase"],
      ["학교에서만 ^친구를", "no"],
      ["학교 ^친구를", "no"],
      ["은 ^친구를", "no"],
      ["저는 ^친구를", "phrase"],
      ["학교에서 ^것을", "no"],
      ["학교에서 ^그것을", "phrase"],
    ],
  },
  "in Korean no phrase ends with an adjective": {
    shown: "",
    rows: [
      ["있는 ^책을", "no"],
      ["있는데 ^책을", "phrase"],
      ["좋은 ^책을", "no"],
      ["좋은집은 ^책을", "phrase"],
      ["작은 ^책을", "no"],
      ["작은집은 ^책을", "phrase"],
    ],
  },
  "where a text may be in several languages, what all of them allow": {
    shown: "",
    rows: [
      ["5 rafts ^in tubs", "no"],
      ["old rafts ^in tubs", "phrase"],
      ["old rafts ^why tubs", "no"],
      ["old rafts ^red tubs", "no"],
    ],
  },
  "in English no more than eight words are looked at for what is being done": {
    shown: "the the the",
    rows: [
      ["Mixing red big wet raw hot old bleach ^with ammonia", "no"],
      ["Mixing red big wet raw hot old new bleach ^with ammonia", "phrase"],
    ],
  },
  "a word has white space behind it and is not too long": {
    shown: "the the the",
    rows: [
      ["old rafts ^with- tubs", "no"],
      ["old rafts ^with, tubs", "no"],
      ["old rafts ^without tubs", "phrase"],
      ["old (rafts ^and tubs", "no"],
      [`old ${"r".repeat(20)} ^and tubs`, "phrase"],
      [`old ${"r".repeat(30)} ^and tubs`, "no"],
      ["^with tubs", "no"],
    ],
  },
};

for (const [rule, { shown, rows }] of Object.entries(rules))
  describe(rule, () => {
    for (const [text, expected] of rows)
      it(text, () => {
        const spaced = createSpaced();
        for (const word of shown.split(" ")) spaced.judge(known(`${word} `).window, 0, true);
        const { window, index } = known(`${text} ∎`);
        assert.equal(named(spaced.judge(window, index, true)), expected);
      });
  });

it("takes a word that is too near to the last border as a hint of the language alone", () => {
  const near = known("old rafts ^oder tubs");
  const place = known("old rafts ^in tubs");
  const hinted = createSpaced();
  assert.equal(named(hinted.judge(near.window, near.index, false)), "no");
  // In German no phrase begins with "in".
  assert.equal(named(hinted.judge(place.window, place.index, true)), "no");
  assert.equal(named(createSpaced().judge(place.window, place.index, true)), "phrase");
});

it("knows a word with either apostrophe, in either case", () => {
  assert.deepEqual(evidence("don’t"), evidence("don't"));
  assert.equal(evidence("Don't").length, 1);
  assert.deepEqual(evidence("lantern"), []);
  assert.ok(evidence("in").length > 1);
  assert.equal(new Set(evidence("in")).size, evidence("in").length);
});

const quotations: Rows[string] = [
  ['He said ^"', "phrase"],
  ['said ^"', "phrase"],
  ['Said ^"', "phrase"],
  ['He saids ^"', "no"],
  ['Hesaid ^"', "no"],
  ['He whispered ^"', "phrase"],
  ['for example ^"', "phrase"],
  ['He read the ^"', "no"],
  ['He said: ^"', "no"],
  ["他说^“", "phrase"],
  ["他說^“", "phrase"],
  ["他说 ^“", "no"],
  ["翻译成^“", "phrase"],
  ["变成^“", "no"],
  ["译为^“", "phrase"],
  ["譯為^“", "phrase"],
  ["认为^“", "no"],
  ["喜欢^“", "no"],
  ["^“", "no"],
];
describe("a quotation has a border before it where a word says so", () => {
  for (const [text, expected] of quotations)
    it(text, () => {
      const { window, index } = known(text);
      assert.equal(named(beforeQuote(window, index)), expected);
    });
});
