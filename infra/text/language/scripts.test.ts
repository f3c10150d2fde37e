import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { countScripts, languageOfScript, scriptOf } from "./scripts.ts";

/** Of each script: letters of its languages, among them the first and the last of its alphabet; and one of those. */
const alphabets: Readonly<Record<string, readonly [letters: string, language: string | undefined]>> = {
  Latin: ["AZazÀÖØöøÿĀžſẞỹơ", undefined],
  Greek: ["ΑΩαωάώϊἀῼ", "el"],
  Cyrillic: ["АЯаяЁёҚӘӯ", "ru"],
  Armenian: ["ԱՖաֆև", "hy"],
  Hebrew: ["את", "he"],
  Arabic: ["ءيآةٮۓ", "ar"],
  Devanagari: ["अहक़ॲॿ", "hi"],
  Bengali: ["অহৎড়য়", "bn"],
  Gurmukhi: ["ਅਹੜਗ਼", "pa"],
  Gujarati: ["અહળ", "gu"],
  Tamil: ["அஹழ", "ta"],
  Telugu: ["అహళ", "te"],
  Thai: ["กฮะเไ", "th"],
  Lao: ["ກຮະໄ", "lo"],
  Myanmar: ["ကအဿ", "my"],
  Georgian: ["აჰႠ", "ka"],
  Hangul: ["ᄀᇿ가힣", "ko"],
  Ethiopic: ["ሀፚ", "am"],
  Khmer: ["កអ", "km"],
  Kana: ["ぁゖァヺー", "ja"],
  Han: ["㐀䶵一龥豈𠀀𪛖", "zh"],
};

describe("a letter's script", () => {
  for (const [name, [letters, language]] of Object.entries(alphabets))
    it(`is known: ${name}`, () => {
      for (const letter of letters) assert.equal(scriptOf(letter.codePointAt(0) ?? 0), name, letter);
      assert.equal(languageOfScript(name, letters), language);
    });

  it("is that of Unicode, for every letter of which one is told", () => {
    const patterns = Object.fromEntries(
      Object.keys(alphabets).map((name) => [
        name,
        name === "Kana" ? /[\p{scx=Hira}\p{scx=Kana}]/u : new RegExp(`\\p{scx=${name}}`, "u"),
      ]),
    );
    for (let code = 0; code < 0x33000; code++) {
      const letter = String.fromCodePoint(code);
      // Coptic has letters among the Greek ones.
      const name = /[\p{L}--\p{sc=Copt}]/v.test(letter) ? scriptOf(code) : undefined;
      if (name !== undefined) assert.match(letter, patterns[name] as RegExp, code.toString(16));
    }
  });

  it("is none of what is no letter", () => {
    for (const other of "09 .,!@[`{\u007f、。「」！？𝄞😀")
      assert.equal(scriptOf(other.codePointAt(0) ?? 0), undefined, other);
  });
});

it("letters are counted by their script, and one or two Greek ones in a row are symbols", () => {
  for (const [text, counts] of [
    ["Abc, где 12", { Latin: 3, Cyrillic: 3 }],
    ["α and πr", { Latin: 4 }],
    ["αβγ", { Greek: 3 }],
    ["αβ, γδε", { Greek: 3 }],
    ["東京タワー", { Han: 2, Kana: 3 }],
    ["12 + 3", {}],
  ] as const)
    assert.deepEqual(Object.fromEntries(countScripts(text)), counts, text);
});

it("languages of one script are told apart by the letters that only one of them has", () => {
  for (const [name, text, language] of [
    ["Cyrillic", "Це її ґанок", "uk"],
    ["Cyrillic", "Њујорк", "sr"],
    ["Cyrillic", "Это дом", "ru"],
    ["Arabic", "یہ گھر ہے", "ur"],
    ["Arabic", "این خانه چیست", "fa"],
    ["Arabic", "هذا بيت", "ar"],
  ] as const)
    assert.equal(languageOfScript(name, text), language, text);
});
