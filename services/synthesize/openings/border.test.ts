import assert from "node:assert/strict";
import { test } from "vitest";
import { createPipe } from "../../../infra/stream/pipe.ts";
import type { Written } from "../text/words.ts";
import { match, openWith } from "./border.ts";

const openings = ["好问题。", "明白了。", "Good question.", "Sure thing!", "Good question. Well then.", "Let me see…"];

/**
 * What comes of a text that is written in pieces of so many code units: pieces joined, `|` where all so far is wanted.
 */
async function open(text: string, size: number) {
  const pipe = createPipe<Written>({ capacity: Number.POSITIVE_INFINITY });
  for (let at = 0; at < text.length; at += size) void pipe.write({ text: text.slice(at, at + size) });
  pipe.end();
  const opened = openWith(pipe, openings);
  let out = "";
  for await (const piece of opened.written) {
    assert.ok(typeof piece === "object");
    out += piece.flush === true ? `${piece.text}|` : piece.text;
  }
  return { out, end: opened.end() };
}

const rows: [text: string, out: string, end?: number][] = [
  ["好问题。天空是蓝的。", "好问题。|天空是蓝的。", 4],
  ["好问题。", "好问题。|", 4],
  ["好问题", "好问题"],
  ["好问题，其实很简单。", "好问题，其实很简单。"],
  ["天空是蓝的。好问题。", "天空是蓝的。好问题。"],
  ["Good question. The sky is blue.", "Good question.| The sky is blue.", 14],
  ["Good question.\nThe sky.", "Good question.|\nThe sky.", 14],
  // What follows a full stop decides.
  ["Good question.com is a site.", "Good question.com is a site."],
  ["Good question.", "Good question."],
  // A mark that is part of nothing decides at once.
  ["Sure thing!", "Sure thing!|", 11],
  ["Let me see… It is.", "Let me see…| It is.", 11],
  ["\n 明白了。好。", "\n 明白了。|好。", 6],
  ["", ""],
];

for (const [text, out, end] of rows)
  test(`${JSON.stringify(text)} is opened at the same place in pieces of any size`, async () => {
    for (const size of [1, 2, 3, 5, 100]) assert.deepEqual(await open(text, size), { out, end }, `pieces of ${size}`);
  });

test("the shortest of several openings counts, in whatever order they are offered", () => {
  const offered = ["Good question. Well then!", "Oh. Yes!", "Good question."];
  for (const some of [offered, offered.toReversed(), offered.toSorted()]) {
    assert.equal(match("Good question. Well then! It is.", some), 14);
    assert.equal(match("Good question.", some), "perhaps");
    // Only the mark at its end is uncertain.
    assert.equal(match("Oh. Yes!It is.", some), 8);
    assert.equal(match("Oh. No.", some), "none");
  }
});

test("nothing is kept back of a text that can become no opening", async () => {
  const pipe = createPipe<Written>({ capacity: Number.POSITIVE_INFINITY });
  const reader = openWith(pipe, openings).written[Symbol.asyncIterator]();
  void pipe.write({ text: "好" });
  void pipe.write({ text: "天气" });
  assert.deepEqual(await reader.next(), { done: false, value: { text: "好天气" } });
  void pipe.write({ text: "好问题" });
  assert.deepEqual(await reader.next(), { done: false, value: { text: "好问题" } });
  pipe.end();
  assert.equal((await reader.next()).done, true);
});

test("a wish to hear all gives out what was kept back", async () => {
  const pipe = createPipe<Written>({ capacity: Number.POSITIVE_INFINITY });
  const reader = openWith(pipe, openings).written[Symbol.asyncIterator]();
  void pipe.write({ text: "好问" });
  void pipe.write("flush");
  assert.deepEqual(await reader.next(), { done: false, value: { text: "好问" } });
  assert.deepEqual(await reader.next(), { done: false, value: "flush" });
  void pipe.write({ text: "题。" });
  assert.deepEqual(await reader.next(), { done: false, value: { text: "题。" } });
  pipe.end();
  assert.equal((await reader.next()).done, true);
});
