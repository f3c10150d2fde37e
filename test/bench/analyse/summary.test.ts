import assert from "node:assert/strict";
import { test } from "vitest";
import type { TurnRecord } from "../record.ts";
import { sounds, turn } from "./known.ts";
import { summarize } from "./summary.ts";

/** Ten seconds count. */
const time = { warmMs: 1000, untilMs: 11_000, endMs: 20_000 };
const of = (...turns: TurnRecord[]) => summarize({ turns }, time);
const refused = (afterMs: number) =>
  turn({ end: "refused", textsAtMs: [], segments: [], sounds: [], endedAtMs: 1000 + afterMs });
const failed = () => turn({ end: "failed", sounds: [] });
const heardAfter = (ms: number) => turn({ sounds: sounds(1000 + ms), endedAtMs: 2000 + ms });

test("refused, failed and unfinished turns stay in the denominator", () => {
  const summary = of(heardAfter(400), heardAfter(400), refused(5), failed(), turn({ end: "unfinished" }));
  assert.equal(summary.turns, 5);
  assert.deepEqual(summary.ends, { finished: 2, refused: 1, failed: 1, unfinished: 1, cancelled: 0 });
  assert.equal(summary.success, 0.4);
  assert.equal(summary.offeredPerSecond, 0.5);
  assert.equal(summary.goodput[500], 0.2, "an unfinished turn is not good, however soon it was heard");
});

test("a refused turn has no latency; one that was taken and never heard is later than all", () => {
  const turns = [300, 300, 300].map(heardAfter);
  assert.equal(of(...turns, refused(5), refused(5), refused(5), refused(5)).ttfa.p95, 300);
  assert.deepEqual(of(...turns, failed()).ttfa, { p50: 300, p95: undefined, p99: undefined });
  assert.equal(of(heardAfter(300), failed(), failed()).ttfa.p50, undefined);
});

test("refusals are told apart by whether the caller was let wait first", () => {
  const { refusals } = of(refused(4), refused(8), refused(510), heardAfter(1));
  assert.equal(refusals.atOnce.p99, 8);
  assert.equal(refusals.afterQueue.p50, 510);
  assert.equal(refusals.queued, 1);
});

test("turns that ran dry are counted once each, and their silence as a share of all listening", () => {
  // Four seconds of sound with 500 ms of silence, and three without any.
  const dry = turn({ sounds: sounds(1300, 2600, 3500, 4800), endedAtMs: 6000 });
  const summary = of(dry, turn({ sounds: sounds(1300, 1400, 1500) }));
  assert.equal(summary.players[0].underrunTurns, 1);
  assert.ok(Math.abs(summary.players[0].stallRatio - 0.5 / 7.5) < 1e-9, `${summary.players[0].stallRatio}`);
  assert.equal(summary.players[100].underrunTurns, 1);
  assert.equal(summary.players[200].underrunTurns, 1);
});

test("a good turn is heard in time, whole, and never dry", () => {
  const dry = turn({ sounds: sounds(1200, 2500), endedAtMs: 4000 });
  const hardlyDry = turn({ sounds: sounds(1200, 2250), endedAtMs: 4000 });
  const { goodput } = of(heardAfter(300), heardAfter(301), heardAfter(800), heardAfter(801), dry, hardlyDry);
  assert.deepEqual(goodput, { 300: 0.2, 500: 0.3, 800: 0.4 }, "the player has 100 ms in hand");
});

test("turns of warm-up and drain are left out by when they were meant to begin", () => {
  const at = (intendedAtMs: number) => turn({ intendedAtMs, startedAtMs: intendedAtMs });
  assert.equal(of(at(999), at(1000), at(10_999), at(11_000)).turns, 2);
});

test("late starts are told, and nothing is told of nobody", () => {
  assert.equal(of(turn({ startedAtMs: 1040 })).lateP99Ms, 40);
  const none = of();
  assert.deepEqual([none.turns, none.success, none.ttfa.p50, none.lateP99Ms], [0, 0, undefined, 0]);
});
