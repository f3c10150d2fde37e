import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { partSpoken } from "./part.ts";
import { createSegmenter } from "./segmenter/segmenter.ts";
import { after, measure, partClause, unfinished } from "./speakable.ts";
import { createSpokenForm } from "./spoken/spoken.ts";

const clauseOf = (text: string) => ({ text, start: 10, end: 10 + [...text].length, borders: [] });
const speak = (text: string) => createSpokenForm().speak(clauseOf(text));

describe("a clause that is parted", () => {
  const rows: [text: string, at: number, parts: [string, string] | undefined][] = [
    ["我们明天早上去公园散步，", 6, ["我们明天早上", "去公园散步，"]],
    ["I think that we should leave now,", 8, ["I think", "that we should leave now,"]],
    ["室温25°C的时候请开窗，", 9, ["室温二十五摄氏度的时候", "请开窗，"]],
    ["room 25 is on the left,", 8, ["room twenty-five", "is on the left,"]],
    ["😀 I think 👨‍👩‍👧 that we go,", 15, ["I think", "that we go,"]],
    ["它有 **很大** 的花园，", 9, ["它有，很大", "的花园，"]],
    // Inside what is said as one.
    ["一共25元吧，", 3, undefined],
  ];
  for (const [text, at, wanted] of rows)
    it(`${text} at ${at}`, () => {
      const whole = speak(text);
      const parts = partSpoken(whole, 10 + at);
      assert.deepEqual(
        parts?.map(({ spoken }) => spoken),
        wanted,
      );
      if (parts === undefined) return;
      const [first, rest] = parts;
      assert.equal(first.clause.text + rest.clause.text, text);
      assert.deepEqual(
        [first.clause.start, first.clause.end, rest.clause.start, rest.clause.end],
        [10, 10 + at, 10 + at, whole.clause.end],
      );
      for (const part of parts) {
        const length = [...part.spoken].length;
        let spokenEnd = 0;
        for (const span of part.spans) {
          assert.ok(span.start >= part.clause.start && span.end <= part.clause.end, "spans keep to their part");
          assert.ok(span.spokenStart <= span.spokenEnd && span.spokenStart >= spokenEnd && span.spokenEnd <= length);
          spokenEnd = span.spokenEnd;
        }
        assert.equal(spokenEnd, length, "and cover its words");
      }
    });
});

/** What may be taken of a text that is written so far, from a place on. */
function begun(text: string, from = 0) {
  const segmenter = createSegmenter();
  const clauses = segmenter.push(text);
  const form = createSpokenForm();
  for (const clause of clauses) form.speak(clause);
  const taken: number[] = [];
  const open = segmenter.open;
  const rest =
    open && unfinished({ ...open, from: open.start, speak: form.ahead() }, from, (place) => taken.push(place));
  return { rest, taken, form, segmenter };
}

describe("a clause that is being written", () => {
  it("is spoken up to a border, and the rest of it when it is whole, in the same words", () => {
    const { rest, taken, form, segmenter } = begun("我们把客厅的灯光调暗因为您要看电影");
    const border = rest?.borders.findIndex(({ kind }) => kind === "phrase") ?? -1;
    assert.ok(border >= 0, "there is a border before 因为");
    const parts = rest?.part(border);
    const [place = 0] = taken;
    assert.equal(parts?.head.clause.end, place);
    assert.equal(parts?.head.ends, "phrase");
    const whole = segmenter.push("，好吗？").map((clause) => measure(form.speak(clause)));
    const spoken = [parts?.head, ...after(whole, place)].map((part) => part?.spoken).join("");
    assert.equal(spoken, whole.map((part) => part.spoken).join(""));
    assert.ok(parts?.rest === undefined || parts.rest.borders.every(({ seconds }) => seconds > 0));
  });
});

describe("a mark that has just been written", () => {
  const rows: [text: string, head: string | undefined][] = [
    ["I don't have access to live exchange rates,", "I don't have access to live exchange rates,"],
    ["Sure!", "Sure!"],
    ["Is it open;", "Is it open;"],
    ["Sure! Why did the scarecrow win?", "Why did the scarecrow win?"],
    // A closing quote may follow, and belongs before the end.
    ['He said "yes,', undefined],
    ["He said 'yes,", undefined],
    // What follows may be part of the same word or number.
    ["It is on example.", undefined],
    ["It costs 3,", undefined],
    ["It is written as a,b", undefined],
    ["The **cat,", undefined],
  ];
  for (const [text, head] of rows)
    it(`${head === undefined ? "does not end" : "ends"} a segment at once: ${text}`, () => {
      const { rest } = begun(text);
      const last = (rest?.borders.length ?? 0) - 1;
      if (head === undefined) return assert.notEqual(rest?.borders[last]?.kind, "mark");
      assert.equal(rest?.borders[last]?.kind, "mark");
      const parts = rest?.part(last);
      assert.equal(parts?.head.spoken, head);
      assert.equal(parts?.head.ends, undefined);
      assert.deepEqual(parts?.rest.borders, []);
    });

  it("ends none before it, whose text has been taken", () => {
    const { rest } = begun("We have that jacket because it sells well,");
    const parts = rest?.part(rest.borders.findIndex(({ kind }) => kind === "phrase"));
    assert.equal(parts?.rest.borders.at(-1)?.kind, "mark");
    const last = parts?.rest.part((parts.rest.borders.length ?? 0) - 1);
    assert.equal(`${parts?.head.spoken} ${last?.head.spoken}`, "We have that jacket because it sells well,");
    assert.deepEqual(last?.rest.borders, []);
  });
});

describe("a clause that is whole", () => {
  it("is parted at its borders, and not where a side would hold no words", () => {
    const [clause] = createSegmenter()
      .push("我今天不去上班因为外面下了很大的雨，好。")
      .map((one) => measure(createSpokenForm().speak(one)));
    assert.ok(clause !== undefined && (clause.borders ?? []).length > 0);
    for (const [index, border] of (clause.borders ?? []).entries()) {
      const parts = partClause(clause, index);
      assert.ok(parts !== undefined);
      assert.equal(parts[0].spoken + parts[1].spoken, clause.spoken);
      assert.equal(parts[0].ends, border.kind);
      assert.ok(Math.abs(parts[0].seconds - border.seconds) < 0.01);
    }
    assert.equal(partClause(clause, 99), undefined);
  });
});
