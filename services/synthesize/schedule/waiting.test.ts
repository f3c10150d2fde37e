import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { Command } from "./command.ts";
import type { ScheduleOptions } from "./options.ts";
import { createSchedule } from "./schedule.ts";
import type { Work } from "./segment.ts";
import type { Unfinished } from "./sizes/border.ts";

interface Clause extends Work {
  readonly name: string;
}

const clause = (name: string, seconds = 1): Clause => ({ name, seconds, characters: 5 });
const create = (options: Partial<ScheduleOptions<Clause>> = {}) =>
  createSchedule<Clause>({ slots: [1], segmentMaxCharacters: 5, ...options });

const namesOf = (clauses: readonly Clause[]) => clauses.map(({ name }) => name).join("+");
/** What is given to workers, as `clauses@worker`, and what is served, in brackets. */
const work = (commands: readonly Command<Clause>[]) =>
  commands.flatMap((command) => {
    if (command.kind === "serve") return [`[${namesOf(command.clauses)}]`];
    return command.kind === "dispatch" ? [`${namesOf(command.clauses)}@${command.worker}`] : [];
  });
const waitedMs = (commands: readonly Command<Clause>[]) =>
  commands.flatMap((command) => (command.kind === "dispatch" ? [command.waitedMs] : []));
const well = (seconds: number) => ({ seconds, sign: "well" }) as const;
const away = { seconds: 0, sign: "unreachable", retry: "free" } as const;

describe("how long a segment has waited for a worker", () => {
  it("counts from when it waited for nothing else", () => {
    const s = create();
    assert.deepEqual(waitedMs(s.offer("a", [clause("x")], 100)), [0]);
    assert.deepEqual(waitedMs(s.offer("b", [clause("y")], 250)), []);
    s.offer("c", [clause("z")], 300);
    assert.deepEqual(waitedMs(s.ended(1, well(1), 700)), [450]);
    assert.deepEqual(waitedMs(s.ended(2, well(1), 1_000)), [700]);
  });

  it("counts anew for another attempt", () => {
    const s = create();
    s.offer("a", [clause("x")], 100);
    s.offer("b", [clause("y")], 150);
    const next = s.ended(1, { seconds: 0, sign: "failed", retry: "failure" }, 700);
    assert.deepEqual([work(next), waitedMs(next)], [["y@0"], [550]]);
    const again = s.ended(2, well(1), 1_300);
    assert.deepEqual([work(again), waitedMs(again)], [["x@0"], [600]]);
  });
});

describe("segments of one text at once", () => {
  it("are all left with it, though one has ended", () => {
    const s = create({ slots: [5] });
    s.offer("a", [clause("x"), clause("y"), clause("z")], 0);
    s.flush("a", 0);
    assert.equal(s.load.busy, 3);
    s.ended(2, well(1), 100);
    const left = s.cancel("a", 200).flatMap((command) => (command.kind === "abandon" ? [command.id] : []));
    assert.deepEqual(left, [1, 3]);
  });

  it("wait for the first to be made, where they are to sound like it, be it spoken or to be spoken again", () => {
    const s = create({ slots: [1, 1] });
    s.open("a", { firstAlone: true });
    const offered = [...s.offer("a", [clause("x"), clause("y")], 0), ...s.flush("a", 0)];
    assert.deepEqual(work(offered), ["x@0"]);
    s.offer("b", [clause("other")], 1);
    // The other worker is busy, and the first one is not asked again for what failed there.
    assert.deepEqual(work(s.ended(1, { seconds: 0, sign: "failed", retry: "failure" }, 100)), []);
    assert.deepEqual(work(s.ended(2, well(1), 200)), ["x@1"]);
    assert.deepEqual(work(s.ended(3, well(1), 300)), ["y@0"]);
  });
});

it("segments that are to sound like the first wait for none where that is at hand", () => {
  for (const [isKept, wanted] of [
    [true, ["[k]", "x@0", "y@1"]],
    [false, ["k@0"]],
  ] as const) {
    const kept = { keyOf: namesOf, secondsOf: (key: string) => (isKept && key === "k" ? 2 : undefined) };
    const s = create({ slots: [1, 1, 1], kept });
    s.open("a", { firstAlone: true });
    const clauses = [clause("k", 2), clause("x"), clause("y")];
    assert.deepEqual(work([...s.offer("a", clauses, 0), ...s.flush("a", 0)]), wanted);
  }
});

describe("speech that is at hand", () => {
  const keeping = (...keys: string[]) =>
    create({
      maxUnreadSeconds: 6,
      kept: { keyOf: namesOf, secondsOf: (key) => (keys.includes(key) ? 2 : undefined) },
    });
  const many = (name: string, count: number) => Array.from({ length: count }, () => clause(name));

  it("is served until its reader has as much as there may be, and again as soon as there is less", () => {
    const s = keeping("k");
    assert.deepEqual(work(s.offer("a", many("k", 6), 0)), ["[k]", "[k]", "[k]"]);
    assert.deepEqual(work(s.taken("a", 0, 1)), []);
    assert.deepEqual(work(s.taken("a", 0.1, 2)), ["[k]"]);
    assert.deepEqual(work(s.taken("a", 2.1, 3)), ["[k]"]);
    assert.deepEqual(work(s.taken("a", 1.8, 4)), [], "six seconds again");
  });

  it("is found of four clauses together, and of no more", () => {
    assert.deepEqual(
      work(
        keeping("a+b+c+d").offer(
          "s",
          "abcd".split("").map((name) => clause(name, 0.1)),
          0,
        ),
      ),
      ["[a+b+c+d]"],
    );
    const five = "abcde".split("").map((name) => clause(name, 0.1));
    assert.ok(!work(keeping("a+b+c+d+e").offer("s", five, 0)).includes("[a+b+c+d+e]"));
  });
});

describe("while no worker takes work", () => {
  const paused = { seconds: 0, sign: "busy", retry: "free", pauseMs: 1_500 } as const;
  const fails = (commands: readonly Command<Clause>[]) => commands.some(({ kind }) => kind === "fail");
  const alarm = (commands: readonly Command<Clause>[]) => commands.findLast((command) => command.kind === "wakeAt")?.at;

  it("a text that has sound in hand is woken when a pause is over", () => {
    const s = create({ slots: [2, 2] });
    s.offer("a", [clause("x", 30)], 0);
    s.heard("a", 0);
    s.ended(1, well(30), 100);
    s.taken("a", 25, 100);
    for (const [nth, id] of ["b", "c"].entries()) s.offer(id, [clause(id)], 100 + nth);
    for (let id = 2; s.load.busy > 0; id++) s.ended(id, paused, 200);
    // Nothing else is to happen then.
    for (const id of ["b", "c"]) s.cancel(id, 210);
    assert.equal(alarm(s.tick(220)), undefined);
    const waiting = [...s.offer("a", [clause("y")], 300), ...s.flush("a", 300)];
    assert.deepEqual([work(waiting), alarm(waiting)], [[], 1_700]);
    assert.deepEqual(work(s.tick(1_700)), ["y@0"]);
  });

  it("a text that has sound in hand is not woken for a slot that it leaves to others", () => {
    const s = create({ slots: [1, 1] });
    s.offer("a", [clause("x", 30)], 0);
    s.heard("a", 0);
    s.ended(1, well(30), 100);
    s.taken("a", 25, 100);
    for (const [nth, id] of ["b", "c"].entries()) s.offer(id, [clause(id)], 100 + nth);
    s.ended(3, paused, 200);
    s.cancel("c", 200);
    const waiting = [...s.offer("a", [clause("y")], 300), ...s.flush("a", 300)];
    assert.deepEqual(work(waiting), []);
    // What is next is that the other worker is silent for too long.
    assert.ok(Number(alarm(s.tick(310))) > 1_700);
    assert.deepEqual(work(s.ended(2, well(1), 1_600)), ["y@0"], "a slot is free, and another");
  });

  it("what nobody listens to waits for as long as it takes, and whoever listens does not", () => {
    for (const background of [true, false]) {
      const s = create({ probes: true });
      s.open("a", { background });
      s.offer("a", [clause("x")], 0);
      s.end("a", 0);
      let commands = s.ended(1, away, 100);
      let failed = fails(commands);
      for (let at = alarm(commands); at !== undefined && at < 20_000; at = alarm(commands)) {
        commands = s.tick(at);
        failed ||= fails(commands);
        for (const command of commands)
          if (command.kind === "probe") commands = [...commands, ...s.probed(0, false, at)];
      }
      assert.equal(failed, !background);
      if (background) assert.deepEqual(work(s.probed(0, true, 30_000)), ["x@0"]);
    }
  });

  it("its slots do not count", () => {
    const s = create({ slots: [2, 3] });
    assert.equal(s.slots, 5);
    s.offer("a", [clause("x")], 0);
    s.ended(1, away, 100);
    assert.equal(s.slots, 3);
  });
});

describe("a text that nobody said more of", () => {
  const open: Unfinished<Clause> = {
    seconds: 1.4,
    borders: [{ kind: "phrase", seconds: 1.2, characters: 5 }],
    part: () => ({ head: clause("half", 1.2), rest: { seconds: 0.2, borders: [], part: () => undefined } }),
  };

  it("may begin in the middle of a clause, unless it is to begin as it is written", () => {
    for (const [kind, wanted] of [
      [{}, ["half@0"]],
      [{ opener: "soft" }, ["half@0"]],
      [{ opener: "written" }, []],
    ] as const) {
      const s = create();
      s.open("a", kind);
      assert.deepEqual(work(s.offer("a", [], 0, open)), wanted);
    }
  });
});

/** A schedule of one worker, and a session that has ten seconds of sound in hand, all of it heard from 0 on. */
function playing(options: Partial<ScheduleOptions<Clause>> = {}) {
  const s = create({ segmentMaxCharacters: 100, ...options });
  s.offer("a", [clause("x", 10)], 0);
  s.heard("a", 0);
  s.ended(1, well(10), 0);
  return s;
}

describe("how many clauses are spoken as one", () => {
  const joined = (...seconds: number[]) => {
    const s = playing();
    const clauses = seconds.map((each, nth) => clause(`${nth}`, each));
    return work([...s.offer("a", clauses, 10), ...s.flush("a", 10)]);
  };

  it("is as many as an engine works on for 450 ms, which is not known to take longer than a tenth of them", () => {
    assert.deepEqual(joined(1.5, 1.5, 1.5, 1.5), ["0+1+2@0"]);
    assert.deepEqual(joined(1.5, 1.5, 1.6, 1.5), ["0+1@0"]);
    assert.deepEqual(joined(5, 1), ["0@0"]);
    assert.deepEqual(joined(4, 0.5, 0.1), ["0+1@0"]);
  });
});

describe("a text that nobody listens to", () => {
  const garble = [
    { belowSeconds: 0.5, probability: 0.03 },
    { belowSeconds: 0.7, probability: 0.02 },
  ];
  const offered = (seconds: number, options: Partial<ScheduleOptions<Clause>> = {}) => {
    const s = create({ slots: [1, 1], segmentMaxCharacters: 100, ...options });
    s.open("p", { background: true });
    return { s, commands: s.offer("p", [clause("x", seconds)], 0) };
  };

  it("waits for more where it is too short to be spoken well, or too often noise, until there is no more", () => {
    assert.deepEqual(work(offered(0.8, { minOpenerSeconds: 0.8 }).commands), ["x@0"]);
    assert.deepEqual(work(offered(0.79, { minOpenerSeconds: 0.8 }).commands), []);
    assert.deepEqual(work(offered(0.6, { garble }).commands), ["x@0"]);
    const { s, commands } = offered(0.4, { garble });
    assert.deepEqual(work(commands), []);
    assert.deepEqual(work(s.offer("p", [clause("y", 0.4)], 10)), ["x+y@0"]);
    assert.deepEqual(work(offered(0.4, { garble }).s.end("p", 10)), ["x@0"]);
    assert.deepEqual(work(offered(0.4, { garble }).s.flush("p", 10)), ["x@0"]);
  });

  it("takes the only worker while that can be done long before somebody's sound runs out", () => {
    for (const [now, wanted] of [
      [8_399, ["y@0"]],
      [8_400, []],
    ] as const) {
      const s = playing();
      s.open("p", { background: true });
      // A tenth of a second of work, and a second and a half to spare, before ten seconds are over.
      assert.deepEqual(work(s.offer("p", [clause("y")], now)), wanted);
    }
  });

  it("is made after what others wait for, be it new or to be spoken again", () => {
    const s = create({ slots: [1] });
    s.offer("a", [clause("x"), clause("z", 9)], 0);
    s.end("a", 0);
    s.open("p", { background: true });
    s.offer("p", [clause("y")], 1);
    assert.deepEqual(work(s.ended(1, { seconds: 0, sign: "failed", retry: "failure" }, 100)), ["x@0"]);
    assert.deepEqual(work(s.ended(2, well(1), 200)), ["z@0"]);
    assert.deepEqual(work(s.ended(3, well(9), 300)), ["y@0"]);
  });

  it("is spoken again where it came to nothing, once nobody needs the worker", () => {
    const s = create();
    s.open("p", { background: true });
    s.offer("p", [clause("y")], 0);
    s.offer("a", [clause("x")], 10);
    assert.deepEqual(work(s.ended(1, { seconds: 0, sign: "failed", retry: "failure" }, 100)), ["x@0"]);
    s.end("a", 150);
    assert.deepEqual(work(s.ended(2, well(1), 200)), ["y@0"]);
  });
});

describe("when a text is needed", () => {
  it("counts from when something of it could be spoken, not from when it was opened, or had nothing yet", () => {
    const whole = [clause("a")];
    const begun: Unfinished<Clause> = {
      seconds: 1.4,
      borders: [{ kind: "phrase", seconds: 1.2, characters: 5 }],
      part: () => ({ head: clause("a", 1.2), rest: { seconds: 0.2, borders: [], part: () => undefined } }),
    };
    const nothing: Unfinished<Clause> = { seconds: 0.2, borders: [], part: () => undefined };
    for (const [clauses, open, isFirst] of [
      [whole, undefined, true],
      [[], begun, true],
      [[], nothing, false],
      [[], undefined, false],
    ] as const) {
      const s = create();
      s.offer("busy", [clause("x")], 0);
      s.offer("a", clauses, 100, open);
      s.offer("b", [clause("b")], 200);
      s.offer("a", clauses.length > 0 ? [] : whole, 300);
      const next = work(s.ended(1, well(1), 400));
      assert.deepEqual(next, [isFirst ? "a@0" : "b@0"]);
    }
  });
});

it("whose sound runs out first goes first, be it that another's work had to begin long ago", () => {
  for (const [seconds, first] of [
    [4.6, "early@0"],
    [5.4, "due@0"],
  ] as const) {
    const s = create({ slots: [5] });
    for (const [id, each] of [
      ["due", 5],
      ["early", seconds],
    ] as const) {
      s.offer(id, [clause("x", each)], 0);
      s.heard(id, 0);
    }
    for (const [id, each] of [
      [1, 5],
      [2, seconds],
    ] as const)
      s.ended(id, well(each), 50);
    s.offer("p", [clause("p")], 60);
    s.ended(3, { seconds: 0, sign: "busy", pauseMs: 1_900 }, 100);
    s.cancel("p", 100);
    s.offer("due", [clause("due", 30)], 200);
    s.flush("due", 200);
    s.offer("early", [clause("early")], 200);
    s.flush("early", 200);
    // The worker has shown that it takes one at a time.
    assert.deepEqual(work(s.tick(2_000)), [first]);
  }
});

describe("what is known of a worker's pace", () => {
  it("is from the first byte of each attempt alone", () => {
    const s = create();
    s.offer("a", [clause("x")], 0);
    s.end("a", 0);
    s.sounded(1, 0.1, 100);
    s.sounded(1, 0.5, 1_900);
    s.ended(1, well(1), 2_000);
    const [wake] = s.offer("b", [clause("y")], 3_000).filter(({ kind }) => kind === "wakeAt");
    // Two seconds at least; had the later bytes counted, it would be four seconds.
    assert.deepEqual(wake, { kind: "wakeAt", at: 5_000 });
  });

  it("and its silence, is nothing of an attempt that has ended", () => {
    const s = create({ probes: true });
    const isWell = () => s.health(0) === "well";
    s.offer("a", [clause("x")], 0);
    s.ended(1, well(1), 100);
    s.end("a", 100);
    for (const now of [10_000, 20_000]) assert.deepEqual([s.tick(now), isWell()], [[], true]);
    s.offer("b", [clause("y")], 30_000);
    s.end("b", 30_000);
    s.tick(60_000);
    assert.equal(isWell(), false, "it fell silent");
    s.ended(2, { seconds: 0, sign: "nothing" }, 61_000);
    s.probed(0, true, 62_000);
    assert.equal(isWell(), true);
    for (const now of [63_000, 70_000, 90_000]) {
      s.tick(now);
      assert.equal(isWell(), true, `at ${now}`);
    }
  });
});
