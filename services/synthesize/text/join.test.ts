import assert from "node:assert/strict";
import { it } from "vitest";
import { countCodePoints } from "../../../infra/text/code-points.ts";
import { joinClauses } from "./join.ts";
import type { SpokenClause } from "./spoken/spoken-clause.ts";

function clause(text: string, start: number, spoken = text): SpokenClause {
  const end = start + countCodePoints(text);
  return {
    clause: { text, start, end, borders: [] },
    spoken,
    spans: [{ start, end, spokenStart: 0, spokenEnd: countCodePoints(spoken) }],
  };
}

it("covers the written range from the first clause to the last", () => {
  const { start, end } = joinClauses([clause("好的，", 3), clause("我来查。", 8)]);
  assert.deepEqual([start, end], [3, 12]);
});

for (const [first, second, joined] of [
  ["好的，", "我来查。", "好的，我来查。"],
  ["Sure.", "Let me see.", "Sure. Let me see."],
  ["好的。", "Let me see.", "好的。Let me see."],
  ["Sure.", "我来查。", "Sure.我来查。"],
] as const)
  it(`joins "${first}" and "${second}"`, () =>
    assert.equal(joinClauses([clause(first, 0), clause(second, 10)]).spoken, joined));

it("moves the spans along, counted in code points", () => {
  const { spoken, spans } = joinClauses([clause("𠮷", 0, "ji"), clause("$5", 4, "five dollars")]);
  assert.deepEqual(
    spans.map(({ start, end, spokenStart, spokenEnd }) => [
      start,
      end,
      [...spoken].slice(spokenStart, spokenEnd).join(""),
    ]),
    [
      [0, 1, "ji"],
      [4, 6, "five dollars"],
    ],
  );
});
