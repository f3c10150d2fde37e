/** Who goes first, who has to wait, and what moves that: deadlines, listeners, and workers of different speed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import type { Command, Dispatch } from "./command.ts";
import type { ScheduleOptions } from "./options.ts";
import { createSchedule } from "./schedule.ts";
import type { Work } from "./segment.ts";

const options: ScheduleOptions = { slots: [1], segmentMaxCharacters: 20 };
/** Clauses that are a segment each. */
const clauses = (count: number, seconds: number): Work[] =>
  Array.from({ length: count }, () => ({ seconds, characters: 20 }));
const dispatches = (commands: readonly Command<Work>[]) => commands.filter((each) => each.kind === "dispatch");
const sessionsOf = (commands: readonly Command<Work>[]) => dispatches(commands).map(({ session }) => session);

describe("any number of texts, before any workers", () => {
  const event = fc.record({
    what: fc.constantFrom("text", "text", "done", "done", "done", "leave", "wait"),
    which: fc.nat(20),
    clauses: fc.integer({ min: 1, max: 6 }),
    waitMs: fc.integer({ min: 0, max: 700 }),
  });
  const seconds = 2;
  /**
   * Past this a text is sure to be due, whatever its next segment takes; what is needed later than `spareMs` from now
   * is sure not to be.
   */
  const dueMs = 1500;
  const spareMs = 2500;

  it("no slot rests while somebody's sound runs out, and whose runs out first is first; who has left gets nothing more", () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 80 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
        (events, slots) => {
          const s = createSchedule<Work>({ ...options, slots, maxUnreadSeconds: Number.POSITIVE_INFINITY });
          const room = slots.reduce((sum, more) => sum + more, 0);
          const flying: Dispatch<Work>[] = [];
          /**
           * What a bookkeeper of the plainest kind knows of each text: from when it is heard, and its clauses that are
           * spoken, and that are not.
           */
          const book = new Map<string, { from: number; heard: boolean; spoken: number; left: number }>();
          let now = 0;
          let count = 0;
          const deadline = (id: string) => {
            const { from, spoken } = book.get(id) as NonNullable<ReturnType<typeof book.get>>;
            return from + spoken * seconds * 1000;
          };
          const waiting = () => [...book].filter(([, { left }]) => left > 0).map(([id]) => id);
          const follow = (commands: readonly Command<Work>[]) => {
            for (const command of commands) {
              assert.notEqual(command.kind, "fail");
              if (command.kind !== "dispatch") continue;
              const own = book.get(command.session);
              assert.ok(own !== undefined, "a text that was left gets nothing");
              const isSpared = room - flying.length <= 1 && room > 1 && command.segment > 0;
              assert.ok(!isSpared || deadline(command.session) <= now + spareMs, "the last slot is for first words");
              flying.push(command);
              const before = waiting().filter((id) => deadline(id) < deadline(command.session) - 1e-6);
              assert.deepEqual(before, [], `${command.session} went first`);
              own.spoken++;
              own.left--;
            }
            const free = room - s.load.busy;
            const isLate = waiting().some((id) => deadline(id) <= now + dueMs);
            assert.ok(free === 0 || !isLate, "a slot rests while somebody needs it");
            assert.ok(free < 2 || waiting().length === 0, "two slots rest while somebody could use one");
          };
          for (const { what, which, clauses: more, waitMs } of events) {
            now += waitMs;
            follow(s.tick(now));
            if (what === "text") {
              const id = String(++count);
              book.set(id, { from: now + 300, heard: false, spoken: 0, left: more });
              follow([...s.offer(id, clauses(more, seconds), now), ...s.end(id, now)]);
            }
            const flight = flying[which % Math.max(1, flying.length)];
            if (flight === undefined) continue;
            if (what === "leave" && book.delete(flight.session)) follow(s.cancel(flight.session, now));
            if (what !== "done") continue;
            flying.splice(flying.indexOf(flight), 1);
            follow(s.ended(flight.id, { seconds, sign: "well" }, now));
            const own = book.get(flight.session);
            if (own !== undefined && !own.heard) {
              s.heard(flight.session, now);
              own.heard = true;
              own.from = now;
            }
          }
          for (let step = 0; flying.length > 0 || s.load.sessions > 0; step++) {
            assert.ok(step < 2000, "somebody is never spoken");
            now += 100;
            const flight = flying.shift();
            follow(flight === undefined ? s.tick(now) : s.ended(flight.id, { seconds, sign: "well" }, now));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("whoever waits grows older than whoever comes: of endless first words none keeps a text waiting for long", () => {
    const s = createSchedule<Work>(options);
    let [flight] = dispatches(s.offer("first", clauses(1, 1), 0));
    s.offer("waits", clauses(1, 1), 10);
    const order: string[] = [];
    for (let nth = 1; nth <= 20; nth++) {
      // Two come for each that can be spoken.
      for (const half of [0, 1]) s.offer(`${nth}.${half}`, clauses(1, 1), nth * 100);
      [flight] = dispatches(s.ended((flight as Dispatch<Work>).id, { seconds: 1, sign: "well" }, nth * 100 + 1));
      order.push((flight as Dispatch<Work>).session);
    }
    assert.deepEqual(order.slice(0, 5), ["waits", "1.0", "1.1", "2.0", "2.1"]);
  });
});

describe("what a listener has heard", () => {
  /**
   * Two texts that have a second of sound each, the second of which began to be heard 300 ms after the first, and a
   * worker that is busy with a third.
   */
  const playing = () => {
    const s = createSchedule<Work>({ ...options, slots: [1] });
    for (const [session, at] of [
      ["a", 0],
      ["b", 300],
    ] as const) {
      const [own] = dispatches(s.offer(session, clauses(1, 1), at));
      s.ended((own as Dispatch<Work>).id, { seconds: 1, sign: "well" }, at);
      s.heard(session, at);
      s.taken(session, 1, at);
    }
    return s;
  };
  /** Who is next, after a third text: each of the two has one more clause. */
  const next = (s: ReturnType<typeof playing>, at: number) => {
    const [busy] = dispatches(s.offer("c", clauses(1, 1), at - 100));
    for (const session of ["b", "a"]) {
      s.offer(session, clauses(1, 1), at);
      s.end(session, at);
    }
    const [first] = dispatches(s.ended((busy as Dispatch<Work>).id, { seconds: 1, sign: "well" }, at));
    return first?.session;
  };

  it("decides when its sound runs out", () => assert.equal(next(playing(), 900), "a"));

  it("moves that, where it is behind of what was thought", () => {
    const s = playing();
    s.played("a", 0.2, 600);
    assert.equal(next(s, 900), "b", "a is heard from 400 on");
    const held = playing();
    held.played("a", 0.301, 600);
    assert.equal(next(held, 900), "a", "a is heard from 299 on");
    const caughtUp = playing();
    caughtUp.played("a", 0.2, 600);
    caughtUp.played("a", 0.6, 700);
    assert.equal(next(caughtUp, 900), "a", "a is heard from 100 on after all");
  });

  it("cannot be more than there was, nor more than there was time for", () => {
    const s = playing();
    s.played("b", 50, 1250);
    s.played("a", 1, 1200);
    assert.equal(next(s, 1300), "a", "a runs out at 1200, and b at 1300");
    const ahead = playing();
    ahead.played("b", 0.7, 600);
    assert.equal(next(ahead, 900), "a", "nobody hears 700 ms in 300");
  });

  it("of a text that nobody hears, or that is not there, changes nothing", () => {
    const s = createSchedule<Work>(options);
    s.offer("a", clauses(1, 1), 0);
    s.offer("b", clauses(1, 1), 0);
    s.offer("c", clauses(1, 1), 10);
    s.played("b", 0, 5000);
    assert.deepEqual(s.played("nobody", 1, 5000), []);
    assert.deepEqual(sessionsOf(s.ended(1, { seconds: 1, sign: "well" }, 5000)), ["b"]);
  });

  it("was delayed by as long as it had to wait for sound", () => {
    const s = playing();
    // The second segment of a comes when its sound had run out for 500 ms: 2 s of it last until 3500, and those of b
    // until 3300.
    for (const [session, at] of [
      ["b", 1300],
      ["a", 1500],
    ] as const) {
      const [own] = dispatches(s.offer(session, clauses(1, 2), at - 50));
      s.ended((own as Dispatch<Work>).id, { seconds: 2, sign: "well" }, at);
      s.taken(session, 2, at);
    }
    assert.equal(next(s, 3200), "b");
  });

  it("was delayed by nothing where sound came in time, however early it was taken", () => {
    const s = playing();
    for (const [session, seconds, takenAt] of [
      ["a", 2, 800],
      ["b", 1.69, 1299],
    ] as const) {
      const [own] = dispatches(s.offer(session, clauses(1, seconds), 700));
      s.ended((own as Dispatch<Work>).id, { seconds, sign: "well" }, 800);
      s.taken(session, seconds, takenAt);
    }
    assert.equal(next(s, 2500), "b", "b runs out at 2990, and a at 3000");
  });
});

/**
 * Speaks a text without an end on two workers, the first of which slows down at its tenth segment: how long the
 * segments of each were, in seconds.
 */
function speak() {
  // All of it is needed soon.
  const s = createSchedule<Work>({ slots: [1, 1], segmentMaxCharacters: 80, shortSlackMs: 1e9 });
  const given: readonly [number[], number[]] = [[], []];
  const flying: { readonly flight: Dispatch<Work>; readonly seconds: number; readonly until: number }[] = [];
  let now = 0;
  const follow = (commands: readonly Command<Work>[]) => {
    for (const flight of dispatches(commands)) {
      const seconds = flight.clauses.reduce((sum, clause) => sum + clause.seconds, 0);
      const own = given[flight.worker as 0 | 1];
      const slowness = flight.worker === 0 && own.length >= 10 ? 3 : 1;
      own.push(seconds);
      flying.push({ flight, seconds, until: now + slowness * (45 + (1000 / 15) * seconds) });
    }
  };
  const text = Array.from({ length: 600 }, () => ({ seconds: 1, characters: 4 }));
  follow([...s.offer("a", text, now), ...s.end("a", now)]);
  while (flying.length > 0) {
    flying.sort((a, b) => a.until - b.until);
    const { flight, seconds, until } = flying.shift() as (typeof flying)[number];
    now = until;
    follow(s.sounded(flight.id, 0, now));
    follow(s.ended(flight.id, { seconds, sign: "well" }, now));
    follow(s.taken("a", seconds, now));
  }
  return { s, slow: given[0], fast: given[1] };
}

describe("a worker that slows down to a third", () => {
  it("is followed within ten segments: it is given shorter ones, and the other longer ones", () => {
    const { slow, fast } = speak();
    assert.ok(Math.min(...slow.slice(4, 10)) >= 5, `long ones before: ${slow.slice(0, 10)}`);
    assert.ok(Math.max(...slow.slice(20, 40)) <= 3, `short ones after ten more: ${slow.slice(10, 40)}`);
    assert.ok(Math.min(...fast.slice(4, -2)) >= 4, `long ones for the other: ${fast}`);
  });

  it("is not preferred any more where both are free", () => {
    const { s } = speak();
    for (let nth = 1; nth <= 5; nth++) {
      const [flight] = dispatches(s.offer(`later${nth}`, clauses(1, 1), 1e6 * nth));
      assert.equal(flight?.worker, 1);
      s.ended((flight as Dispatch<Work>).id, { seconds: 1, sign: "well" }, 1e6 * nth + 100);
    }
  });
});

describe("how long a worker may be silent", () => {
  it("is longer for one that is slow", () => {
    const { s } = speak();
    for (const session of ["x", "y"]) s.offer(session, clauses(1, 60), 1e6);
    const health = s.tick(1e6 + 28_000).filter(({ kind }) => kind === "health");
    assert.deepEqual(health, [{ kind: "health", worker: 1, health: "away" }]);
  });
});

describe("an engine that slows down", () => {
  it("wakes all who wait for more text in time for what their next words will take", () => {
    const s = createSchedule<Work>({ ...options, slots: [2] });
    const small: Work[] = [{ seconds: 1, characters: 4 }];
    const [own] = dispatches(s.offer("a", [{ seconds: 8, characters: 20 }], 0));
    s.heard("a", 0);
    s.ended((own as Dispatch<Work>).id, { seconds: 8, sign: "well" }, 100);
    const alarms: number[] = [];
    const follow = (commands: readonly Command<Work>[]) => {
      for (const command of commands) if (command.kind === "wakeAt") alarms.push(command.at);
      return dispatches(commands)[0];
    };
    follow(s.offer("a", small, 100));
    assert.equal(alarms.at(-1), 8000 - 100 - 1500, "a second of speech is taken for 100 ms of work");
    const other = follow(s.offer("b", small, 200)) as Dispatch<Work>;
    follow(s.sounded(other.id, 0, 1200));
    follow(s.ended(other.id, { seconds: 1, sign: "well" }, 1200));
    assert.equal(alarms.at(-1), 8000 - 1000 - 1500, "it took a second");
  });
});

describe("a worker on trial", () => {
  it("is tried with what has time, though somebody's first words wait for another", () => {
    const s = createSchedule<Work>({ ...options, slots: [1, 1] });
    s.offer("a", clauses(1, 8), 0);
    s.heard("a", 0);
    s.offer("b", clauses(1, 1), 0);
    s.ended(2, { seconds: 0, retry: "free", sign: "unreachable" }, 10);
    // The first worker speaks b's words now, and those of c wait; a has sound for eight seconds.
    s.ended(1, { seconds: 8, sign: "well" }, 20);
    s.offer("c", clauses(1, 1), 30);
    s.offer("a", clauses(1, 2), 40);
    s.end("a", 40);
    const [tried] = dispatches(s.tick(1010));
    assert.deepEqual([tried?.session, tried?.worker], ["a", 1]);
  });
});

describe("a worker that is killed", () => {
  it("costs what it was speaking, and nothing else", () => {
    const s = createSchedule<Work>({ ...options, slots: [1, 1], probes: true });
    const flying: Dispatch<Work>[] = [];
    let attempts = 0;
    const follow = (commands: readonly Command<Work>[]) => {
      flying.push(...dispatches(commands));
      attempts += dispatches(commands).length;
    };
    for (const session of ["a", "b"]) follow([...s.offer(session, clauses(6, 2), 0), ...s.end(session, 0)]);
    const killed = flying.find(({ worker }) => worker === 1) as Dispatch<Work>;
    flying.splice(flying.indexOf(killed), 1);
    follow(s.ended(killed.id, { seconds: 0, retry: "loss", sign: "unreachable" }, 50));
    for (let now = 100; flying.length > 0; now += 100) {
      const { id, worker, session } = flying.shift() as Dispatch<Work>;
      assert.equal(worker, 0);
      follow(s.ended(id, { seconds: 2, sign: "well" }, now));
      follow(s.taken(session, 2, now));
    }
    assert.equal(attempts, 13, "twelve segments, one of them twice");
    assert.deepEqual(s.load, { sessions: 0, busy: 0 });
  });
});
