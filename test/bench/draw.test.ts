import assert from "node:assert/strict";
import { test } from "vitest";
import { calibrations } from "./calibrations.ts";
import { drawArrivals, drawTurns } from "./draw.ts";
import { ofMeanLength, ownReplies, readReplies } from "./replies.ts";
import { cellsOf } from "./scenarios/cells.ts";
import { quick } from "./scenarios/quick.ts";
import type { Cell } from "./scenarios/scenario.ts";
import { scenarios } from "./scenarios/scenarios.ts";
import { seedTable } from "./scenarios/seed-table.ts";

const replies = readReplies(ownReplies);
const [cell] = cellsOf(seedTable, 7) as [Cell];
const draw = (differs: Partial<Cell>, user = 0) => {
  const next = drawTurns({ ...cell, load: { kind: "closed", users: 10, thinkMs: 10_000 }, ...differs }, replies, user);
  return Array.from({ length: 30 }, next);
};

test("sides are paired: the same replies after the same thoughts, in other words of the same length", () => {
  const [ours, theirs] = [draw({ side: "duet" }), draw({ side: "fifo" })];
  assert.deepEqual(
    ours.map(({ reply, thinkMs }) => [reply.id, thinkMs]),
    theirs.map(({ reply, thinkMs }) => [reply.id, thinkMs]),
  );
  for (const [index, { question }] of ours.entries()) {
    assert.notEqual(
      question.slice(0, 10),
      theirs[index]?.question.slice(0, 10),
      "or the prefix cache would help one of them",
    );
    assert.equal(question.length, theirs[index]?.question.length);
  }
  assert.notDeepEqual(ours, draw({ side: "duet", seed: 8 }));
});

test("users think around the mean, and no two of them ask for the same at once", () => {
  const users = Array.from({ length: 10 }, (_, user) => draw({}, user));
  const thoughts = users.flat().map(({ thinkMs }) => thinkMs);
  const mean = thoughts.reduce((sum, ms) => sum + ms, 0) / thoughts.length;
  assert.ok(mean > 8500 && mean < 11_500, `${mean}`);
  assert.equal(new Set(users.map(([first]) => first?.reply.id)).size, 10);
});

test("turns of an open load come as often as they should, whatever becomes of them", () => {
  const arrivals = drawArrivals(5, 1, 200_000);
  assert.ok(Math.abs(arrivals.length - 1000) < 120, `${arrivals.length}`);
  assert.deepEqual(arrivals.slice(0, 9), drawArrivals(5, 1, 200_000).slice(0, 9));
  assert.ok(arrivals.every((at, index) => at >= (arrivals[index - 1] ?? 0)));
});

test("replies are 16 s of speech, or as long on average as they are asked to be", () => {
  const mean = (some: typeof replies) => some.reduce((sum, { tokens }) => sum + tokens, 0) / some.length;
  assert.equal(replies.length, 200);
  const short = ofMeanLength(replies, 28);
  assert.ok(short.length > 50 && Math.abs(mean([...short]) - 28) < 0.5, `${mean([...short])}`);
  assert.equal(ofMeanLength(replies, undefined), replies);
});

test("every calibration of a scenario is run, and rows of sides take turns to go first", () => {
  for (const scenario of Object.values(scenarios)) {
    const cells = cellsOf(scenario, 1);
    const { loads, sides, repeats, calibrations: names } = scenario;
    assert.equal(cells.length, loads.length * sides.length * repeats * names.length, scenario.name);
    assert.equal(cells[0]?.side, sides[0]);
    if (cells.length > sides.length) assert.equal(cells[sides.length]?.side, sides.at(-1), scenario.name);
  }
});

test("overhead has a worker for each user; other scenarios have those of the calibration", () => {
  for (const { load, calibration } of cellsOf(scenarios.overhead as never, 1))
    assert.equal(calibration.workers, load.kind === "closed" && load.users);
  for (const { calibration } of cellsOf(seedTable, 1)) assert.equal(calibration.workers, calibrations.fish15.workers);
});

test("the quick table is nine cells of 18 s", () => {
  const cells = cellsOf(quick(seedTable), 1);
  assert.equal(cells.length, 9);
  assert.ok(cells.every(({ time }) => time.endMs === 18_000 && time.untilMs < 18_000));
});
