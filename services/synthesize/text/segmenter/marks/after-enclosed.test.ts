import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { known, told } from "../window/known.fixture.ts";
import { borderAfterEnclosed } from "./after-enclosed.ts";

/** Texts with `^` before a quotation or the like, `‖` behind it, and where the clause ends, as an offset from there. */
const rules: Readonly<Record<string, readonly (readonly [text: string, ends: number | "no" | "wait"])[]>> = {
  "one that holds a whole sentence ends the clause before another": [
    ["他说^“好。”‖然后", 0],
    ["他说^“好！”‖然后", 0],
    ["他说^“好…”‖然后", 0],
    ["他说^“好。”‖“走", 0],
    ["他说^“好。”‖「走", 0],
    ["他说^“好。”‖\n", 1],
    ["他说^“好。”‖∎", 0],
    ["他说^“好。”‖", "wait"],
    ["他说^“好”‖然后", "no"],
    ["他说^“好，”‖然后", "no"],
    ["他说^“好。”‖a", "no"],
    ["他说^“好。”‖'a", "no"],
  ],
  "unless the sentence around it goes on": [
    ["他说^“好。”‖的人", "no"],
    ["他说^“好。”‖，", "no"],
    ["他说^“好。”‖、", "no"],
    ["He said ^“Run.”‖ Then", 0],
    ["He said ^“Run.”‖ then", "no"],
    ["He said ^“Run.”‖ 5", "no"],
    ["He said ^“Run.”‖ ", "wait"],
    ["He said ^“Run.”‖ ∎", 0],
    ["He said ^“Run.”‖然后", "no"],
    ["He said ^“Mr.”‖ Then", "no"],
    ["He said ^“Run!”‖ Then", 0],
  ],
  "what stands before one that holds nothing but marks counts": [
    ['好。^""‖然后', 0],
    ['好^""‖然后', "no"],
    ['^""‖然后', "no"],
  ],
  "emphasis that holds a sentence needs not wait": [
    ["^**好。**‖", 0],
    ["^__好。__‖", 0],
    ["^*好。*‖", "wait"],
    ["^**好…**‖", "wait"],
    ["^**Run.**‖", "wait"],
    ["^**好。**‖的", 0],
    ["^“(好。)”‖", "wait"],
  ],
};

for (const [rule, rows] of Object.entries(rules))
  describe(rule, () => {
    for (const [text, ends] of rows)
      it(`${text.replace("\n", "⏎")}: ${ends}`, () => {
        const { window, index, end } = known(text);
        const found = told(borderAfterEnclosed(window, index, end, index - 1));
        assert.equal(typeof found === "number" ? found - end : found, ends);
      });
  });
