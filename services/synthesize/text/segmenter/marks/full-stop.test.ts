import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { known, told } from "../window/known.fixture.ts";
import { fullStop, runOn, suffixAfter } from "./full-stop.ts";

/** Texts with `^` before a full stop and white space; `∎` stands where the text ends. */
interface Rows {
  readonly ends: readonly string[];
  readonly goesOn: readonly string[];
  readonly waits?: readonly string[];
}

const rules: Readonly<Record<string, Rows>> = {
  "a number that begins a clause counts what follows": {
    ends: ["1234^. The", "x 12^. The", ")^. The", "x 12^. 好", "x12^. The", "x 123^. The"],
    goesOn: ["1^. The", "123^. the", "x 12^. the", "x 12^. éa", "x 123^. the"],
    waits: ["x 12^. ", "x 1^. "],
  },
  "a German ordinal goes on": {
    ends: ["am 123^. The", "Es 3^. Oktave ", "Es 3^. Okto∎", "Es 3^. 好"],
    goesOn: ["am 3^. Foo", "zum 12^. Foo", "Es 3^. Oktober ", "Es 3^. Mai∎", "Es 3^. Jh. "],
    waits: ["Es 3^. Okto", "Es 3^. Oktober"],
  },
  "a Korean date goes on": {
    ends: [
      "2025. 3. 12^. The",
      "In 2025^. 3. The",
      "In 2025^. 3.5",
      "In 2025^. 3 came",
      "In 2025^. 오후",
      "In 2025^. The",
      "In 12025^. 3. 5",
      "In 1825^. 3. 5",
      "In 2025^. 123. 5",
      "In 12025. 3^. 5",
      "In 2025. 123^. 5",
      "In 1825. 3^. 5",
      "In 2025^. 3. ∎",
    ],
    goesOn: [
      "In 2025. 3^. 5",
      "In 2025. 3. 12^. 오후",
      "2025. 3. 1^. (수)",
      "In 1925^. 3. 5",
      "In 2025^. 12.오",
      "In 2025^. 3. 오",
    ],
    waits: ["In 2025. 3^. ", "In 2025^. ", "In 2025^. 3", "In 2025^. 3.", "In 2025^. 3. "],
  },
  "an abbreviation of any kind ends by the word that follows": {
    ends: ["Pens, etc^. Foo", "Pens, etc^. ∎", "Pens, etc^. \n", 'Pens, etc^. "foo', "Pens, etc^. “"],
    goesOn: [..."好t5(&=×÷+~≈≤≥<>/%₽€$£–—-"].map((c) => `Pens, etc^. ${c}`),
    waits: ["Pens, etc^. "],
  },
  "a title ends none, an initial only before a word that begins sentences": {
    ends: ["the U.S^. The", "Acme Inc^. The", "by J^. The", "J^. A b", "q.m^. The", "the U.S^. ∎", "in U.S^. A b"],
    goesOn: [
      "see Dr^. The",
      "see Dr^. ",
      "the U.S^. Foo",
      "Acme Inc^. Foo",
      "by J^. Foo",
      "J^. A.",
      "q.m^. 好",
      "J^. B. ",
    ],
    waits: ["the U.S^. ", "the U.S^. Th", "J^. A"],
  },
  "a time ends one, but before its day or zone": {
    ends: ["5 p.m^. Foo", "5 A.M^. 好", "5 p.m^. The", "5 p.m^. “A"],
    goesOn: ["5 p.m^. Monday ", "5 a.m^. EST ", "5 p.m^. then", "5 p.m^. 5", "5 q.m^. Foo", "5 q.m^. 好"],
    waits: ["5 p.m^. Mon", "5 p.m^. "],
  },
  "what a number follows ends none before one": {
    ends: [
      "See art^. The",
      "See art^. I b",
      "See art^. Xa ",
      "See no^. V b",
      "See art^. Do",
      "See art^. “5",
      "See art^. L b",
    ],
    goesOn: ["See art^. X b", "See art^. IX b", "See art^. V∎", ...[..."5(#<>~≈好t"].map((c) => `See art^. ${c}`)],
    waits: ["See art^. ", "See art^. X", "See art^. I"],
  },
  "a number may begin with letters": {
    ends: [
      "the no^. UA left",
      "the no^. ABCDEF1",
      "the no^. Ua12",
      "no^. UA12",
      "the no^. UA∎",
      "the no^. UA-b",
      "the no^. UAé12",
    ],
    goesOn: [
      "the no^. UA12",
      "the no^. ABCDE1",
      "the no^. UA 12",
      "the no^. UA-12",
      "flt^. UA12",
      "a flight no^. The",
      "the Nr^. U2",
    ],
    waits: ["the no^. U", "the no^. UA", "the no^. UA ", "the no^. UA-"],
  },
  "the words before no. tell that a number follows": {
    ends: ["My xflight no^. The", "My answer is no^. The", "My flights no^. The"],
    goesOn: ["claim no^. The", "My order no^. The", "A booking no^. The", "Your CASE no^. The"],
  },
  "a measure behind an article tells what the next word is like": {
    ends: [
      "of 10 ft^. Pole",
      "xa 10 ft^. Pole",
      "see 1/2 ft^. Pole",
      "It is 10 ft^. The",
      "a ten ft^. Pole",
      "a 10 kg^. The",
    ],
    goesOn: [
      ..."A a An an The the Your your My my This this".split(" ").map((word) => `${word} 10 ft^. Pole`),
      "an 8-ft^. Pole",
      "a 1.5 ft^. Pole",
      "a 1½ ft^. Pole",
      "a 1 ½ ft^. Pole",
      "a 1-1/2 ft^. Pole",
      "a 1 1/16 in^. Pole",
      "the ½ in^. Pole",
      "a 1/2 in^. Pole",
      "your 11/16 in^. Pole",
      "of 10-yr^. Bond",
      "of 10-yr^. bond",
    ],
  },
  "in is an inch behind a figure": {
    ends: ["come in^. 5", "come in^. so", "of 9 in^. The", "of 9in^. The", "so x in^. 5"],
    goesOn: ["of 9 in^. 5", "of 9-in^. 5", "of ½ in^. 5", "of 9 in^. so", "of 9x13-in^. Pan"],
  },
  "St. is a street behind a name": {
    ends: ["on Main St^. The", "McKay St^. The", "Main St^. ∎"],
    goesOn: ["on St^. The", "main St^. The", "M St^. The", "Main St^. Foo", "See St^. Foo"],
  },
  "words in str. and nr. are streets and numbers": {
    ends: ["Hauptstr^. Gut", "Hausnr^. Gut"],
    goesOn: ["Hauptstr^. 5", "Hausnr^. 5", "Hauptstr^. V b", "Hauptstr^. gut"],
  },
  "a Roman numeral is an ordinal behind an article": {
    ends: ["Karl II^. Wer", "Teil IX^. Wer", "Karl IL^. wer", "der Karl II^. Wer"],
    goesOn: ["der II^. Weg", "Karl II^. wer", "Karl XI^. 5", "im XX^. Jahr"],
  },
  "г. and м. are a year and metres behind a figure": {
    ends: ["в 2024 г^. М", "2024г^. М", "5 м^. М"],
    goesOn: ["в г^. М", "у м^. М", "в 2024 г^. м", "24 в г^. М"],
  },
  "one letter may be the first part of an abbreviation, or the second": {
    ends: ["so x^. Then", "z. q^. The", "so x^. 5", "so x^. (a", "the x^. ∎"],
    goesOn: ["so x^. to", "so x^. T.", "x^. Then", "z. q^. Foo", "z. q^. 5", "z. B^. Foo"],
    waits: ["so x^. ", "so x^. T", "so x^. t"],
  },
  "an abbreviation of several words goes on with its next": {
    ends: ["ex^. Vat is", "ex^. VATS is"],
    goesOn: ["EE^. UU. es", "ex^. VAT is", "ex^. GST is", "inc^. HST is"],
    waits: ["EE^. U", "ex^. VA", "ex^. VAT"],
  },
};

for (const [rule, { ends, goesOn, waits = [] }] of Object.entries(rules))
  describe(rule, () => {
    const rows = [
      ...ends.map((text) => [`${text} `, 1] as const),
      ...goesOn.map((text) => [`${text} `, "no"] as const),
      ...waits.map((text) => [text, "wait"] as const),
    ];
    for (const [text, expected] of rows)
      it(`${text.replace("\n", "⏎")}: ${expected === 1 ? "ends" : expected}`, () => {
        const { window, index } = known(text.replace("∎ ", "∎"));
        assert.equal(told(fullStop(window, 0, index)), expected);
      });
  });

describe("a sentence ends though its writer left out the space", () => {
  const rows: Readonly<Record<"ends" | "no" | "wait", readonly string[]>> = {
    ends: ["is done^.Then ", "is done^.Then∎", "is done^.Node ", "is Done^.Then ", "foo.bar^.Then ", "is done^.Node\n"],
    no: ["5^.Then ", "IS^.Then ", "a^.Then ", "foo.bar^.Node ", "is Done^.Node ", "is done^.NODE ", "is done^.Node. "],
    wait: ["is done^.The", "is done^.Then", "is done^.N", "foo.bar^.N"],
  };
  const others = {
    ends: ["etc^.Then ", ...[...",!?;:'’…"].map((c) => `is done^.Node${c}`)],
    no: [
      "Mr^.Then ",
      "is done^.Node-",
      "is done^.Node)",
      "is done^.Node5",
      "is done^.好",
      "is done^.Internationalization ",
    ],
    wait: [],
  };
  for (const answer of ["ends", "no", "wait"] as const)
    for (const text of [...rows[answer], ...others[answer]])
      it(`${text.replace("\n", "⏎")}: ${answer}`, () => {
        const { window, index } = known(text);
        const found = told(runOn(window, index));
        assert.equal(found === index + 1 ? "ends" : found, answer);
      });
});

describe("what belongs to the name before a comma", () => {
  const rows: readonly (readonly [text: string, answer: 1 | "no" | "wait"])[] = [
    ["Inc. is", 1],
    ["Inc is", 1],
    ["Inc5", 1],
    ["D.C. is", 1],
    ["D.C is", 1],
    ["Ph.D∎", 1],
    ["Inca is", "no"],
    ["Inc.. is", "no"],
    ["In is", "no"],
    ["Phil is", "no"],
    ["éa", "no"],
    ["I", "wait"],
    ["Inc", "wait"],
    ["Inc.", "wait"],
  ];
  for (const [text, answer] of rows)
    it(`${text}: ${answer}`, () => assert.equal(told(suffixAfter(known(text).window, 0)), answer));
});
