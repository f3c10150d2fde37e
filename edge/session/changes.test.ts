import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { course, createSession } from "./changes.fixture.ts";
import { endTurn, leaseMs, reportTurn, saveTurn, undoTurn } from "./changes.ts";
import type { Position } from "./heard.ts";
import { reportMs } from "./record.ts";

describe("a turn of a session", () => {
  it("has its place from its opening on, and its text when it ends", () => {
    const kept = createSession();
    const first = kept.open("a", { question: "one" });
    assert.deepEqual(kept.said(), ["u one", "a"]);
    const second = kept.open("b", { question: "two" });
    kept.end(second, course());
    kept.end(first, course());
    // The first never started: the second has taken it back.
    assert.deepEqual(kept.said(), ["u two", "a 今天很好明天更好 estimated"]);
    const third = kept.open("c", { question: "three" });
    kept.apply(saveTurn(kept.session(), third, course(undefined, undefined, 4)));
    const fourth = kept.open("d", { question: "four" });
    assert.equal(saveTurn(kept.session(), third, course()), undefined, "it has the session no more");
    kept.end(fourth, course());
    kept.end(third, course({ segment: 0, offset: 1_000 }, 1_000_500));
    assert.deepEqual(kept.said().slice(2), [
      "u three",
      "a 今天很好 interrupted",
      "u four",
      "a 今天很好明天更好 estimated",
    ]);
  });

  it("that never started leaves nothing, not even a session", () => {
    const kept = createSession();
    const turn = kept.open("a");
    const undone = undoTurn(kept.session(), turn);
    assert.equal(undone?.empty, true);
    kept.apply(undone);
    assert.deepEqual(kept.names(), ["head"]);
    const next = kept.open("b");
    assert.equal(undoTurn(kept.session(), turn), undefined);
    kept.end(next, course());
    const last = kept.open("c");
    assert.equal(undoTurn(kept.session(), last)?.empty, false);
  });

  it("whose edge is gone is closed as it was last known, by what there was time to hear", () => {
    const kept = createSession();
    const turn = kept.open("a");
    kept.apply(saveTurn(kept.session(), turn, course(undefined, undefined, 8)));
    assert.equal(kept.session().head?.running?.until, 1_000_000 + leaseMs);
    kept.pass(1_250);
    kept.open("b");
    assert.deepEqual(kept.said().slice(0, 2), ["u a", "a 今天很好 interrupted estimated"]);
  });

  it("is heard no longer than until another has taken its session, whenever its edge notices", () => {
    const kept = createSession();
    const turn = kept.open("a");
    kept.apply(saveTurn(kept.session(), turn, course(undefined, undefined, 8)));
    kept.pass(1_000);
    kept.open("b");
    kept.pass(1_000);
    kept.end(turn, course(undefined, 1_002_000, 8));
    assert.equal(kept.said()[1], "a 今天很好 interrupted estimated");
  });

  it("is shown while it runs with what was heard up to now", () => {
    const kept = createSession();
    const turn = kept.open("a");
    kept.pass(1_000);
    kept.apply(saveTurn(kept.session(), turn, course(undefined, undefined, 8)));
    assert.deepEqual(kept.said(), ["u a", "a 今天很好 estimated"]);
  });
});

describe("a turn that ends late", () => {
  it("leaves no sound, where it could not be reported any more", () => {
    const kept = createSession();
    const turn = kept.open("a");
    kept.apply(saveTurn(kept.session(), turn, course(undefined, undefined, 4)));
    kept.open("b");
    kept.pass(reportMs + 1);
    kept.open("c");
    assert.deepEqual(kept.names(), ["head", "m0", "m1", "m4", "m5", "s5"]);
    assert.equal(kept.end(turn, course({ segment: 0, offset: 1_000 }, 1_000_500)), true);
    assert.deepEqual(kept.names(), ["head", "m0", "m1", "m4", "m5", "s5"]);
    assert.equal(kept.said()[1], "a 今天很好 interrupted");
  });

  it("changes nothing where its message, or all of its session, is gone", () => {
    const kept = createSession();
    const bound = { maxMessages: 4, maxBytes: 100_000 };
    const turn = kept.open("a", {}, bound);
    kept.end(turn, course());
    for (const name of ["b", "c"]) kept.end(kept.open(name, {}, bound), course());
    assert.deepEqual(kept.said().slice(0, 1), ["u c"]);
    assert.equal(endTurn(kept.session(), turn, course()), undefined);
    assert.equal(endTurn(kept.session(), { ...turn, place: 5 }, course()), undefined, "it is another's");
    assert.equal(endTurn(createSession().session(), turn, course()), undefined);
  });

  it("may be told for as long as was first said, whoever ends it again", () => {
    const kept = createSession();
    const [turn, other] = [kept.open("a"), kept.open("b", { question: undefined })];
    const until = (name: string) => kept.session().head?.spoken.find((one) => one.turn === name)?.until;
    kept.end(other, course({ segment: 1, offset: 1_000 }));
    assert.deepEqual([until("a"), until("b")], [undefined, 1_000_000 + reportMs]);
    kept.pass(500);
    kept.end(other, course());
    assert.equal(until("b"), 1_000_000 + reportMs);
    assert.equal(kept.end(turn, course()), false, "it never started, and was taken back");
  });
});

describe("what was heard of a turn", () => {
  const rows: [what: string, course: ReturnType<typeof course>, said: string][] = [
    ["complete, and nothing reported: all", course(), "今天很好明天更好 estimated"],
    ["reported to its end", course({ segment: 1, offset: 1_000 }), "今天很好明天更好"],
    ["reported so far", course({ segment: 0, offset: 1_000 }), "今天很好"],
    ["reported beyond what was sent", course({ segment: 7, offset: 7 }, undefined, 4), "今天很好 estimated"],
    [
      "stopped, and nothing reported: what there was time for",
      course(undefined, 1_001_000, 8),
      "今天很好 interrupted estimated",
    ],
    ["stopped before any sound", course(undefined, 1_000_000, 2), "interrupted estimated"],
    ["stopped when its sound was over", course({ segment: 1, offset: 1_000 }, 1_009_000), "今天很好明天更好"],
    ["nothing at all", course({ segment: 0, offset: 0 }, 1_000_500), "interrupted"],
  ];
  for (const [what, course, said] of rows)
    it(what, () => {
      const kept = createSession();
      kept.end(kept.open("a"), course);
      assert.equal(kept.said()[1], `a ${said}`.trim());
    });

  it("may be told for a while when it has ended, in any order: the farthest counts", () => {
    const kept = createSession();
    const turn = kept.open("a");
    kept.end(turn, course());
    const report = (played: Position | undefined, stop = false) =>
      kept.apply(reportTurn(kept.session(), turn, played, stop));
    assert.equal(report({ segment: 0, offset: 1_000 }), true);
    assert.equal(kept.said()[1], "a 今天很好");
    assert.equal(report({ segment: 0, offset: 500 }), true);
    assert.equal(kept.said()[1], "a 今天很好");
    // Two seconds of sound were still to be heard when it ended.
    kept.pass(2_000 + reportMs);
    assert.equal(report({ segment: 1, offset: 600 }, true), true);
    assert.equal(kept.said()[1], "a 今天很好明天 interrupted estimated");
    kept.pass(1);
    assert.equal(report({ segment: 1, offset: 1_000 }), false);
    assert.equal(reportTurn(kept.session(), { turn: "nobody's", place: 1 }, undefined, false), undefined);
  });

  it("may be told as long as there is sound, be it sent at once or paused", () => {
    const kept = createSession();
    const turn = kept.open("a");
    kept.end(turn, course());
    const report = (offset: number) => kept.apply(reportTurn(kept.session(), turn, { segment: 1, offset }, false));
    // Two seconds of sound were sent in no time.
    kept.pass(2_000 + reportMs);
    assert.equal(report(0), true);
    kept.pass(1_000 + reportMs);
    assert.equal(report(900), true);
    kept.pass(100 + reportMs);
    assert.equal(report(1_000), true);
    assert.equal(kept.said()[1], "a 今天很好明天更好");
    kept.pass(reportMs + 1);
    assert.equal(report(1_000), false);
  });

  it("may be told for no longer where it was stopped before its sound was over", () => {
    const kept = createSession();
    const turn = kept.open("a");
    kept.end(turn, course({ segment: 0, offset: 100 }, 1_000_100));
    kept.pass(reportMs);
    assert.equal(kept.apply(reportTurn(kept.session(), turn, { segment: 0, offset: 200 }, false)), true);
    kept.pass(1);
    assert.equal(kept.apply(reportTurn(kept.session(), turn, { segment: 0, offset: 300 }, false)), false);
  });

  it("was all that is heard of it if its caller has reported, and asks again", () => {
    const kept = createSession();
    kept.end(kept.open("a"), course({ segment: 0, offset: 1_000 }));
    kept.open("b");
    assert.equal(kept.said()[1], "a 今天很好 interrupted");
  });
});

describe("a session's bounds", () => {
  it("the oldest exchanges go, whole, and not one by one", () => {
    const kept = createSession();
    const bound = { maxMessages: 20, maxBytes: 100_000 };
    const counts: number[] = [];
    for (let turn = 0; turn < 30; turn++) {
      kept.end(kept.open(`${turn}`, { question: `question ${turn}` }, bound), course());
      counts.push(kept.session().head?.count ?? 0);
      assert.match(kept.said()[0] ?? "", /^u question/);
    }
    assert.equal(Math.max(...counts), 20);
    assert.equal(Math.min(...counts.slice(10)), 14);
    assert.equal(kept.said().at(-2), "u question 29");
    assert.equal(kept.said().length, kept.session().head?.count);
    assert.equal(kept.names().filter((name) => name.startsWith("m")).length, kept.session().head?.count);
  });

  /** A session of ten exchanges: its sizes, and how many of its messages are left when one more is opened. */
  const leftOf = (boundOf: (bytes: number) => { maxMessages: number; maxBytes: number }) => {
    const kept = createSession();
    for (let turn = 0; turn < 10; turn++)
      kept.end(kept.open(`${turn}`, { question: "x".repeat(100 * turn) }), course());
    const sizes = [...kept.sizes().values()];
    kept.open("new", {}, boundOf(sum(sizes)));
    const left = kept.sizes().size - 2;
    assert.deepEqual(
      [...kept.sizes().keys()],
      Array.from({ length: left + 2 }, (_, index) => 20 - left + index),
      "the newest are left",
    );
    return { sizes, left };
  };
  const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0);

  it("in messages are met exactly, and then a quarter is freed", () => {
    const left = (maxMessages: number) => leftOf(() => ({ maxMessages, maxBytes: 100_000 })).left;
    assert.deepEqual([left(22), left(21), left(20), left(16)], [20, 12, 12, 10]);
  });

  it("in bytes are met exactly, and then a quarter is freed, and no more", () => {
    assert.equal(leftOf((bytes) => ({ maxMessages: 100, maxBytes: bytes })).left, 20);
    for (const less of [1, 1_000, 2_000]) {
      const { sizes, left } = leftOf((bytes) => ({ maxMessages: 100, maxBytes: bytes - less }));
      const most = 0.75 * (sum(sizes) - less);
      assert.ok(left < 20 && left % 2 === 0);
      assert.ok(sum(sizes.slice(-left)) <= most && sum(sizes.slice(-left - 2)) > most);
    }
  });

  it("how answers sounded is forgotten when nothing can be reported of them any more", () => {
    const kept = createSession();
    kept.end(kept.open("a"), course());
    kept.pass(2_000 + reportMs + 1);
    kept.open("b");
    assert.deepEqual(kept.names(), ["head", "m0", "m1", "m2", "m3", "s3"]);
  });

  it("it is forgotten too where its caller had reported, and the next question came late", () => {
    const kept = createSession();
    kept.end(kept.open("a"), course({ segment: 0, offset: 1_000 }));
    kept.pass(2_000 + reportMs + 1);
    kept.open("b");
    assert.deepEqual(kept.names(), ["head", "m0", "m1", "m2", "m3", "s3"]);
    assert.equal(kept.said()[1], "a 今天很好 interrupted");
  });
});

describe("a session's title", () => {
  const titleAfter = (...openings: { question: string | undefined; given?: string }[]) => {
    const kept = createSession();
    for (const [index, opening] of openings.entries()) kept.open(`${index}`, opening);
    return kept.session().head?.title;
  };

  it("is the beginning of the first thing that is said in it, on one line", () => {
    assert.equal(titleAfter({ question: "  What\n\n is\tthis? " }, { question: "Two?" }), "What is this?");
    assert.equal(titleAfter({ question: undefined, given: "Welcome!" }, { question: "Two?" }), "Welcome!");
    assert.equal(titleAfter({ question: undefined }, { question: "Two?" }), "Two?");
  });

  it("has eighty characters, of which none is half", () => {
    assert.equal(titleAfter({ question: "👍".repeat(80) }), "👍".repeat(80));
    assert.equal(titleAfter({ question: `${"👍".repeat(80)}!` }), "👍".repeat(80));
  });
});
