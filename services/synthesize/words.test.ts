import assert from "node:assert/strict";
import { it } from "node:test";
import { idle } from "../../infra/stream/idle.ts";
import { createSegmenter } from "./segmenter.ts";
import { createSpokenForm } from "./spoken/spoken.ts";
import { type Written, words } from "./words.ts";

async function offers(...pieces: Written[]) {
  async function* written() {
    yield* pieces;
  }
  const all = await Array.fromAsync(words(written(), createSegmenter(), createSpokenForm({ language: "" })));
  return all.map(({ clauses, silent, flush }) => ({
    clauses: clauses.map(({ clause }) => clause.text),
    silent: silent.map(({ text }) => text),
    flush,
  }));
}

it("offers a clause with the piece that completes it", async () => {
  assert.deepEqual(
    (await offers({ text: "天窗已经" }, { text: "关闭。如果" }, { text: "觉得闷" })).map(({ clauses }) => clauses),
    [[], ["天窗已经关闭。"], [], ["如果觉得闷"]],
  );
});

it("offers what ends a sentence when the writer pauses, and the rest when it asks", async () => {
  assert.deepEqual(await offers({ text: "天窗已经关闭。" }, idle, { text: "如果" }, idle, "flush"), [
    { clauses: [], silent: [], flush: false },
    { clauses: ["天窗已经关闭。"], silent: [], flush: true },
    { clauses: [], silent: [], flush: false },
    { clauses: [], silent: [], flush: true },
    { clauses: ["如果"], silent: [], flush: true },
    { clauses: [], silent: [], flush: false },
  ]);
});

it("measures a clause by what is spoken and by what was written", async () => {
  const segmenter = createSegmenter();
  async function* written() {
    yield { text: "天窗已经关闭了。" };
  }
  for await (const { clauses } of words(written(), segmenter, createSpokenForm({ language: "zh" })))
    for (const { seconds, characters } of clauses) {
      assert.equal(characters, 8);
      assert.ok(Math.abs(seconds - 7 / 4.5) < 0.01);
    }
});
