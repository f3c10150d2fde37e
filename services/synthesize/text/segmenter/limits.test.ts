/** The exact edges: how far what opens may reach, how long a clause may be, and where one that is too long is cut. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { createSegmenter } from "./segmenter.ts";

function texts(text: string): string[] {
  const segmenter = createSegmenter();
  return [...segmenter.push(text), ...segmenter.flush()].map((clause) => clause.text);
}
const first = (text: string) => texts(text)[0];

describe("what opens and holds a sentence is kept together, and one character more is not", () => {
  const rows: readonly (readonly [open: string, close: string, reach: number])[] = [
    ["“", "”", 60],
    ["「", "」", 48],
    ["『", "』", 48],
    ["《", "》", 48],
    ["〈", "〉", 48],
    ["【", "】", 48],
    ["〔", "〕", 48],
    ["（", "）", 48],
    ["«", "»", 80],
    ["‹", "›", 80],
    ["(", ")", 80],
    ["[", "]", 80],
    ["{", "}", 80],
    ["[a](", ")", 1000],
    ["![a](", ")", 1000],
    ['"', '"', 80],
    ["'", "'", 60],
    ["‘", "’", 60],
    ["`", "`", 200],
    ["``", "``", 200],
    ["$", "$", 120],
    ["$$", "$$", 240],
    ["\\(", "\\)", 240],
    ["\\[", "\\]", 240],
  ];
  for (const [open, close, reach] of rows)
    it(`${open}…${close} holds ${reach}`, () => {
      const held = (length: number) => `${open}${"Stop. Then it goes on ".padEnd(length, "a")}${close}`;
      assert.equal(first(`${held(reach)} and on`)?.startsWith(held(reach)), true);
      assert.equal(first(`${held(reach + 1)} and on`), `${open}Stop.`);
    });

  it("a single quote holds 60 in width, thirty hanzi, so that an apostrophe does not hold much", () => {
    const held = (length: number) => `'${"好。走".padEnd(length, "吧")}'`;
    assert.equal(first(`${held(30)} 走`)?.startsWith(held(30)), true);
    assert.equal(first(`${held(31)} 走`), "'好。");
  });

  const nested: readonly (readonly [text: string, clauses: readonly string[]])[] = [
    ["(one (two. Three) four. Five) six. Seven", ["(one (two. Three) four. Five) six.", "Seven"]],
    ["(one (two. Three four. Five) six. Seven", ["(one (two. Three four. Five) six.", "Seven"]],
    ["他说：“她说“好。走吧”。”然后", ["他说：", "“她说“好。走吧”。”", "然后"]],
  ];
  for (const [text, clauses] of nested)
    it(`by its own close, not by the first: ${text}`, () => assert.deepEqual(texts(text), clauses));

  it("closes a span of code with as many marks as opened it", () => {
    assert.deepEqual(texts("`a. B`. Then"), ["`a. B`.", "Then"]);
    assert.deepEqual(texts("``a. B`c. D``. Then"), ["``a. B`c. D``.", "Then"]);
    assert.deepEqual(texts("`a. B``c. D`. Then"), ["`a. B``c. D`.", "Then"]);
    assert.deepEqual(texts("``river. Then` and on"), ["``river.", "Then` and on"]);
  });

  it("closes a block of code with at least as many marks as opened it, alone on their line", () => {
    for (const [fence, close] of [
      ["```", "```"],
      ["```", "````"],
      ["````", "````"],
      ["~~~", "~~~"],
    ] as const)
      assert.deepEqual(texts(`${fence}js\na. B\n${close}\nThen. On`), [`${fence}js\na. B\n${close}\n`, "Then.", "On"]);
    for (const [fence, close] of [
      ["````", "```"],
      ["```", "~~~"],
      ["```", "``` x"],
      ["```", "``"],
    ] as const)
      assert.deepEqual(texts(`${fence}\na. B\n${close}\nThen. On`), [`${fence}\na. B\n${close}\nThen. On`]);
  });
});

describe("a clause that is too long", () => {
  const width = 112;
  const least = 36;

  it("is one that is wider than 112", () => {
    assert.deepEqual(
      texts("天".repeat(57)),
      ["天".repeat(57)],
      "one character more is read before it is cut, and may be the last",
    );
    assert.equal(texts("天".repeat(58)).length, 2);
    assert.deepEqual(texts("a".repeat(112)), ["a".repeat(112)]);
    assert.deepEqual(texts("a".repeat(113)), ["a".repeat(113)]);
    assert.equal(texts("a".repeat(114)).length, 2);
  });

  const joints =
    "and but or so because which who that while when where if though although unless until then as with for from".split(
      " ",
    );
  const word = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.integer({ min: 3, max: 12 }).map((length) => "lantern".padEnd(length, "x").slice(0, length)),
    },
    { weight: 1, arbitrary: fc.constantFrom(...joints) },
  );
  it("is cut before the last joining word, or else before the last word, not before 36", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 30, maxLength: 40 }), (words) => {
        const text = words.join(" ");
        let joint = 0;
        let space = 0;
        let at = -1;
        for (const [index, each] of words.entries()) {
          // Never behind one that joins; whether a word does is known once the space after it is.
          const mayPart = at >= least && !joints.includes(words[index - 1] ?? "");
          if (mayPart && at <= width + 1) space = at;
          if (mayPart && joints.includes(each) && at + 1 + each.length <= width + 1) joint = at;
          at += each.length + 1;
        }
        assert.equal(first(text), text.slice(0, joint || space));
      }),
      { numRuns: 200 },
    );
  });

  const rows: readonly (readonly [what: string, text: string, end: number])[] = [
    ["after the last minor mark", `${"天".repeat(20)}、${"地".repeat(20)}、${"人".repeat(40)}`, 42],
    ["after a minor mark rather than at a later space", `${"lantern ".repeat(5)}one–two ${"lantern ".repeat(20)}`, 44],
    ["at none that stands before 36", `${"天".repeat(16)}、${"lantern ".repeat(20)}`, 0],
    ["at the first that stands not before 36", `${"天".repeat(18)}、${"天".repeat(60)}`, 19],
    ["after the last of several minor marks in a row", `${"天".repeat(20)}——${"地".repeat(60)}`, 22],
    ["where white space stands between hanzi, as after a mark", `${"天".repeat(20)} ${"地".repeat(60)}`, 20],
  ];
  for (const [what, text, end] of rows)
    it(`is cut ${what}`, () => {
      const cut = [...(first(text) ?? "")].length;
      if (end > 0) assert.equal(cut, end);
      else assert.ok(cut >= 36, `${cut}`);
    });

  it("is not cut inside a construct, a family of emoji, a flag or a letter with its accent", () => {
    for (const whole of ["👨‍👩‍👧‍👦", "🇨🇳", "👍🏽", "e\u0301", "`lantern and lantern`", "（灯笼、灯笼）"])
      for (const filler of ["a", "天", "ก"])
        for (let before = 20; before <= 113; before++) {
          const text = `${filler.repeat(before)}${whole}${filler.repeat(120)}`;
          const start = before;
          const end = before + [...whole].length;
          let at = 0;
          for (const clause of texts(text)) {
            at += [...clause].length;
            assert.ok(at <= start || at >= end, `${whole} after ${before}`);
          }
        }
  });
});

describe("what a clause has shown does not carry over to the next", () => {
  it("the comma of lists ends a clause in Japanese alone", () => {
    assert.deepEqual(texts("今日は晴、明日は雨。苹果、梨、桃都有。"), [
      "今日は晴、",
      "明日は雨。",
      "苹果、梨、桃都有。",
    ]);
    assert.deepEqual(texts("苹果、梨、桃都有，今日は晴、明日。"), ["苹果、梨、桃都有，", "今日は晴、", "明日。"]);
  });

  it("a mark before any word belongs to what follows, in each clause anew", () => {
    assert.deepEqual(texts("……好。……好。"), ["……好。……", "好。"]);
    assert.deepEqual(texts("！好，\n！好，"), ["！好，\n", "！好，"]);
  });

  it("the width of one clause is not counted in the next", () => {
    const clause = `${"天".repeat(55)}。`;
    assert.deepEqual(texts(clause.repeat(4)), [clause, clause, clause, clause]);
  });
});
