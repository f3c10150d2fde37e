import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import type { Command, Dispatch } from "./command.ts";
import type { Ending } from "./ending.ts";
import type { ScheduleOptions } from "./options.ts";
import { createSchedule } from "./schedule.ts";
import type { Work } from "./segment.ts";

interface Clause extends Work {
  readonly name: string;
}

const clause = (name: string, seconds = 1, characters = 5): Clause => ({ name, seconds, characters });
const oneWorker: ScheduleOptions<Clause> = { slots: [1], minOpenerSeconds: 0.9, segmentMaxCharacters: 20 };
/** A schedule, and its work by session and segment: as it was dispatched last. */
function schedule(options: Partial<ScheduleOptions<Clause>> = {}) {
  const core = createSchedule<Clause>({ ...oneWorker, ...options });
  const ids = new Map<string, number>();
  const note = (commands: Command<Clause>[]) => {
    for (const c of commands) if (c.kind === "dispatch") ids.set(`${c.session}:${c.segment}`, c.id);
    return commands;
  };
  const idOf = (session: string, segment: number) => ids.get(`${session}:${segment}`) as number;
  return {
    load: () => core.load,
    health: (worker: number) => core.health(worker),
    admits: (now: number) => core.admits(now),
    heard: (session: string, now: number) => core.heard(session, now),
    openAlone: (id: string) => core.open(id, { firstAlone: true, spare: false }),
    idOf,
    offer: (id: string, clauses: readonly Clause[], now: number) => note(core.offer(id, clauses, now)),
    flush: (id: string, now: number) => note(core.flush(id, now)),
    end: (id: string, now: number) => note(core.end(id, now)),
    cancel: (id: string, now: number) => note(core.cancel(id, now)),
    taken: (id: string, seconds: number, now: number) => note(core.taken(id, seconds, now)),
    tick: (now: number) => note(core.tick(now)),
    probed: (worker: number, answered: boolean, now: number) => note(core.probed(worker, answered, now)),
    sounded: (id: string, segment: number, passed: number, now: number) =>
      note(core.sounded(idOf(id, segment), passed, now)),
    done: (id: string, segment: number, seconds: number, now: number) =>
      note(core.ended(idOf(id, segment), { seconds, sign: "well" }, now)),
    failed: (id: string, segment: number, ending: Partial<Ending>, now: number) =>
      note(core.ended(idOf(id, segment), { seconds: 0, sign: "failed", ...ending }, now)),
  };
}
/** What is dispatched, as `session:segment@worker=clauses`. */
const dispatched = (commands: readonly Command<Clause>[]) =>
  commands
    .filter((command) => command.kind === "dispatch")
    .map((d) => `${d.session}:${d.segment}@${d.worker}=${d.clauses.map((c) => c.name).join("+")}`);
/** What else is to be done, without the alarms: those of silence are set with each dispatch. */
const kinds = (commands: readonly Command<Clause>[]) => commands.map((command) => command.kind);
const others = (commands: readonly Command<Clause>[]) =>
  commands.filter(({ kind }) => kind !== "wakeAt" && kind !== "dispatch");

describe("opener rule", () => {
  it("sends a first segment as soon as it holds enough speech", () => {
    assert.deepEqual(dispatched(schedule().offer("a", [clause("x", 0.9)], 0)), ["a:0@0=x"]);
  });

  it("holds a first segment that is too short until more text comes, and joins it with that", () => {
    const s = schedule();
    assert.deepEqual(dispatched(s.offer("a", [clause("x", 0.4)], 0)), []);
    assert.deepEqual(dispatched(s.offer("a", [clause("y", 0.6)], 10)), ["a:0@0=x+y"]);
  });

  it("takes no more into a first segment than it needs", () => {
    const s = schedule();
    assert.deepEqual(dispatched(s.offer("a", [clause("x", 1), clause("y", 1)], 0)), ["a:0@0=x"]);
  });

  for (const what of ["flush", "end"] as const)
    it(`sends a short first segment at ${what}`, () => {
      const s = schedule();
      s.offer("a", [clause("x", 0.4)], 0);
      assert.deepEqual(dispatched(s[what]("a", 5)), ["a:0@0=x"]);
    });
});

describe("size of later segments", () => {
  const playing = (options: Partial<ScheduleOptions<Clause>> = {}) => {
    const s = schedule({ slots: [2], ...options });
    s.offer("a", [clause("x", 4)], 0);
    s.done("a", 0, 4, 400);
    s.heard("a", 400);
    return s;
  };

  it("waits for more text while there is sound to play, and names the time when it stops waiting", () => {
    const commands = playing().offer("a", [clause("y", 1)], 500);
    assert.deepEqual(kinds(commands), ["wakeAt"]);
    const [wake] = commands as { at: number }[];
    // 4 s of sound from 400 ms on, less 1500 ms of slack, less about 100 ms of work for one second.
    assert.equal(Math.round((wake as { at: number }).at), 2800);
  });

  it("sends what there is when that time has come", () => {
    const s = playing();
    s.offer("a", [clause("y", 1)], 500);
    assert.deepEqual(kinds(s.tick(2799)), ["wakeAt"], "a timer that rang early is set again");
    assert.deepEqual(dispatched(s.tick(2801)), ["a:1@0=y"]);
  });

  it("joins clauses up to the limit and sends the segment when it is full", () => {
    const s = playing();
    s.offer("a", [clause("y", 1, 12)], 500);
    assert.deepEqual(dispatched(s.offer("a", [clause("z", 1, 8), clause("w", 1, 8)], 510)), ["a:1@0=y+z"]);
  });

  it("speaks a clause above the limit alone rather than never", () => {
    assert.deepEqual(dispatched(playing().offer("a", [clause("y", 9, 90), clause("z")], 500)), ["a:1@0=y"]);
  });
});

describe("order across sessions", () => {
  it("serves the one whose sound ends first", () => {
    const s = schedule();
    s.offer("a", [clause("a0", 6)], 0);
    s.done("a", 0, 6, 100);
    s.heard("a", 100);
    s.offer("b", [clause("b0", 2)], 100); // busy from here
    s.offer("a", [clause("a1", 2)], 110);
    s.flush("a", 110);
    s.offer("c", [clause("c0", 2)], 120);
    assert.deepEqual(dispatched(s.done("b", 0, 2, 300)), ["c:0@0=c0"], "silence is worse than a gap in six seconds");
    assert.deepEqual(dispatched(s.done("c", 0, 2, 500)), ["a:1@0=a1"]);
  });

  describe("the last free slot", () => {
    /** One of two workers is busy with b; a has eight seconds of sound from 100 ms on, and two more to be made. */
    const waiting = (slots = [1, 1]) => {
      const s = schedule({ slots });
      s.offer("a", [clause("a0", 8)], 0);
      s.done("a", 0, 8, 100);
      s.heard("a", 100);
      s.offer("b", [clause("b0", 2)], 100);
      s.offer("a", [clause("a1", 2)], 110);
      return { s, flushed: s.flush("a", 110) };
    };

    it("is left to first words by whoever has sound in hand, until that is short", () => {
      const { s, flushed } = waiting();
      assert.deepEqual(dispatched(flushed), []);
      // 8 s of sound from 100 ms on, less 1500 ms, less about 200 ms of work.
      assert.deepEqual(dispatched(s.tick(6390)), []);
      assert.deepEqual(dispatched(s.tick(6410)), ["a:1@1=a1"]);
    });

    it("is taken by first words at once", () => {
      assert.deepEqual(dispatched(waiting().s.offer("c", [clause("c0")], 120)), ["c:0@1=c0"]);
    });

    it("is not the last while another is free", () => {
      assert.deepEqual(dispatched(waiting().s.done("b", 0, 2, 300)), ["a:1@0=a1"]);
    });

    it("is taken by what was tried before, which somebody may wait for", () => {
      const { s, flushed } = waiting([1, 1, 1]);
      assert.deepEqual(dispatched(flushed), ["a:1@1=a1"]);
      s.offer("c", [clause("c0")], 120);
      assert.deepEqual(dispatched(s.failed("a", 1, { retry: "failure" }, 130)), [], "it failed there");
      s.offer("d", [clause("d0")], 140);
      assert.deepEqual(dispatched(s.done("b", 0, 2, 150)), ["a:1@0=a1"]);
    });

    it("is no last one where there is one slot in all", () => {
      const s = schedule();
      s.offer("a", [clause("a0", 8)], 0);
      s.done("a", 0, 8, 100);
      s.heard("a", 100);
      s.offer("a", [clause("a1", 2)], 110);
      assert.deepEqual(dispatched(s.flush("a", 110)), ["a:1@0=a1"]);
    });
  });

  it("serves openers in the order in which they came", () => {
    const s = schedule();
    s.offer("a", [clause("a0")], 0);
    s.offer("b", [clause("b0")], 1);
    s.offer("c", [clause("c0")], 2);
    assert.deepEqual(dispatched(s.done("a", 0, 1, 50)), ["b:0@0=b0"]);
    assert.deepEqual(dispatched(s.done("b", 0, 1, 90)), ["c:0@0=c0"]);
  });

  it("uses every worker, each for as many segments as it has slots", () => {
    const s = schedule({ slots: [1, 2] });
    const all = [1, 2, 3, 4].flatMap((n) => dispatched(s.offer(`s${n}`, [clause(`c${n}`)], n)));
    assert.deepEqual(all, ["s1:0@0=c1", "s2:0@1=c2", "s3:0@1=c3"]);
    assert.deepEqual(s.load(), { sessions: 4, busy: 3 });
  });
});

describe("several slots of a worker", () => {
  const rows: readonly (readonly [slots: number[], workers: number[]])[] = [
    [[4], [0, 0, 0, 0]],
    [
      [2, 2],
      [0, 1, 0, 1],
    ],
    [
      [4, 2],
      [0, 1, 0, 0, 1, 0],
    ],
    [
      [1, 3],
      [0, 1, 1, 1],
    ],
    [
      [4, 1, 2],
      [0, 1, 2, 0, 0, 2, 0],
    ],
  ];
  for (const [slots, expected] of rows)
    it(`are filled by their share that is in use: ${slots}`, () => {
      const s = schedule({ slots });
      const workers = Array.from({ length: expected.length + 1 }, (_, n) => s.offer(`s${n}`, [clause("x")], n))
        .flat()
        .flatMap((command) => (command.kind === "dispatch" ? [command.worker] : []));
      assert.deepEqual(workers, expected, "and one more text has to wait");
    });

  it("speak segments of one text at once, which may end in any order", () => {
    const s = schedule({ slots: [4], segmentMaxCharacters: 5 });
    const first = s.offer(
      "a",
      ["w", "x", "y", "z"].map((name) => clause(name)),
      0,
    );
    assert.deepEqual(dispatched([...first, ...s.flush("a", 0)]), ["a:0@0=w", "a:1@0=x", "a:2@0=y"]);
    assert.deepEqual(dispatched(s.done("a", 1, 1, 50)), ["a:3@0=z"]);
    s.end("a", 60);
    for (const segment of [3, 0]) assert.deepEqual(others(s.done("a", segment, 1, 70)), []);
    assert.deepEqual(others(s.done("a", 2, 1, 80)), [{ kind: "over", session: "a" }]);
    assert.deepEqual(s.load(), { sessions: 0, busy: 0 });
  });

  it("do not take a segment that failed in one of them, while another worker is only busy", () => {
    const s = schedule({ slots: [2, 1] });
    s.offer("a", [clause("x")], 0);
    s.offer("b", [clause("y")], 1);
    assert.deepEqual(dispatched(s.failed("a", 0, { retry: "failure" }, 10)), []);
    assert.deepEqual(dispatched(s.offer("c", [clause("z")], 11)), ["c:0@0=z"], "but others are taken");
    assert.deepEqual(dispatched(s.done("b", 0, 1, 50)), ["a:0@1=x"]);
  });

  it("are all free again after a text that was cancelled, once the worker is done with each", () => {
    const s = schedule({ slots: [2], segmentMaxCharacters: 5 });
    s.offer("a", [clause("x"), clause("y")], 0);
    s.flush("a", 0);
    const ids = [s.idOf("a", 0), s.idOf("a", 1)];
    assert.deepEqual(
      s.cancel("a", 10).filter(({ kind }) => kind === "abandon"),
      ids.map((id) => ({ kind: "abandon", id, why: "unwanted" })),
    );
    assert.deepEqual(dispatched(s.offer("b", [clause("z")], 20)), []);
    assert.deepEqual(dispatched(s.failed("a", 1, { sign: "nothing" }, 30)), ["b:0@0=z"]);
    assert.equal(s.load().busy, 2);
  });
});

describe("failure and cancel", () => {
  it("speaks a failed segment once more, elsewhere", () => {
    const s = schedule({ slots: [1, 1] });
    s.offer("a", [clause("x")], 0);
    const again = s.failed("a", 0, { retry: "failure" }, 10);
    const [dispatch] = again.filter((c) => c.kind === "dispatch");
    assert.deepEqual([dispatch?.failures, dispatch?.losses, dispatch?.attempts], [1, 0, 1]);
    assert.deepEqual(dispatched(again), ["a:0@1=x"]);
  });

  it("lets it wait for another worker that is busy rather than fail where it failed", () => {
    const s = schedule({ slots: [1, 1] });
    s.offer("a", [clause("x")], 0);
    s.offer("b", [clause("b0")], 1);
    assert.deepEqual(dispatched(s.failed("a", 0, { retry: "failure" }, 10)), []);
    assert.deepEqual(dispatched(s.done("b", 0, 1, 50)), ["a:0@1=x"]);
  });

  it("speaks it on the same worker where there is no other", () => {
    const s = schedule();
    s.offer("a", [clause("x")], 0);
    assert.deepEqual(dispatched(s.failed("a", 0, { retry: "failure" }, 10)), ["a:0@0=x"]);
  });

  it("tells of the end of a session once its last segment has ended", () => {
    const s = schedule();
    s.offer("a", [clause("x")], 0);
    assert.deepEqual(others(s.end("a", 1)), []);
    assert.deepEqual(others(s.done("a", 0, 1, 50)), [{ kind: "over", session: "a" }]);
    assert.deepEqual(s.load(), { sessions: 0, busy: 0 });
    assert.deepEqual(kinds(s.end("never-offered", 60)), ["over"]);
  });

  it("abandons what is spoken, forgets what waits, and frees the worker when it is drained, not before", () => {
    const s = schedule();
    s.offer("a", [clause("x"), clause("y", 1, 30)], 0);
    s.offer("b", [clause("b0")], 1);
    assert.deepEqual(others(s.cancel("a", 2)), [{ kind: "abandon", id: s.idOf("a", 0), why: "unwanted" }]);
    assert.deepEqual(s.load(), { sessions: 1, busy: 1 });
    assert.deepEqual(dispatched(s.failed("a", 0, { sign: "nothing" }, 90)), ["b:0@0=b0"]);
  });

  it("gives no worker to a session whose reader has stopped", () => {
    const s = schedule({ slots: [4], maxUnreadSeconds: 3 });
    s.offer("a", [clause("x", 2), clause("y", 2, 30)], 0);
    s.flush("a", 0);
    s.offer("a", [clause("z", 2)], 1);
    assert.deepEqual(dispatched(s.flush("a", 1)), []);
    assert.deepEqual(dispatched(s.taken("a", 2, 2)), ["a:2@0=z"]);
  });
});

describe("any course of events", () => {
  const sessions = ["a", "b", "c", "d"];
  const event = fc.record({
    what: fc.constantFrom("offer", "offer", "offer", "flush", "end", "cancel", "done", "done", "failed", "tick"),
    session: fc.constantFrom(...sessions),
    seconds: fc.double({ min: 0.1, max: 8, noNaN: true }),
    characters: fc.integer({ min: 1, max: 60 }),
    waitMs: fc.integer({ min: 0, max: 3000 }),
  });

  it("speaks each clause once, in order, within the slots, and comes to rest", () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 80 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        (events, slots) => {
          const s = createSchedule<Clause>({ ...oneWorker, slots, maxUnreadSeconds: Number.POSITIVE_INFINITY });
          const flying: Dispatch<Clause>[] = [];
          const spoken = new Map(sessions.map((id) => [id, [] as string[]]));
          const offered = new Map(sessions.map((id) => [id, [] as string[]]));
          const closed = new Set<string>();
          const over: string[] = [];
          let now = 0;
          let wakeAt = Number.POSITIVE_INFINITY;
          const follow = (commands: readonly Command<Clause>[]) => {
            for (const command of commands) {
              if (command.kind === "over") over.push(command.session);
              if (command.kind === "wakeAt") wakeAt = command.at;
              // What failed too often left no worker well: what was not begun is not spoken.
              if (command.kind === "fail") {
                closed.add(command.session);
                offered.set(command.session, [...(spoken.get(command.session) as string[])]);
              }
              if (command.kind !== "dispatch") continue;
              flying.push(command);
              const onWorker = flying.filter(({ worker }) => worker === command.worker).length;
              assert.ok(onWorker <= (slots[command.worker] as number), "a worker has more than its slots");
              if (command.attempts === 0) spoken.get(command.session)?.push(...command.clauses.map(({ name }) => name));
            }
          };
          const land = (seconds: number, fail: boolean, which = 0) => {
            // Those of one worker end in any order too.
            const [flight] = flying.splice(which % Math.max(1, flying.length), 1);
            if (flight === undefined) return;
            const { id, attempts } = flight;
            const retry = attempts === 0 ? ("failure" as const) : undefined;
            follow(s.ended(id, fail ? { seconds: 0, retry, sign: "failed" } : { seconds, sign: "well" }, now));
          };
          for (const { what, session, seconds, characters, waitMs } of events) {
            now += waitMs;
            if (what === "offer" && !closed.has(session)) {
              const name = `${session}${offered.get(session)?.length}`;
              offered.get(session)?.push(name);
              follow(s.offer(session, [{ name, seconds, characters }], now));
            }
            if (what === "flush") follow(s.flush(session, now));
            if (what === "tick") follow(s.tick(now));
            if (what === "done" || what === "failed") land(seconds, what === "failed", characters);
            if (what === "end" && !closed.has(session) && offered.get(session)?.length) {
              closed.add(session);
              follow(s.end(session, now));
            }
            if (what === "cancel" && !closed.has(session)) {
              closed.add(session);
              follow(s.cancel(session, now));
              offered.set(session, [...(spoken.get(session) as string[])]);
            }
          }
          for (const session of sessions) if (!closed.has(session)) follow(s.end(session, now));
          for (let step = 0; flying.length > 0 || wakeAt < Number.POSITIVE_INFINITY; step++) {
            assert.ok(step < 500, "does not come to rest");
            if (flying.length > 0) land(1, false);
            else {
              now = Math.max(now, wakeAt);
              wakeAt = Number.POSITIVE_INFINITY;
              follow(s.tick(now));
            }
          }
          assert.deepEqual(spoken, offered);
          assert.deepEqual(s.load, { sessions: 0, busy: 0 });
          assert.equal(new Set(over).size, over.length, "a session is over once");
        },
      ),
      { numRuns: 2000 },
    );
  });
});
