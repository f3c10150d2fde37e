/**
 * The books of a schedule: what is dispatched, becomes sound and is taken by its reader must balance over many
 * segments, whatever their speech was guessed at. A bookkeeper of the plainest kind stands beside it, and knows
 * commands and events alone.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import type { Command, Dispatch } from "./command.ts";
import type { ScheduleOptions } from "./options.ts";
import { createSchedule } from "./schedule.ts";
import type { Work } from "./segment.ts";

interface Clause extends Work {
  readonly name: string;
}

const options: ScheduleOptions<Clause> = { slots: [1], segmentMaxCharacters: 20 };
const clauses = (count: number, seconds: number, characters = 20): Clause[] =>
  Array.from({ length: count }, (_, n) => ({ name: `${n}`, seconds, characters }));
const dispatches = (commands: readonly Command<Clause>[]) => commands.filter((each) => each.kind === "dispatch");
const names = (commands: readonly Command<Clause>[]) =>
  dispatches(commands).flatMap((each) => each.clauses.map(({ name }) => name));
const isOver = (commands: readonly Command<Clause>[]) => commands.some(({ kind }) => kind === "over");

describe("forty clauses of a text", () => {
  for (const [guessed, made] of [
    [3, 2],
    [2, 3],
    [0.1, 19],
  ] as const)
    it(`guessed at ${guessed} s that come out as ${made} s, and are taken, are all spoken`, () => {
      const s = createSchedule<Clause>({ ...options, maxUnreadSeconds: 5 });
      let commands = s.offer("a", clauses(40, guessed), 0);
      let spoken = names(commands).length;
      s.end("a", 0);
      for (let id = 1; id <= 40; id++) {
        commands = [...s.ended(id, { seconds: made, sign: "well" }, id * 100), ...s.taken("a", made, id * 100 + 1)];
        spoken += names(commands).length;
      }
      assert.equal(spoken, 40);
      assert.ok(isOver(commands), "and then it is over");
    });

  it("that all come to nothing come to an end", () => {
    const s = createSchedule<Clause>(options);
    let wakeAt = Number.POSITIVE_INFINITY;
    let over = 0;
    const flying: Dispatch<Clause>[] = [];
    const follow = (commands: readonly Command<Clause>[]) => {
      for (const command of commands) {
        if (command.kind === "dispatch") flying.push(command);
        if (command.kind === "wakeAt") wakeAt = command.at;
        if (command.kind === "over") over++;
        assert.notEqual(command.kind, "fail");
      }
    };
    follow(s.offer("a", clauses(40, 3), 0));
    follow(s.end("a", 0));
    for (let now = 0, step = 0; over === 0; step++) {
      assert.ok(step < 500, "is stuck");
      const flight = flying.shift();
      if (flight === undefined) now = wakeAt;
      follow(flight === undefined ? s.tick(now) : s.ended(flight.id, { seconds: 0, sign: "failed" }, ++now));
    }
    assert.deepEqual(s.load, { sessions: 0, busy: 0 });
  });
});

describe("sound that its reader has not taken", () => {
  /** What a bound of 6 s lets through of clauses of 2 s, of which nothing is taken. */
  const unread = (made: number) => {
    const s = createSchedule<Clause>({ ...options, slots: [1], maxUnreadSeconds: 6 });
    let spoken = names([...s.offer("a", clauses(40, 2), 0), ...s.flush("a", 0)]).length;
    for (let id = 1; id <= spoken; id++) spoken += names(s.ended(id, { seconds: made, sign: "well" }, id)).length;
    return { s, spoken };
  };

  it("holds back what comes next once it is as much as it may be, by what was made and not by what was guessed", () => {
    assert.equal(unread(2).spoken, 3);
    assert.equal(unread(3).spoken, 2);
    assert.equal(unread(1).spoken, 6);
    assert.equal(unread(6).spoken, 1);
    assert.equal(unread(5.9).spoken, 2);
  });

  it("makes room again by as much as is taken", () => {
    const { s } = unread(2);
    assert.deepEqual(names(s.taken("a", 0, 10)), [], "six seconds are as much as there may be");
    assert.deepEqual(names(s.taken("a", 0.1, 11)), ["3"]);
    assert.deepEqual(names(s.ended(4, { seconds: 2, sign: "well" }, 12)), []);
    assert.deepEqual(names(s.taken("a", 1.8, 13)), [], "still six");
    assert.deepEqual(names(s.taken("a", 0.2, 14)), ["4"]);
  });

  it("of another session, or of one that is not there, changes nothing", () => {
    const { s } = unread(2);
    s.offer("b", clauses(1, 1), 20);
    assert.deepEqual(names(s.taken("b", 50, 21)), []);
    assert.deepEqual(s.taken("nobody", 50, 22), []);
  });

  it("keeps nobody from being spoken again what came to nothing", () => {
    const s = createSchedule<Clause>({ ...options, slots: [2], maxUnreadSeconds: 1 });
    s.offer("a", clauses(3, 2), 0);
    s.flush("a", 0);
    assert.deepEqual(names(s.ended(1, { seconds: 0, sign: "failed", retry: "failure" }, 5)), ["0"]);
  });
});

describe("a flush", () => {
  /** A session that has ten seconds of sound in hand and a clause of one second that waits for more. */
  const playing = () => {
    const s = createSchedule<Clause>({ ...options, slots: [4] });
    s.offer("a", clauses(1, 10), 0);
    s.heard("a", 100);
    s.ended(1, { seconds: 10, sign: "well" }, 200);
    return s;
  };

  it("is for what was offered before it, and is spent with that", () => {
    const s = playing();
    assert.deepEqual(names(s.offer("a", clauses(1, 1, 5), 300)), []);
    assert.deepEqual(names(s.flush("a", 310)), ["0"]);
    assert.deepEqual(names(s.offer("a", clauses(1, 1, 5), 320)), [], "what comes later waits again");
  });

  it("lasts until a worker is free", () => {
    const s = playing();
    for (const [n, id] of ["b", "c", "d", "e"].entries()) s.offer(id, clauses(1, 1), 250 + n);
    s.offer("a", clauses(1, 1, 5), 300);
    assert.deepEqual(names(s.flush("a", 310)), []);
    for (const id of [2, 3]) s.ended(id, { seconds: 1, sign: "well" }, 320);
    assert.equal(s.load.busy, 3, "two are still spoken, and what was flushed");
  });

  it("of nothing, or of a text that is not there, is none", () => {
    const s = playing();
    s.flush("a", 300);
    assert.deepEqual(
      s.flush("nobody", 300).filter(({ kind }) => kind !== "wakeAt"),
      [],
    );
    assert.deepEqual(names(s.offer("a", clauses(1, 1, 5), 310)), []);
  });
});

describe("whose turn it is", () => {
  it("is that of a sound that ends in 200 ms, before an opener that is offered now", () => {
    const s = createSchedule<Clause>(options);
    s.offer("a", clauses(1, 1), 0);
    s.ended(1, { seconds: 1, sign: "well" }, 50);
    s.heard("a", 100);
    s.offer("c", clauses(1, 1), 200); // takes the worker
    s.offer("a", clauses(1, 2), 900);
    s.flush("a", 900);
    s.offer("b", clauses(1, 1), 900); // wanted at 1200, and the other at 1100
    const [next] = dispatches(s.ended(2, { seconds: 1, sign: "well" }, 900));
    assert.equal(next?.session, "a");
  });

  it("is that of the opener, where the sound lasts for a millisecond more than its listener is ready to wait", () => {
    const s = createSchedule<Clause>(options);
    s.offer("a", clauses(1, 1.101), 0);
    s.ended(1, { seconds: 1.101, sign: "well" }, 50);
    s.heard("a", 100);
    s.offer("c", clauses(1, 1), 200);
    s.offer("a", clauses(1, 2), 900);
    s.flush("a", 900);
    s.offer("b", clauses(1, 1), 900);
    const [next] = dispatches(s.ended(2, { seconds: 1, sign: "well" }, 900));
    assert.equal(next?.session, "b");
  });

  it("counts from when the first sound was heard, and from no later time", () => {
    const s = createSchedule<Clause>(options);
    s.offer("a", clauses(1, 1), 0);
    s.ended(1, { seconds: 1, sign: "well" }, 50);
    s.heard("a", 100);
    s.heard("a", 5000);
    s.heard("nobody", 5000);
    s.offer("c", clauses(1, 1), 200);
    s.offer("a", clauses(1, 2), 900);
    s.flush("a", 900);
    s.offer("b", clauses(1, 1), 900);
    assert.equal(dispatches(s.ended(2, { seconds: 1, sign: "well" }, 900))[0]?.session, "a");
  });

  it("is the first worker's again, once it has rested", () => {
    const s = createSchedule<Clause>({ ...options, slots: [1, 1] });
    const workerOf = (commands: readonly Command<Clause>[]) => dispatches(commands).map(({ worker }) => worker);
    assert.deepEqual(workerOf(s.offer("a", clauses(1, 1), 0)), [0]);
    assert.deepEqual(workerOf(s.ended(1, { seconds: 0, sign: "busy", retry: "free", pauseMs: 500 }, 0)), [1]);
    s.ended(2, { seconds: 1, sign: "well" }, 100);
    assert.deepEqual(workerOf(s.offer("b", clauses(1, 1), 499)), [1], "while the first rests");
    s.ended(3, { seconds: 1, sign: "well" }, 499);
    assert.deepEqual(workerOf(s.offer("c", clauses(1, 1), 500)), [0]);
  });
});

describe("any text, read at any pace", () => {
  const event = fc.record({
    what: fc.constantFrom("offer", "offer", "offer", "flush", "end", "done", "done", "take", "take", "again", "wait"),
    session: fc.constantFrom("a", "b", "c"),
    guessed: fc.double({ min: 0.1, max: 8, noNaN: true }),
    made: fc.double({ min: 0, max: 12, noNaN: true }),
    which: fc.nat(20),
  });
  const maxUnreadSeconds = 9;

  it("is spoken whole, and never further ahead of its reader than it may be", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (events, slots) => {
        const s = createSchedule<Clause>({ ...options, slots: [slots], maxUnreadSeconds });
        const flying: Dispatch<Clause>[] = [];
        // The bookkeeper's: what is unread of each session, what was offered of it and spoken, and whether it is over.
        const book = new Map(
          ["a", "b", "c"].map((id) => [
            id,
            { unread: 0, made: 0, offered: 0, spoken: 0, isEnded: false, isOver: false },
          ]),
        );
        const of = (id: string) => book.get(id) as NonNullable<ReturnType<typeof book.get>>;
        const guess = ({ clauses }: Dispatch<Clause>) => clauses.reduce((sum, { seconds }) => sum + seconds, 0);
        let now = 0;
        let wakeAt = Number.POSITIVE_INFINITY;
        const follow = (commands: readonly Command<Clause>[]) => {
          for (const command of commands) {
            if (command.kind === "wakeAt") wakeAt = command.at;
            if (command.kind === "over") of(command.session).isOver = true;
            if (command.kind !== "dispatch") continue;
            flying.push(command);
            const own = of(command.session);
            if (command.attempts > 0) continue;
            assert.ok(own.unread < maxUnreadSeconds + 1e-6, `${own.unread} s are unread`);
            own.unread += guess(command);
            for (const { name } of command.clauses) assert.equal(name, `${own.spoken++}`, "in order, each once");
          }
        };
        const land = (which: number, made: number, isAgain = false) => {
          const [flight] = flying.splice(which % Math.max(1, flying.length), 1);
          if (flight === undefined) return;
          const again = isAgain && flight.attempts < 2;
          if (!again) {
            of(flight.session).unread += made - guess(flight);
            of(flight.session).made += made;
          }
          follow(
            s.ended(
              flight.id,
              again ? { seconds: 0, retry: "free", sign: "well" } : { seconds: made, sign: "well" },
              now,
            ),
          );
        };
        const take = (id: string) => {
          const { made, unread } = of(id);
          const seconds = Math.min(made, unread);
          of(id).made -= seconds;
          of(id).unread -= seconds;
          follow(s.taken(id, seconds, now));
        };
        for (const { what, session, guessed, made, which } of events) {
          now += which * 20;
          const own = of(session);
          if (what === "offer" && !own.isEnded)
            follow(s.offer(session, [{ name: `${own.offered++}`, seconds: guessed, characters: 1 + which }], now));
          if (what === "flush") follow(s.flush(session, now));
          if (what === "end" && own.offered > 0 && !own.isEnded) {
            own.isEnded = true;
            follow(s.end(session, now));
          }
          if (what === "done" || what === "again") land(which, made, what === "again");
          if (what === "take") take(session);
          if (what === "wait" && wakeAt <= now + 1000) {
            now = Math.max(now, wakeAt);
            follow(s.tick(now));
          }
        }
        for (const [id, own] of book)
          if (own.offered > 0 && !own.isEnded) {
            own.isEnded = true;
            follow(s.end(id, now));
          }
        for (let step = 0; [...book.values()].some((own) => own.isEnded && !own.isOver); step++) {
          assert.ok(step < 500, "is stuck");
          now += 100;
          if (flying.length > 0) land(0, 1);
          else if (wakeAt < Number.POSITIVE_INFINITY) {
            now = Math.max(now, wakeAt);
            wakeAt = Number.POSITIVE_INFINITY;
            follow(s.tick(now));
          }
          for (const id of book.keys()) take(id);
        }
        for (const { offered, spoken } of book.values()) assert.equal(spoken, offered);
        assert.deepEqual(s.load, { sessions: 0, busy: 0 });
      }),
      { numRuns: 500 },
    );
  });
});
