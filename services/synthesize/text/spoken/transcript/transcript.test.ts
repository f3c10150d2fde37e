import assert from "node:assert/strict";
import { it } from "vitest";
import { createTranscriptWriter, type TranscriptWriter } from "./transcript.ts";

/** What is written when each step is taken in turn. */
function written(language: string, ...steps: readonly ((writer: TranscriptWriter) => void)[]) {
  const writer = createTranscriptWriter(language);
  for (const step of steps) step(writer);
  return writer.end(undefined);
}

const word = (text: string) => (writer: TranscriptWriter) => {
  [...text].forEach((c, at) => {
    writer.word(c, at, at + 1);
  });
};
const reading = (text: string) => (writer: TranscriptWriter) => writer.reading(text, 10, 13);
const space = (writer: TranscriptWriter) => writer.space();
const join = (writer: TranscriptWriter) => writer.join();
const pause =
  (mark: string, as = mark) =>
  (writer: TranscriptWriter) =>
    writer.pause(mark, as, 5, 6);

it("puts spaces where two words meet, and none inside one or in Chinese", () => {
  const rows: readonly [string, ...((writer: TranscriptWriter) => void)[]][] = [
    ["ab", word("a"), word("b")],
    ["a b", word("a"), space, word("b")],
    ["a one", word("a"), reading("one")],
    ["one b", reading("one"), word("b")],
    ["one'", reading("one"), word("'")],
    ["one '", reading("one"), space, word("'")],
    ["one-b", reading("one"), join, word("-"), join, word("b")],
    ["一b", reading("一"), word("b")],
    ["中一", word("中"), reading("一")],
    ["中b", word("中"), space, word("b")],
    ["中，文", word("中"), space, word("文")],
    ["中一", word("中"), space, reading("一")],
    ["삼은", reading("삼"), word("은")],
    ["삼 은", reading("삼"), space, word("은")],
    ["삼 사", reading("삼"), reading("사")],
    ["one b", reading(" one "), word("b")],
    ["one b", reading("one"), reading(" b")],
  ];
  for (const [expected, ...steps] of rows) assert.equal(written("zh", ...steps).spoken.trim(), expected);
  assert.equal(written("ja", word("中"), space, word("文")).spoken, "中文");
});

it("hears the longest of several pauses, in the marks of the language", () => {
  assert.equal(written("zh", word("a"), pause("，"), pause("。"), pause("，"), word("b")).spoken, "a。b");
  assert.equal(written("en", word("a"), pause("，"), pause("。"), word("b")).spoken, "a. b");
  assert.equal(written("zh", pause("。"), word("a")).spoken, "a");
});

it("ends with a mark that somebody wrote, or with the line", () => {
  assert.equal(written("zh", word("a"), pause("。")).spoken, "a。");
  assert.equal(written("zh", word("a"), pause("，")).spoken, "a，");
  assert.equal(written("zh", word("a"), pause("，", ")")).spoken, "a");
  assert.equal(written("zh", word("a"), pause("，", ")"), pause("，", ",")).spoken, "a，");
  const ended = (...steps: readonly ((writer: TranscriptWriter) => void)[]) => {
    const writer = createTranscriptWriter("zh");
    for (const step of steps) step(writer);
    return writer.end([7, 8]);
  };
  assert.equal(ended(word("a")).spoken, "a。");
  assert.equal(ended(word("a"), pause("，")).spoken, "a。");
  assert.equal(ended(word("a"), pause("：")).spoken, "a：");
  assert.deepEqual(ended(), { spoken: "", spans: [] });
  assert.deepEqual(ended(pause("。")), { spoken: "", spans: [] });
});

it("tells for each piece what it stands for; characters that are said as written share a span", () => {
  assert.deepEqual(written("zh", word("ab"), reading("一二"), reading("三")).spans, [
    { start: 0, end: 2, spokenStart: 0, spokenEnd: 2 },
    { start: 10, end: 13, spokenStart: 2, spokenEnd: 5 },
  ]);
  assert.deepEqual(
    written(
      "zh",
      (writer) => writer.word("a", 0, 1),
      (writer) => writer.word("b", 2, 3),
    ).spans,
    [
      { start: 0, end: 1, spokenStart: 0, spokenEnd: 1 },
      { start: 2, end: 3, spokenStart: 1, spokenEnd: 2 },
    ],
  );
});
