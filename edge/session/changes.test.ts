import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import type { TurnEvent } from "../turn/events.ts";
import { endTurn, leaseMs, type Opening, openTurn, type Place, reportTurn, saveTurn, undoTurn } from "./changes.ts";
import { type Course, toSession } from "./edits.ts";
import type { Position } from "./heard.ts";
import { messagesOf } from "./prompt.ts";
import { reportMs } from "./record.ts";
import { createRecorder } from "./recorder.ts";
import type { Change, Snapshot } from "./store/store.ts";

const limits = { maxMessages: 100, maxBytes: 100_000 };

/** A session by itself: time and changes as a store would give them. */
function createSession() {
  let records = new Map<string, Buffer>();
  let now = 1_000_000;
  const read = (): Snapshot => ({ now, version: "1", records });
  const apply = (change: Change | undefined) => {
    if (change === undefined) return false;
    records = new Map(records);
    for (const name of change.drop) records.delete(name);
    for (const [name, record] of change.put) records.set(name, record);
    return true;
  };
  return {
    session: () => toSession(read()),
    pass: (ms: number) => {
      now += ms;
    },
    /** Opens a turn; its question is its name, unless `opening` says otherwise. */
    open(turn: string, opening: Partial<Opening> = {}, bound = limits) {
      const asked = { turn, edge: "e", user: "me", question: turn, given: "", ...opening };
      const { place, ...change } = openTurn(read(), asked, bound);
      apply(change);
      return { turn, place };
    },
    apply,
    end: (turn: Place, course: Course) => apply(endTurn(toSession(read()), turn, course)),
    names: () => [...records.keys()].sort(),
    /** How many bytes each message takes, by its place. */
    sizes: () =>
      new Map(
        [...records]
          .filter(([name]) => name.startsWith("m"))
          .map(([name, { length }]) => [Number(name.slice(1)), length] as const)
          .sort(([one], [other]) => one - other),
      ),
    /** Who said what, and how much of it was heard. */
    said: () =>
      messagesOf(toSession(read())).map(({ role, text, heard, interrupted, estimated }) =>
        [role[0], text.slice(0, heard), interrupted && "interrupted", estimated && "estimated"]
          .filter(Boolean)
          .join(" "),
      ),
  };
}

/** The answer of a turn of two segments of 1,000 frames each, a second long, sent as far as `count` events. */
function answer(count = 10, soundAt = 1_000_000) {
  const spans = (start: number, end: number) => [{ start, end, spokenStart: 0, spokenEnd: 4, weight: 40 }];
  const sound = (segment: number): TurnEvent => ({
    case: "audio",
    value: { segment, offset: 0, pcm: new Uint8Array(2_000) },
  });
  const events: TurnEvent[] = [
    { case: "started", value: { audioFormat: { sampleRateHertz: 1_000, channelCount: 1 } } },
    { case: "textDelta", value: { text: "今天很好明天更好" } },
    { case: "segment", value: { index: 0, start: 0, end: 4, spoken: "今天很好", spans: spans(0, 4) } },
    sound(0),
    { case: "segmentDone", value: { segment: 0, sampleCount: 1_000 } },
    { case: "segment", value: { index: 1, start: 4, end: 8, spoken: "明天更好", spans: spans(4, 8) } },
    sound(1),
    { case: "segmentDone", value: { segment: 1, sampleCount: 1_000 } },
    { case: "finished", value: {} },
  ];
  const recorder = createRecorder("");
  for (const event of events.slice(0, count)) recorder.note(event, soundAt);
  return recorder.answer;
}

/** What became of a turn with that answer. */
const course = (played?: Position, cutAt?: number, count?: number) => ({ answer: answer(count), played, cutAt });

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

  it("leaves the one that runs by now as it is", () => {
    const kept = createSession();
    const [turn, other] = [kept.open("a"), "b"];
    kept.apply(saveTurn(kept.session(), turn, course(undefined, undefined, 4)));
    kept.open(other);
    const running = () => {
      const { head } = kept.session();
      return [head?.running, head?.spoken.find((one) => one.turn === other)];
    };
    const before = running();
    kept.end(turn, course());
    assert.deepEqual(running(), before);
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

  it("may be told until half a minute after its sound, however late that was sent", () => {
    const until = (course: Course) => {
      const kept = createSession();
      const turn = kept.open("a");
      kept.pass(500);
      kept.end(turn, course);
      return kept.session().head?.spoken[0]?.until;
    };
    assert.equal(until(course()), 1_002_000 + reportMs);
    assert.equal(until({ ...course(), answer: answer(10, 1_000_400) }), 1_002_400 + reportMs);
    assert.equal(until(course({ segment: 1, offset: 250 })), 1_000_500 + 750 + reportMs);
    assert.equal(until(course(undefined, undefined, 2)), 1_000_500 + reportMs, "there was none");
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

it("a session has the profile that it was given first, or later, and else none", () => {
  const kept = createSession();
  const profile = () => kept.session().head?.profile;
  for (const [given, wanted] of [
    [{}, ""],
    [{ profile: "kiosk" }, "kiosk"],
    [{}, "kiosk"],
    [{ profile: "phone" }, "phone"],
  ] as const) {
    kept.open(`after ${profile()}`, given);
    assert.equal(profile(), wanted);
  }
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

type Kept = ReturnType<typeof createSession>;

interface Turn extends Place {
  readonly asked: boolean;
  /** Whether its caller was told that it has started. */
  started: boolean;
}

const bound = { maxMessages: 8, maxBytes: 1_600 };

const position = fc.record({ segment: fc.nat(2), offset: fc.constantFrom(0, 1, 500, 999, 1_000) });
const passed = fc.constantFrom(1, 400, 1_000, leaseMs, reportMs, reportMs + 1, 2_000 + reportMs);
const count = fc.integer({ min: 1, max: 9 });
const turn = fc.nat(20);
const step = fc.oneof(
  fc.record({ does: fc.constant("open" as const), asked: fc.boolean(), given: fc.constantFrom("", "Welcome!") }),
  fc.record({ does: fc.constant("pass" as const), ms: passed }),
  fc.record({ does: fc.constant("save" as const), turn, count }),
  fc.record({ does: fc.constant("end" as const), turn, count, played: fc.option(position), isCut: fc.boolean() }),
  fc.record({ does: fc.constant("undo" as const), turn }),
  fc.record({ does: fc.constant("report" as const), turn, played: position, stop: fc.boolean() }),
);

/** What holds of a session at any time. */
function check(kept: Kept, turns: readonly Turn[]): void {
  const { head, message } = kept.session();
  if (head === undefined) return;
  const messages = messagesOf(kept.session());
  assert.equal(head.count, messages.length, "its messages are counted");
  assert.equal(kept.sizes().size, messages.length, "none lies where nobody looks");
  const sounds = kept.names().filter((name) => name.startsWith("s"));
  assert.deepEqual(sounds, head.spoken.map(({ place }) => `s${place}`).sort(), "it knows of what sound is kept");
  for (const { turn, place } of head.spoken) assert.equal(message(place)?.turn, turn);
  const { running } = head;
  if (running !== undefined) assert.equal(message(running.place)?.turn, running.turn);
  for (const { text, heard } of messages) assert.ok(heard >= 0 && heard <= text.length);
  for (const { turn, asked } of turns) {
    const roles = messages.filter((one) => one.turn === turn).map(({ role }) => role);
    if (roles.length > 0)
      assert.deepEqual(roles, asked ? ["user", "assistant"] : ["assistant"], "an exchange is whole");
  }
  assert.deepEqual(
    messages.map((one) => one.turn),
    messages.map((one) => one.turn).sort((one, other) => Number(one) - Number(other)),
    "what was asked first stands first",
  );
}

it("whatever becomes of its turns, a session's books balance", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const kept = createSession();
      const turns: Turn[] = [];
      for (const step of steps) {
        if (step.does === "pass") kept.pass(step.ms);
        else if (step.does === "open") {
          const name = `${turns.length}`;
          const place = kept.open(name, { question: step.asked ? name : undefined, given: step.given }, bound);
          turns.push({ ...place, asked: step.asked, started: false });
          assert.equal(kept.session().head?.running?.turn, name);
          assert.ok(kept.sizes().size <= bound.maxMessages, "it is within its bounds");
        } else {
          const mine = turns[step.turn % turns.length];
          if (mine === undefined) continue;
          const others = () => messagesOf(kept.session()).filter(({ turn }) => turn !== mine.turn);
          const before = others();
          const session = kept.session();
          if (step.does === "save") {
            const isSaved = kept.apply(saveTurn(session, mine, course(undefined, undefined, step.count)));
            assert.equal(isSaved, session.head?.running?.turn === mine.turn, "only what has the session is saved");
            mine.started ||= isSaved;
          } else if (step.does === "end") {
            kept.end(mine, course(step.played ?? undefined, step.isCut ? session.now : undefined, step.count));
            mine.started = true;
          } else if (step.does === "undo") {
            if (!mine.started) kept.apply(undoTurn(session, mine));
            assert.ok(mine.started || messagesOf(kept.session()).every(({ turn }) => turn !== mine.turn));
          } else kept.apply(reportTurn(session, mine, step.played, step.stop));
          assert.deepEqual(others(), before, "what others said stays as it is");
        }
        check(kept, turns);
      }
    }),
    { numRuns: 300 },
  );
});
