import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { Sign } from "./worker.ts";
import { createWorkers } from "./workers.ts";

const nobody: ReadonlySet<number> = new Set();

/** Workers of so many slots each, and short ways to ask for one and to say what came of its work. */
function workers(slots: readonly number[], { probes = false, firstSlots = slots } = {}) {
  const all = createWorkers({ slots, firstSlots, probes });
  return Object.assign(all, {
    pickAt: (now = 0, { avoid = nobody, patient = false } = {}) => all.pick(avoid, patient, now),
    noteAt: (worker: number, sign: Sign, now = 0, pauseMs = 0) => all.note(worker, sign, pauseMs, now),
  });
}

describe("a worker that is busy with the work of others", () => {
  it("is left alone for a second, if it has nothing of ours and does not say for how long", () => {
    const w = workers([1]);
    w.noteAt(0, "busy", 100);
    assert.deepEqual([w.openFrom(), w.pickAt(1099), w.pickAt(1100)], [1100, undefined, 0]);
  });

  it("is left alone for as long as it says", () => {
    const w = workers([1]);
    w.noteAt(0, "busy", 100, 50);
    assert.deepEqual([w.pickAt(149), w.pickAt(150)], [undefined, 0]);
  });

  it("is left alone for half a minute at most", () => {
    const w = workers([1]);
    w.noteAt(0, "busy", 0, 3_600_000);
    assert.deepEqual([w.pickAt(29_999), w.pickAt(30_000)], [undefined, 0]);
  });

  it("is not left alone for less because of what it says later", () => {
    const w = workers([2]);
    w.noteAt(0, "busy", 0, 500);
    w.noteAt(0, "busy", 10, 5);
    assert.deepEqual([w.pickAt(499), w.pickAt(500)], [undefined, 0]);
  });

  it("is not left alone where it has work of ours: it is given no more than it kept", () => {
    const w = workers([4]);
    for (const now of [0, 1, 2]) w.take(w.pickAt(now) as number, now);
    w.free(0);
    w.noteAt(0, "busy", 10);
    assert.equal(w.pickAt(10), undefined, "two are its limit");
    w.free(0);
    assert.equal(w.pickAt(10), 0);
  });

  it("is well all the same", () => {
    const w = workers([1]);
    assert.equal(w.noteAt(0, "busy"), false);
    assert.equal(w.health(0), "well");
  });
});

describe("what it shows of itself", () => {
  const rows: readonly (readonly [signs: readonly Sign[], health: string, changed: boolean])[] = [
    [["well"], "well", false],
    [["nothing"], "well", false],
    [["failed", "failed"], "well", false],
    [["failed", "failed", "failed"], "faulty", true],
    [["failed", "failed", "well", "failed", "failed"], "well", false],
    [["failed", "failed", "busy", "failed"], "well", false],
    [["wrong"], "faulty", true],
    [["wrong", "wrong"], "faulty", false],
    [["unreachable"], "away", true],
    [["silent"], "away", true],
    [["silent", "unreachable"], "away", false],
    [["unreachable", "well"], "well", true],
    [["unreachable", "wrong"], "faulty", true],
    [["unreachable", "nothing"], "away", false],
    [["unreachable", "failed"], "away", false],
  ];
  for (const [signs, health, changed] of rows)
    it(`${signs.join(", ")}: ${health}`, () => {
      const w = workers([1]);
      const changes = signs.map((sign, now) => w.noteAt(0, sign, now));
      assert.deepEqual([w.health(0), changes.at(-1)], [health, changed]);
    });
});

describe("who is away", () => {
  it("gets nothing while it is probed, and all again once a probe finds it", () => {
    const w = workers([1], { probes: true });
    w.noteAt(0, "unreachable", 0);
    assert.deepEqual(
      [w.pickAt(60_000, { patient: true }), w.mayTry(60_000), w.openFrom()],
      [undefined, false, Infinity],
    );
    assert.equal(w.probed(0, false, 100), false);
    assert.equal(w.probed(0, true, 200), true);
    assert.deepEqual([w.health(0), w.pickAt(200), w.openFrom() <= 200], ["well", 0, true]);
    assert.equal(w.probed(0, true, 300), false, "that changes nothing");
  });

  it("is probed four times a second while no other lives, and each second while one does", () => {
    for (const [slots, everyMs] of [
      [[1], 250],
      [[1, 1], 1000],
    ] as const) {
      const w = workers(slots, { probes: true });
      w.noteAt(0, "unreachable", 5000);
      assert.equal(w.nextProbe(5000), 5000 + everyMs);
      assert.deepEqual(w.probe(5000 + everyMs - 1), []);
      assert.deepEqual(w.probe(5000 + everyMs), [0]);
      assert.deepEqual([w.probe(90_000), w.nextProbe(90_000)], [[], Infinity], "not again while one is on its way");
      w.probed(0, false, 6500);
      assert.deepEqual([w.nextProbe(6500), w.nextProbe(90_000)], [6500 + everyMs, 90_000]);
    }
  });

  it("is probed at once where that is asked for, and only who is away", () => {
    const w = workers([1, 1, 1], { probes: true });
    w.noteAt(1, "unreachable", 0);
    w.noteAt(2, "wrong", 0);
    assert.deepEqual([w.probe(1), w.probe(1, true), w.probe(1, true)], [[], [1], []]);
  });

  it("is never probed where nobody answers probes", () => {
    const w = workers([1]);
    w.noteAt(0, "unreachable", 0);
    assert.deepEqual([w.probe(90_000, true), w.nextProbe(0)], [[], Infinity]);
  });

  it("having been silent, is not probed before its pause is over: it answered probes while it was", () => {
    const w = workers([1], { probes: true });
    w.noteAt(0, "silent", 0);
    assert.deepEqual([w.nextProbe(0), w.probe(999), w.probe(1000)], [1000, [], [0]]);
  });

  it("is told when it may be tried, where it cannot be probed", () => {
    const w = workers([1]);
    w.noteAt(0, "unreachable", 0);
    assert.deepEqual(
      [w.nextTry(0), w.mayTry(999), w.mayTry(1000), w.pickAt(999), w.pickAt(1000)],
      [1000, false, true, undefined, 0],
    );
    w.take(0, 1000);
    assert.deepEqual([w.mayTry(1001), w.nextTry(1001)], [false, Infinity], "one at a time");
    w.free(0);
    w.noteAt(0, "nothing", 1002);
    assert.equal(w.mayTry(1003), true, "a trial that was called off was none");
  });

  it("is not tried with what is needed soon while another is well", () => {
    const w = workers([1, 1]);
    w.noteAt(0, "unreachable", 0);
    assert.deepEqual([w.pickAt(1000), w.pickAt(1000, { patient: true }), w.mayTry(1000)], [1, 0, false]);
    const faulty = workers([1, 1]);
    faulty.noteAt(0, "wrong", 0);
    assert.equal(faulty.pickAt(1000), 0, "one that answers is no such risk");
  });
});

describe("whose turn it is", () => {
  it("is not that of one to be avoided, until no other is well", () => {
    const w = workers([1, 1]);
    const avoid = new Set([0]);
    assert.deepEqual([w.pickAt(0, { avoid }), w.others(avoid), w.others(new Set([0, 1]))], [1, true, false]);
    w.take(1, 0);
    assert.equal(w.pickAt(0, { avoid }), undefined, "the other is only busy");
    w.noteAt(1, "unreachable", 0);
    assert.deepEqual([w.pickAt(0, { avoid }), w.others(avoid)], [0, false]);
  });

  it("is that of a faulty one where no other is well", () => {
    const w = workers([1, 1]);
    w.noteAt(0, "wrong", 0);
    w.noteAt(1, "unreachable", 0);
    assert.equal(w.pickAt(1), 0);
  });

  it("goes to the first of those that are as busy, by the share of their slots", () => {
    const w = workers([4, 2]);
    const picked = Array.from({ length: 6 }, () => {
      const worker = w.pickAt() as number;
      w.take(worker, 0);
      return worker;
    });
    assert.deepEqual(picked, [0, 1, 0, 0, 1, 0]);
    assert.equal(w.pickAt(), undefined);
  });
});

describe("how many there are", () => {
  it("idle and well, and how many slots are in use", () => {
    const w = workers([2, 1, 1]);
    assert.deepEqual([w.idle, w.busy], [3, 0]);
    w.take(0, 0);
    w.noteAt(1, "wrong", 0);
    assert.deepEqual([w.idle, w.busy], [1, 1]);
    w.free(0);
    assert.deepEqual([w.idle, w.busy], [2, 0]);
  });

  it("free, where one at most is left of several", () => {
    const w = workers([2, 1]);
    assert.equal(w.isNearlyFull, false);
    w.take(0, 0);
    assert.equal(w.isNearlyFull, false, "two of three");
    w.take(1, 0);
    assert.equal(w.isNearlyFull, true, "one of three");
    assert.equal(workers([1]).isNearlyFull, false, "one of one");
    const left = workers([1, 1]);
    left.noteAt(1, "unreachable", 0);
    assert.equal(left.isNearlyFull, false, "who is away has none");
  });

  it("at once with a worker that is not known, which is given more as it answers promptly", () => {
    const w = workers([3], { firstSlots: [1] });
    w.take(0, 0);
    assert.equal(w.pickAt(), undefined);
    w.answered(0, 80, 80);
    assert.equal(w.pickAt(), 0);
  });
});
