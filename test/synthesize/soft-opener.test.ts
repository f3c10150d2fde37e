import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { createSegmenter } from "../../services/synthesize/text/segmenter/segmenter.ts";
import { createSpokenForm } from "../../services/synthesize/text/spoken/spoken.ts";

/** The clauses of a text, pushed in pieces of `size`, and what is said for them. */
function speak(text: string, softOpener: boolean, size = 7) {
  const segmenter = createSegmenter({ softOpener });
  const form = createSpokenForm();
  const clauses = [];
  for (let at = 0; at < text.length; at += size) clauses.push(...segmenter.push(text.slice(at, at + size)));
  clauses.push(...segmenter.flush());
  return { clauses: clauses.map(({ text }) => text), spoken: clauses.map((clause) => form.speak(clause).spoken) };
}

const letters = (spoken: readonly string[]) => spoken.join(" ").replace(/[^\p{L}\p{N}]/gu, "");

const rows: [text: string, first: string][] = [
  ["The weather is fine today, of course.", "The weather is"],
  ["天空呈现蓝色是因为阳光在穿过大气层时发生了散射。", "天空呈现"],
  // A mark that comes soon is the better place.
  ["好的，我来看看。", "好的，"],
  ["Yes, of course.", "Yes,"],
  // Nothing that could be a number, a name or an abbreviation is cut.
  ["It costs 12.50 dollars at the shop.", "It costs 12.50 dollars at the shop."],
  ["Mr. Smith is at home.", "Mr. Smith is at home."],
  ["The New York office is open.", "The New York office is open."],
  ["**Note** that it rains.", "**Note** that it rains."],
  ["一共有二十三个人来了。", "一共有二十三个人来了。"],
];

for (const [text, first] of rows)
  test(`${text} begins with ${first}`, () => {
    for (const size of [1, 3, 100]) assert.equal(speak(text, true, size).clauses[0]?.trim(), first);
  });

test("no word of two hundred replies is said otherwise, and most begin sooner", () => {
  const file = readFileSync(join(import.meta.dirname, "../bench/replies.tsv"), "utf8");
  const replies = file
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t").at(-1)?.replaceAll("\\n", "\n") ?? "");
  let sooner = 0;
  for (const reply of replies) {
    const [soft, hard] = [speak(reply, true), speak(reply, false)];
    assert.equal(letters(soft.spoken), letters(hard.spoken), reply);
    if ((soft.clauses[0]?.length ?? 0) < (hard.clauses[0]?.length ?? 0)) sooner++;
  }
  assert.ok(sooner > replies.length / 3, `${sooner} of ${replies.length} begin sooner`);
});
