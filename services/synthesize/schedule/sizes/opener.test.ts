import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { BorderKind } from "./border.ts";
import type { End } from "./ends.ts";
import { createGarble } from "./garble.ts";
import { bestOpener, type OpenerCosts, type OpenerMode } from "./opener.ts";

/** Fish-Speech on three cards, as `calibrations.ts` has it, and what is known of it beforehand. */
const fish: Costs = {
  workMs: (seconds) => 45 + (seconds * 1000) / 15,
  garbled: createGarble([
    { belowSeconds: 0.4, probability: 0.3 },
    { belowSeconds: 0.6, probability: 0.15 },
    { belowSeconds: 0.8, probability: 0.05 },
    { belowSeconds: 1, probability: 0.01 },
  ]).probability,
};
/** One that batches and streams: its first sound takes as long however long the text is, and it speaks any word. */
const batching: Costs = { workMs: () => 60, garbled: () => 0 };
/** OpenAudio S1-mini. */
const middling: Costs = { ...fish, workMs: (seconds) => 45 + (seconds * 1000) / 7 };
const slow: Costs = { ...fish, workMs: (seconds) => 45 + (seconds * 1000) / 5 };
/** It speaks twice as fast as people listen, no faster: what follows a word or two is late. */
const slowest: Costs = { ...fish, workMs: (seconds) => 45 + seconds * 500 };

type Costs = Omit<OpenerCosts, "mode" | "writtenSeconds" | "isCrowded"> & Partial<OpenerCosts>;

const end = (kind: BorderKind, seconds: number): End => ({ kind, seconds, whole: 0, border: 0 });
const clause = (seconds: number): End => ({ kind: "mark", seconds, whole: 1, border: undefined });

/** The kind and length of what goes now; undefined: nothing does. */
function goes(mode: OpenerMode, costs: Costs, ...ends: readonly End[]): string | undefined {
  const best = bestOpener(ends, { writtenSeconds: 0, isCrowded: false, ...costs, mode });
  return best === undefined || best.waits ? undefined : `${best.end.kind} ${best.end.seconds}`;
}

describe("where the first segment ends", () => {
  const rows: [what: string, mode: OpenerMode, costs: Costs, ends: End[], wanted: string | undefined][] = [
    ["当然可以！ at once", "written", fish, [end("mark", 0.889)], "mark 0.889"],
    ["当然可以！ at once", "soft", fish, [end("mark", 0.889)], "mark 0.889"],
    ["好的， not alone: it is too often noise", "written", fish, [end("mark", 0.444)], undefined],
    ["好的， not alone: it is too often noise", "soft", fish, [end("mark", 0.444)], undefined],
    ["好的， alone where nothing is noise", "written", batching, [end("mark", 0.444)], "mark 0.444"],
    [
      "好的， alone where a long clause follows it",
      "written",
      { ...fish, writtenSeconds: 6 },
      [end("mark", 0.444)],
      "mark 0.444",
    ],
    ["no soft border, however long it waits", "written", fish, [end("phrase", 3)], undefined],
    ["a phrase of four hanzi", "soft", fish, [end("phrase", 0.889)], "phrase 0.889"],
    ["not two hanzi", "soft", fish, [end("phrase", 0.444)], undefined],
    ["not two hanzi, though nothing is noise", "soft", batching, [end("phrase", 0.444)], undefined],
    ["not after a word or two: a phrase is worth while", "soft", fish, [end("word", 0.889)], undefined],
    ["after some words, where no phrase ends", "soft", fish, [end("word", 1.778)], "word 1.778"],
    ["a phrase rather than a word later", "soft", fish, [end("phrase", 1.1), end("word", 1.5)], "phrase 1.1"],
    [
      "a word rather than a mark 0.9 s later, where others would wait for that too",
      "soft",
      { ...fish, isCrowded: true },
      [end("word", 1.3), end("mark", 2.2)],
      "word 1.3",
    ],
    ["that mark, where nobody would", "soft", fish, [end("word", 1.3), end("mark", 2.2)], "mark 2.2"],
    [
      "a mark that is there rather than a word before it",
      "soft",
      fish,
      [end("word", 1.1), end("mark", 1.6)],
      "mark 1.6",
    ],
    [
      "not a mark that is far, on an engine that takes long for it",
      "soft",
      slow,
      [end("phrase", 2), end("mark", 5)],
      "phrase 2",
    ],
    ["a mark that is far, where it is heard as soon", "soft", batching, [end("phrase", 2), end("mark", 5)], "mark 5"],
    ["not so little that silence would follow", "soft", slow, [end("phrase", 0.889)], undefined],
    ["好的， not alone where the clause behind it would be late", "soft", slowest, [end("mark", 0.444)], undefined],
    ["好的， not alone where the clause behind it would be late", "written", slowest, [end("mark", 0.444)], undefined],
    [
      "好的，我来 before what is long enough to be heard meanwhile",
      "soft",
      slowest,
      [end("phrase", 1.3)],
      "phrase 1.3",
    ],
    [
      "不建议， alone where workers are scarce, but soon free",
      "soft",
      { ...fish, isCrowded: true },
      [end("mark", 0.7)],
      "mark 0.7",
    ],
    [
      "不建议， not alone where what follows may wait longer for a worker than it lasts",
      "soft",
      { ...middling, isCrowded: true },
      [end("mark", 0.7)],
      undefined,
    ],
    ["a clause that is whole rather than half of it", "soft", fish, [end("phrase", 1.1), clause(3)], "mark 3"],
    ["half of a clause that is whole but long", "soft", fish, [end("phrase", 1.1), clause(8)], "phrase 1.1"],
    ["nothing of nothing", "soft", fish, [], undefined],
  ];
  for (const [what, mode, costs, ends, wanted] of rows)
    it(`${mode}: ${what}`, () => assert.equal(goes(mode, costs, ...ends), wanted));
});

describe("what goes at once", () => {
  const goesAt = (kind: BorderKind, seconds: number, mode: OpenerMode, costs: Costs) =>
    goes(mode, costs, end(kind, seconds)) !== undefined;
  const crowded = (costs: Costs): Costs => ({ ...costs, isCrowded: true });
  /** The first of these lengths, in seconds, that goes. */
  const firstOf = (steps: number, step: number, isGoing: (seconds: number) => boolean) => {
    const all = Array.from({ length: steps }, (_, nth) => Math.round(nth * step * 100) / 100);
    return all.find(isGoing);
  };
  const kinds = ["mark", "phrase", "word"] as const;

  it("is longer the worse it ends and the slower its engine is, and shorter where others wait", () => {
    const shortest = (mode: OpenerMode, costs: Costs) =>
      kinds.map((kind) => firstOf(60, 0.05, (seconds) => seconds > 0 && goesAt(kind, seconds, mode, costs)));
    assert.deepEqual(shortest("soft", fish), [0.6, 0.8, 1.15]);
    assert.deepEqual(shortest("soft", slow), [1, 1, 1.05]);
    assert.deepEqual(shortest("soft", batching), [0.15, 0.6, 2.2]);
    assert.deepEqual(shortest("soft", crowded(fish)), [0.6, 0.6, 0.8]);
    assert.deepEqual(shortest("soft", crowded(slow)), [0.8, 0.95, 1]);
    assert.deepEqual(shortest("soft", crowded(slowest)), [0.8, 0.8, 1.05]);
    for (const [costs, mark] of [
      [fish, 0.6],
      [crowded(fish), 0.4],
      [slow, 0.85],
      [slowest, 1],
    ] as const)
      assert.deepEqual(shortest("written", costs), [mark, undefined, undefined]);
  });

  it("is shorter too where much is written behind it without a mark, and the next would be long", () => {
    const leastWritten = (mode: OpenerMode, costs: Costs) =>
      kinds.map((kind) => firstOf(81, 0.1, (writtenSeconds) => goesAt(kind, 0.7, mode, { ...costs, writtenSeconds })));
    assert.deepEqual(leastWritten("soft", fish), [0, 2.9, 5.3]);
    assert.deepEqual(leastWritten("soft", slow), [3.8, 4.3, 5]);
    assert.deepEqual(leastWritten("soft", slowest), [4, 4.1, 4.4]);
    assert.deepEqual(leastWritten("soft", crowded(fish)), [0, 0, 1.5]);
    assert.deepEqual(leastWritten("soft", crowded(slow)), [1.3, 1.4, 1.6]);
    assert.equal(leastWritten("written", slow)[0], 2.8);
    assert.equal(leastWritten("written", slowest)[0], 3.1);
  });
});
