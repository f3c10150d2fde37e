/** How much stands before a soft border at least, to the very edge: every border of a text is in its row. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createSegmenter } from "../segmenter.ts";

/** A text with `|` where it has a border between phrases and `¦` where it has one between words. */
function marked(text: string): string {
  const segmenter = createSegmenter();
  let written = "";
  for (const { start, text: clause, borders } of [...segmenter.push(text), ...segmenter.flush()]) {
    written += [...text].slice([...written.replace(/[|¦]/g, "")].length, start).join("");
    let from = 0;
    for (const { at, strength } of borders) {
      written += `${clause.slice(from, at)}${strength === "phrase" ? "|" : "¦"}`;
      from = at;
    }
    written += clause.slice(from);
  }
  return written;
}

const rules: Readonly<Record<string, readonly string[]>> = {
  "three hanzi before a phrase, two from a border": [
    "书书但是书书",
    "书书书|但是书书",
    "书书书|但书|因为书书",
    "书書書|但是书书",
    "书书a但是书书",
    "书书𠮷|但是书书",
  ],
  "seven hanzi before a word, four from a border": [
    "书现在就可以开始学习新书",
    "书书现在就可以¦开始学习新书",
    "书书书|但可以开始学习新书",
    "书书书|但就可以¦开始学习新书",
  ],
  "two words before a phrase, and from a border": [
    "rafts in tubs",
    "Old rafts |in tubs",
    "Old rafts |in tubs |because rafts sink",
    "Old rafts |with because rafts sink",
    "5 rafts |with tubs",
    "-- rafts in tubs",
    "it's-old in tubs",
  ],
  "three words before a word, and from a border": [
    "Old rafts to see them",
    "Old red rafts ¦to see them",
    "Old rafts |in tubs to see them",
    "Old rafts |in red tubs ¦to see them",
  ],
  "two words of Korean": [
    "학교에서 친구를 만났습니다",
    "우리 학교에서 |친구를 만났습니다",
    "a 학교에서 |친구를 만났습니다",
  ],
  "what is kept whole is as much as four hanzi or two words": [
    "`x` |in tubs",
    "《书》|但是书书",
    "书《书》|但是书书",
    "<b> rafts in tubs",
    "<b> old rafts |in tubs",
  ],
  "the mark of an item is nothing": [
    "- rafts in tubs",
    "1. rafts in tubs",
    "1. old rafts |in tubs",
    "1 rafts |with tubs",
  ],
  "before a quotation as much as its language needs": [
    "他说“好吧”",
    "大家说|“好吧”",
    'Said "Yes" to',
    'He said |"Yes" now',
  ],
  "no border right before the first hanzi": ["Old rafts 但是书书", "Old rafts 书|但是书书", "Old rafts书|但是书书"],
  "hanzi near kana are Japanese": [
    `の${"书".repeat(38)}但书书书`,
    `の${"书".repeat(39)}|但书书书`,
    `书${"书".repeat(38)}|但书书书`,
  ],
  "each clause anew": [
    "书书书|但是书书。书书但是书书。书书书|但是书书。",
    "Old rafts |in tubs. Rafts in tubs. Old rafts |in tubs.",
    "书书书，Old rafts 但是书书",
    "1. old rafts |in tubs. 2 rafts |with tubs",
    "《书》，书书但是书书",
  ],
};

for (const [rule, rows] of Object.entries(rules))
  describe(rule, () => {
    for (const row of rows) it(row, () => assert.equal(marked(row.replace(/[|¦]/g, "")), row));
  });
