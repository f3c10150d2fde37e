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

/** The clauses that a text, as it is written so far, has come to. */
const offered = async (text: string) => (await offers({ text }))[0]?.clauses;

it("offers a clause with its mark, where nothing that follows could change that it ends there", async () => {
  for (const text of [
    "当然可以！",
    "没问题，",
    "你好。",
    "是吗？",
    "第一；",
    "注意：",
    "他说“好”，",
    "ある日、",
    "هل تسمع؟",
  ])
    assert.deepEqual(await offered(text), [text]);
  for (const text of ["3，", "10：", "Sure,", "Sure.", "e.g.", "好…", "当然", "“好的，", "苹果、", "，", "`好，"])
    assert.deepEqual(await offered(text), [], text);
});

it("offers nothing twice that it has offered with its mark, and all that stands after it", async () => {
  const clauses = async (...texts: string[]) =>
    (await offers(...texts.map((text) => ({ text })))).map((offer) => offer.clauses);
  assert.deepEqual(await clauses("当然可以！", "！", "”\n", "好的，", "走吧"), [
    ["当然可以！"],
    [],
    [],
    ["好的，"],
    [],
    ["走吧"],
  ]);
});

it("offers what ends a sentence when the writer pauses, and the rest when it asks", async () => {
  assert.deepEqual(await offers({ text: "Is the roof shut?" }, idle, { text: "如果" }, idle, "flush"), [
    { clauses: [], omitted: [], flush: false },
    { clauses: ["Is the roof shut?"], omitted: [], flush: true },
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
