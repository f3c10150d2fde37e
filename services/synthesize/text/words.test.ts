import assert from "node:assert/strict";
import { it } from "vitest";
import { idle } from "../../../infra/stream/idle.ts";
import { createSegmenter } from "./segmenter/segmenter.ts";
import { createSpokenForm } from "./spoken/spoken.ts";
import { type Written, words } from "./words.ts";

async function offers(...pieces: Written[]) {
  async function* written() {
    yield* pieces;
  }
  const all = await Array.fromAsync(words(written(), createSegmenter(), createSpokenForm({ language: "" })));
  return all.map(({ clauses, omitted, flush }) => ({
    clauses: clauses.map(({ clause }) => clause.text),
    omitted: omitted.map(({ text }) => text),
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
    { clauses: [], omitted: [], flush: false },
    { clauses: ["天窗已经关闭。"], omitted: [], flush: true },
    { clauses: [], omitted: [], flush: false },
    { clauses: [], omitted: [], flush: true },
    { clauses: ["如果"], omitted: [], flush: true },
    { clauses: [], omitted: [], flush: false },
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

it("names code as not read, and a table's header, which its rows say, not", async () => {
  const table = "看这张表。\n\n| 走法 | 时间 |\n| --- | --- |\n| 地铁 | 70 分钟 |\n";
  const code = "看代码。\n\n```js\nlet a = 1;\n```\n完了。\n";
  const omitted = async (text: string) => (await offers({ text })).flatMap((offer) => offer.omitted);
  assert.deepEqual(await omitted(table), []);
  assert.match((await omitted(code)).join(""), /let a = 1;/);
});
