import assert from "node:assert/strict";
import { it } from "vitest";
import { NO, WAIT, type Window } from "../window/window.ts";
import { border, endsAnyway } from "./border.ts";

const windowOf = (text: string, ended: boolean): Window => ({
  points: [...text],
  offset: 0,
  ended,
  absent: new Map(),
  pairs: new Map(),
  unemphatic: new Map(),
});

/**
 * What is known of a text, with `^` before the mark that is judged, and where the clause ends; `…$`: nothing follows.
 */
const rows: Readonly<Record<string, readonly (readonly [text: string, ends: number | "no" | "wait"])[]>> = {
  "marks that end a clause anyway": [
    ["好^。的", 2],
    ["好^。", "wait"],
    ["好^。$", 2],
    ["好^。”\n", 4],
    ["好^؟ a", 2],
    ["好^；a", 2],
  ],
  "commas of other scripts": [
    ["س^، ب", 2],
    ["1^،5", "no"],
    ["1^،", "wait"],
  ],
  "the raised dot": [
    ["α^· β", 2],
    ["a^· b", "no"],
    ["α^·β", "no"],
    ["α^·", "wait"],
  ],
  "wide commas and colons": [
    ["好^，的", 2],
    ["3^，", "wait"],
    ["3^，5", 2],
    ["3^，５", "no"],
    ["3^：5", "no"],
    ["3^：好", 2],
  ],
  "commas between items": [
    ["苹果^、梨", "no"],
    ["ね^、梨", 2],
  ],
  dots: [
    ["好^…的", 2],
    ["好……^…的", "no"],
    ["a^… b", "no"],
    ["a^… B", 2],
    ["a^...", "wait"],
  ],
  "exclamation marks and question marks": [
    ["So^! B", 3],
    ["5^! = 120", "no"],
    ["5^! B", 2],
    ["5^! ", "wait"],
    ["a^!=b", "no"],
    ["a^?b", "no"],
    ["So^?Then", 3],
    ["a.b/c^?D", "no"],
    ["a^?é", "no"],
    ["a^?好", 2],
    ["a^?", "wait"],
  ],
  "full stops": [
    ["a.^.b", "no"],
    ["So^.$", 3],
    ["So^.\n", 4],
    ["So^. Then we", 3],
    ["Dr^. Wu", "no"],
    ["1. Open 2^. Click", 7],
    ["Good^.好", 5],
    ["3^.好", "no"],
    ["e.g^.好", "no"],
    ["is done^.Let me", 8],
    ["Node^.JS is", "no"],
    ["so^.<br>", 3],
    ["so^.b", "no"],
    ['so^." B', 4],
    ['so^."b', "no"],
    ['so^."', "wait"],
    ["so^.)", "wait"],
    ["so^.)b", "no"],
    ["so^.)\n", "wait"],
    ["so^.)\na", 5],
  ],
  commas: [
    ["a^,好", 2],
    ["好^,，", 2],
    ["好^,a", 2],
    ["a^,b", "no"],
    ["a^, b", 2],
    ["a^, ", "wait"],
    ["Amazon^, Inc. a", "no"],
    ["May 5^, 2025", "no"],
  ],
  colons: [
    ["a^: b", 2],
    ["a^:好", 2],
    ["1^:好", "no"],
    ["a^:b", "no"],
    ["糖^:盐:", "no"],
    ["糖^:盐", "wait"],
  ],
  semicolons: [
    ["a^; b", 2],
    ["a^;好", 2],
    ["a^;b", "no"],
  ],
  "other characters": [["a^b", "no"]],
};

for (const [what, of] of Object.entries(rows))
  it(`tells where a clause ends with ${what}`, () => {
    for (const [text, expected] of of) {
      const written = text.replace("^", "").replace("$", "");
      const found = border(windowOf(written, text.endsWith("$")), 0, [...text].indexOf("^"), false);
      assert.equal(found === NO ? "no" : found === WAIT ? "wait" : found, expected, text);
    }
  });

it("tells whether a clause ends whatever follows", () => {
  const ends = (text: string, kana = false) => endsAnyway(windowOf(text, false), [...text].length - 1, kana);
  for (const text of ["好。", "好；", "好，", "ね、"]) assert.equal(ends(text), true, text);
  for (const text of ["3，", "10：", "果、", "so.", "so", ""]) assert.equal(ends(text), false, text);
  assert.equal(ends("梨、", true), true);
});
