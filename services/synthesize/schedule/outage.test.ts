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

/** A schedule and what it asked for: commands as short words, work by its segment. */
function start(options: Partial<ScheduleOptions<Clause>> = {}) {
  const s = createSchedule<Clause>({
    slots: [1, 1],
    minOpenerSeconds: 0.5,
    segmentMaxCharacters: 5,
    probes: true,
    ...options,
  });
  const latest = new Map<string, Dispatch<Clause>>();
  let alarm = Number.POSITIVE_INFINITY;
  const tell = (commands: readonly Command<Clause>[]) =>
    commands.flatMap((command): string[] => {
      switch (command.kind) {
        case "dispatch":
          latest.set(`${command.session}${command.segment}`, command);
          return [`${command.session}${command.segment}@${command.worker}`];
        case "abandon":
        case "cut":
          return [`${command.kind} ${[...latest.values()].find(({ id }) => id === command.id)?.session ?? "?"}`];
        case "over":
        case "fail":
          return [`${command.kind} ${command.session}`];
        case "probe":
          return [`probe ${command.worker}`];
        case "health":
          return [`${command.worker} ${command.health}`];
        case "wakeAt":
          alarm = command.at;
          return [];
        default:
          return [];
      }
    });
  const offer = (session: string, clauses: number, now: number) =>
    tell(
      s.offer(
        session,
        Array.from({ length: clauses }, (_, i) => ({ name: `${session}${i}`, seconds: 1, characters: 5 })),
        now,
      ),
    );
  const id = (work: string | Dispatch<Clause>) =>
    typeof work === "string" ? (latest.get(work)?.id as number) : work.id;
  return {
    core: s,
    latest,
    alarm: () => alarm,
    /** So many clauses of a second each, a segment each; more may follow. */
    offer,
    /** The same, without waiting for more. */
    say: (session: string, clauses: number, now: number) => [
      ...offer(session, clauses, now),
      ...tell(s.end(session, now)),
    ],
    done: (work: string | Dispatch<Clause>, now: number) => tell(s.ended(id(work), { seconds: 1, sign: "well" }, now)),
    ended: (work: string | Dispatch<Clause>, ending: Partial<Ending>, now: number) =>
      tell(s.ended(id(work), { seconds: 0, sign: "failed", ...ending }, now)),
    sounded: (work: string | Dispatch<Clause>, seconds: number, now: number) => tell(s.sounded(id(work), seconds, now)),
    probed: (worker: number, answered: boolean, now: number) => tell(s.probed(worker, answered, now)),
    tick: (now: number) => tell(s.tick(now)),
  };
}

const unsent: Partial<Ending> = { retry: "free", sign: "unreachable" };

describe("a worker of several slots", () => {
  it("loses all that it has, which goes elsewhere as there is room", () => {
    const s = start({ slots: [3, 3] });
    s.say("a", 4, 0);
    const cut: Partial<Ending> = { retry: "loss", sign: "unreachable" };
    assert.deepEqual(s.ended("a0", cut, 10), ["0 away", "a0@1"]);
    assert.deepEqual(s.ended("a2", cut, 11), [], "the other has its three");
    assert.deepEqual(s.done("a1", 50), ["a2@1"]);
    assert.deepEqual([s.latest.get("a0")?.losses, s.latest.get("a2")?.losses], [1, 1]);
    assert.equal(s.core.load.busy, 3);
  });

  it("is tried with one segment at a time", () => {
    const s = start({ slots: [3, 3] });
    s.say("a", 1, 0);
    assert.deepEqual(s.ended("a0", { retry: "failure", sign: "wrong" }, 10), ["0 faulty", "a0@1"]);
    assert.deepEqual(s.say("b", 1, 1009), ["b0@1"]);
    assert.deepEqual(s.say("c", 2, 1010), ["c0@0", "c1@1"]);
    assert.deepEqual(s.done("c0", 1100), ["0 well"]);
    assert.deepEqual(s.say("d", 2, 1200), ["d0@0", "d1@0"]);
  });

  it("is left out after failures in a row, whichever slots they were in, and no sooner", () => {
    const s = start({ slots: [5] });
    s.say("a", 4, 0);
    assert.deepEqual(s.ended("a3", {}, 10), []);
    assert.deepEqual(s.ended("a0", {}, 11), []);
    assert.deepEqual(s.ended("a2", {}, 12), ["0 faulty"]);
    assert.deepEqual(s.done("a1", 13), ["0 well", "over a"]);
  });
});

describe("a worker that cannot be reached", () => {
  it("gets nothing while another lives, which its segments wait for", () => {
    const s = start();
    assert.deepEqual(s.say("a", 3, 0), ["a0@0", "a1@1"]);
    assert.deepEqual(s.ended("a1", unsent, 1), ["1 away"], "it waits for 0, which is busy");
    assert.deepEqual(s.done("a0", 50), ["a1@0"]);
    assert.deepEqual(s.done("a1", 100), ["a2@0"]);
    assert.equal(s.latest.get("a1")?.failures, 0);
    assert.equal(s.latest.get("a1")?.losses, 0);
  });

  it("gets nothing though the only other has failed at a segment: that one is asked again", () => {
    const s = start();
    s.say("a", 1, 0);
    s.say("b", 1, 0);
    s.ended("a0", unsent, 1);
    s.done("b0", 2);
    assert.deepEqual(s.ended("a0", { retry: "failure" }, 3), ["a0@1"]);
  });

  it("is probed each second, and gets work again once a probe finds it", () => {
    const s = start();
    s.say("a", 1, 0);
    s.say("b", 6, 0);
    s.ended("b0", unsent, 1);
    assert.deepEqual(s.tick(1000), []);
    assert.deepEqual(s.tick(1001), ["probe 1"]);
    assert.deepEqual(s.tick(1002), [], "not twice at once");
    assert.deepEqual(s.probed(1, false, 1100), []);
    assert.deepEqual(s.tick(2100), ["probe 1"]);
    assert.deepEqual(s.probed(1, true, 2101), ["1 well", "b0@1"]);
  });

  it("is tried with a piece of work where it cannot be probed: one, after a pause that doubles", () => {
    const s = start({ probes: false, slots: [1, 2] });
    s.say("a", 1, 0);
    assert.deepEqual(s.say("b", 4, 0), ["b0@1", "b1@1"]);
    s.ended("b0", unsent, 0);
    s.ended("b1", { ...unsent, sign: "nothing" }, 0);
    assert.deepEqual(s.tick(999), []);
    s.core.heard("b", 1000);
    assert.deepEqual(s.done("a0", 1000), ["over a", "b0@1", "b1@0"], "one on trial, the other where it is well");
    assert.deepEqual(s.ended("b0", unsent, 1010), []);
    assert.deepEqual(s.done("b1", 1020), ["b0@0"]);
    assert.deepEqual([...s.done("b0", 1030), ...s.tick(2900)], ["b2@0"], "two seconds after the trial");
  });
});

describe("while no worker lives", () => {
  it("a session waits for a restart of less than two seconds", () => {
    const s = start({ slots: [1] });
    s.say("a", 2, 0);
    assert.deepEqual(s.ended("a0", unsent, 10), ["0 away"]);
    assert.equal(s.core.admits(10), false);
    assert.deepEqual(s.tick(260), ["probe 0"], "in a hurry");
    s.probed(0, false, 261);
    for (let now = 300; now < 1500; now += 50) if (s.tick(now).includes("probe 0")) s.probed(0, false, now + 1);
    assert.deepEqual(s.tick(1760), ["probe 0"]);
    assert.deepEqual(s.probed(0, true, 1761), ["0 well", "a0@0"]);
    assert.deepEqual([...s.done("a0", 1800), ...s.done("a1", 1900)], ["a1@0", "over a"]);
  });

  it("and no longer, unless it has sound in hand", () => {
    const s = start({ slots: [1] });
    s.say("a", 4, 0);
    s.say("b", 1, 0);
    for (const work of ["a0", "b0", "a1", "a2"]) s.done(work, 100);
    s.core.heard("a", 100);
    s.say("c", 1, 100);
    // a3 is the last of four seconds, which began at 100.
    s.ended("a3", unsent, 200);
    assert.deepEqual(
      s.tick(2199).filter((what) => what.startsWith("fail")),
      [],
    );
    assert.deepEqual(
      s.tick(2201).filter((what) => what.startsWith("fail")),
      ["fail c"],
    );
    assert.deepEqual(
      s.tick(4101).filter((what) => what.startsWith("fail")),
      ["fail a"],
    );
    assert.deepEqual(s.core.load, { sessions: 0, busy: 0 });
  });

  it("a session waits as long in a second outage as in the first", () => {
    const s = start({ slots: [1] });
    s.say("a", 1, 0);
    assert.deepEqual([...s.ended("a0", unsent, 10), ...s.tick(260)], ["0 away", "probe 0"]);
    assert.deepEqual(s.probed(0, true, 300), ["0 well", "a0@0"]);
    s.done("a0", 400);
    s.offer("b", 1, 500);
    s.tick(s.alarm());
    s.done("b0", 1000);
    s.core.heard("b", 1000);
    s.say("c", 1, 5000);
    assert.deepEqual(s.ended("c0", unsent, 5010), ["0 away"]);
    assert.deepEqual(s.say("b", 1, 5100), [], "its sound has run out, and the outage is young");
    assert.deepEqual(s.tick(7009), ["probe 0"]);
    assert.deepEqual(s.tick(7010).toSorted(), ["fail b", "fail c"]);
  });

  it("an outage that has passed makes no session be given up that another engine could take over", () => {
    const s = start({ slots: [1] });
    s.say("a", 1, 0);
    assert.deepEqual([...s.ended("a0", unsent, 10), ...s.tick(260)], ["0 away", "probe 0"]);
    assert.deepEqual(s.probed(0, true, 300), ["0 well", "a0@0"]);
    s.core.open("b", { firstAlone: false, spare: true });
    assert.deepEqual(s.say("b", 1, 310), [], "the worker is busy");
    assert.deepEqual(s.tick(2500), []);
    assert.deepEqual(s.done("a0", 2600), ["over a", "b0@0"]);
  });

  it("nobody waits for workers that want to be left alone for longer than that", () => {
    const s = start();
    s.say("a", 1, 0);
    const busy = (pauseMs: number): Partial<Ending> => ({ retry: "free", sign: "well", pauseMs });
    assert.deepEqual(s.ended("a0", busy(5000), 10), ["a0@1"]);
    assert.deepEqual(s.ended("a0", busy(4000), 20), ["fail a"]);
    s.say("b", 1, 4000);
    assert.deepEqual(s.tick(4020), ["b0@1"], "what comes later does");
  });

  it("waits out a pause that is short enough, and tries again", () => {
    const s = start({ slots: [1] });
    s.say("a", 1, 0);
    assert.deepEqual(s.ended("a0", { retry: "free", sign: "well", pauseMs: 1000 }, 10), []);
    assert.equal(s.alarm(), 1010);
    assert.deepEqual(s.tick(1010), ["a0@0"]);
    assert.deepEqual(s.ended("a0", { retry: "free", sign: "well", pauseMs: 1000 }, 1020), ["fail a"], "not for ever");
  });
});

describe("a worker that wants to be left alone", () => {
  const busy: Partial<Ending> = { retry: "free", sign: "well", pauseMs: 5000 };

  it("is not waited for while another is free, though that one failed at the segment", () => {
    const s = start();
    s.say("a", 1, 0);
    s.say("b", 1, 0);
    assert.deepEqual(s.ended("b0", busy, 10), [], "it waits for 0");
    assert.deepEqual(s.ended("a0", { retry: "failure" }, 20), ["a0@0"], "and a is not kept for 1");
  });

  it("keeps nobody waiting for ever: a segment is overdue once its audio has run out, and two seconds later than it first came to nothing", () => {
    const s = start();
    s.say("a", 1, 0);
    const overdue = (now: number) => s.core.isOverdue(s.latest.get("a0")?.id ?? -1, now);
    assert.equal(overdue(9999), false, "that nothing was tried yet is no reason");
    assert.deepEqual(s.ended("a0", busy, 100), ["a0@1"]);
    assert.equal(overdue(2099), false);
    assert.equal(overdue(2100), true);
    s.core.heard("a", 2000);
    assert.equal(overdue(2999), false, "one second of audio is being heard");
    assert.equal(overdue(3000), true);
  });
});

describe("a worker that falls silent", () => {
  /** Two workers whose pace is known: 100 ms for a second. */
  function paced(options: Partial<ScheduleOptions<Clause>> = {}) {
    const s = start(options);
    s.say("w", 1, -1000);
    s.sounded("w0", 0, -900);
    s.done("w0", -900);
    return s;
  }

  it("loses its segment to another after a multiple of what it should take, two seconds at least", () => {
    const s = paced();
    s.say("a", 1, 0);
    assert.deepEqual(s.tick(1999), []);
    assert.deepEqual(s.tick(2000), ["0 away", "abandon a", "a0@1"]);
    assert.equal(s.latest.get("a0")?.losses, 1);
    assert.deepEqual(s.done("a0", 2100), ["over a"]);
    assert.equal(s.core.load.busy, 1, "the silent one holds its slot until it has ended");
    assert.deepEqual(s.tick(3000), ["probe 0"]);
  });

  it("is silent in all of its slots, and holds them until each has ended", () => {
    const s = paced({ slots: [2, 2] });
    s.say("a", 3, 0);
    assert.deepEqual(
      ["a0", "a1", "a2"].map((work) => s.latest.get(work)?.worker),
      [0, 1, 0],
    );
    const silent = ["a0", "a2"].map((work) => s.latest.get(work) as Dispatch<Clause>);
    s.done("a1", 1000);
    assert.deepEqual(s.tick(2000), ["0 away", "abandon a", "abandon a", "a0@1", "a2@1"]);
    assert.equal(s.core.load.busy, 4);
    for (const one of silent) s.ended(one, { sign: "silent" }, 2500);
    assert.equal(s.core.load.busy, 2);
  });

  it("is given four times as long as an engine of its pace takes", () => {
    const s = start();
    s.say("w", 1, -5000);
    s.sounded("w0", 0, -4000);
    s.done("w0", -4000);
    s.say("a", 1, 0);
    assert.deepEqual(s.tick(3999), []);
    assert.deepEqual(s.tick(4000), ["0 away", "abandon a", "a0@1"]);
  });

  it("keeps its segment where there is no other, which its own limit then ends", () => {
    const s = paced({ slots: [1] });
    s.say("a", 1, 0);
    s.say("b", 1, 0);
    assert.deepEqual(s.tick(2000), ["0 away"]);
    assert.equal(s.core.admits(2000), false, "nobody else is let in");
    for (let now = 2000; now < 30_000; now += 500) if (s.tick(now).includes("probe 0")) s.probed(0, false, now);
    assert.deepEqual(s.sounded("a0", 0, 30_000), ["0 well"], "slow, not hung");
    assert.deepEqual(s.done("a0", 30_001), ["b0@0", "over a"].toSorted().reverse());
  });

  it("loses it as soon as another comes back", () => {
    const s = paced();
    s.say("a", 1, 0);
    s.say("b", 1, 0);
    s.ended("b0", unsent, 1);
    assert.deepEqual(s.tick(2000), ["0 away", "probe 1"]);
    assert.deepEqual(s.probed(1, true, 2010).slice(0, 2), ["1 well", "abandon a"]);
  });

  it("has its segment end where it is heard already, and the next one goes elsewhere", () => {
    const s = paced();
    s.say("a", 3, 0);
    s.sounded("a0", 0.4, 100);
    s.done("a1", 100);
    assert.deepEqual(s.tick(1000), ["a2@1"]);
    s.done("a2", 1100);
    assert.deepEqual(s.tick(2099), [], "two seconds since it was last heard");
    assert.deepEqual(s.tick(2100), ["0 away", "cut a", "over a"]);
  });

  it("is noticed too while it drains what nobody wants", () => {
    const s = paced();
    s.say("a", 1, 0);
    s.core.cancel("a", 10);
    assert.deepEqual(s.tick(2000), ["0 away"]);
    assert.deepEqual(s.say("b", 1, 2001), ["b0@1"]);
  });
});

describe("a worker whose answers are wrong", () => {
  it("gets nothing after three failures in a row, but a trial after a pause", () => {
    const s = start();
    for (let i = 0; i < 3; i++) {
      assert.deepEqual(s.say(`a${i}`, 1, i), [`a${i}0@0`]);
      s.ended(`a${i}0`, {}, i);
    }
    assert.equal(s.core.health(0), "faulty");
    assert.deepEqual(s.say("b", 1, 10), ["b0@1"]);
    assert.deepEqual(s.say("c", 1, 20), [], "it waits rather");
    assert.deepEqual(s.tick(1002), ["c0@0"], "the trial");
    assert.deepEqual(s.done("c0", 1100), ["0 well", "over c"]);
  });

  it("is a last choice where no other is well", () => {
    const s = start({ slots: [1] });
    s.say("a", 2, 0);
    assert.deepEqual(s.ended("a0", { sign: "wrong" }, 1), ["0 faulty", "a1@0"]);
    assert.equal(s.core.admits(2), true);
  });
});

describe("the first of a text whose voice the rest takes", () => {
  it("is spoken before the rest, which then goes to all workers", () => {
    const s = start({ slots: [1, 1, 1] });
    s.core.open("a", { firstAlone: true, spare: false });
    assert.deepEqual(s.say("a", 3, 0), ["a0@0"]);
    assert.deepEqual(s.done("a0", 100), ["a1@0", "a2@1"]);
  });

  it("passes its part on where nothing came of it", () => {
    const s = start();
    s.core.open("a", { firstAlone: true, spare: false });
    s.say("a", 3, 0);
    assert.deepEqual(s.ended("a0", {}, 100), ["a1@0"]);
    assert.deepEqual(s.done("a1", 200), ["a2@0"]);
  });
});

describe("a text that another engine can speak on", () => {
  const spare = { firstAlone: false, spare: true };

  it("is given up as soon as no worker lives, where nothing of it is heard", () => {
    const s = start({ slots: [1] });
    s.core.open("a", spare);
    s.say("a", 2, 0);
    assert.equal(s.core.isOverdue(s.latest.get("a0")?.id ?? 0, 1), true, "it waits for no restart");
    assert.deepEqual(s.ended("a0", { retry: "free", sign: "unreachable" }, 1), ["0 away", "fail a"]);
  });

  it("is kept while its sound lasts, and given up while there is time for the other engine to begin", () => {
    const s = start({ slots: [1], shortSlackMs: 1500 });
    s.core.open("a", spare);
    s.say("a", 5, 0);
    s.done("a0", 100);
    s.core.heard("a", 100);
    for (const [work, at] of [
      ["a1", 200],
      ["a2", 300],
    ] as const)
      s.done(work, at);
    assert.deepEqual(s.ended("a3", { retry: "free", sign: "unreachable" }, 310), ["0 away"]);
    // Four seconds are in hand from 100 ms on.
    assert.deepEqual(s.tick(2599), ["probe 0"]);
    assert.deepEqual(s.tick(2600), ["fail a"]);
  });

  it("is not given up for one that is full, as long as the other worker is well", () => {
    const s = start();
    s.core.open("a", spare);
    s.say("a", 1, 0);
    assert.equal(s.core.isOverdue(s.latest.get("a0")?.id ?? 0, 3000), false);
    assert.deepEqual(s.ended("a0", { retry: "free", sign: "unreachable" }, 3000), ["0 away", "a0@1"]);
  });

  it("leaves the only worker once it is silent, and loses no sentence that was not heard", () => {
    const s = start({ slots: [1] });
    s.core.open("a", spare);
    s.say("a", 2, 0);
    assert.deepEqual(s.tick(s.alarm()), ["0 away", "abandon a", "fail a"]);
  });

  it("is given up alone: the others wait as they did", () => {
    const s = start({ slots: [1] });
    s.core.open("a", spare);
    s.say("a", 1, 0);
    s.say("b", 1, 0);
    assert.deepEqual(s.ended("a0", { retry: "free", sign: "unreachable" }, 1), ["0 away", "fail a"]);
    assert.deepEqual(s.tick(1900), ["probe 0"]);
    assert.ok(s.tick(2400).includes("fail b"));
  });
});

describe("workers that die, hang and come back at any time", () => {
  type State = "alive" | "dead" | "hung";
  const event = fc.record({
    what: fc.constantFrom("say", "say", "state", "state", "wait", "wait", "cancel"),
    which: fc.nat(3),
    clauses: fc.integer({ min: 1, max: 4 }),
    state: fc.constantFrom<State>("alive", "dead", "hung"),
    waitMs: fc.integer({ min: 1, max: 3000 }),
  });

  /** Workers that take 100 ms for a segment, driven in virtual time. */
  function run(
    events: readonly (typeof event extends fc.Arbitrary<infer E> ? E : never)[],
    slots: number[],
    probes: boolean,
  ) {
    const s = createSchedule<Clause>({ slots, minOpenerSeconds: 0.5, segmentMaxCharacters: 5, probes });
    const states: State[] = slots.map(() => "alive");
    let now = 0;
    let alarm = Number.POSITIVE_INFINITY;
    const timers: { at: number; run: () => void }[] = [];
    const later = (ms: number, then: () => void) => timers.push({ at: now + ms, run: then });
    const open = new Set<string>();
    const ends = new Map<string, string[]>();
    const spoken = new Map<string, string[]>();
    const offered = new Map<string, string[]>();
    const abandoned = new Set<number>();
    const landed = new Set<number>();
    let sessions = 0;

    function work(d: Dispatch<Clause>): void {
      const { id, worker } = d;
      const land = (ending: Ending) => {
        if (landed.has(id)) return;
        landed.add(id);
        follow(s.ended(id, ending, now));
      };
      if (states[worker] === "dead")
        return void later(1, () => land({ seconds: 0, retry: "free", sign: "unreachable" }));
      const speak = () => {
        if (states[worker] === "hung") return void later(50, speak);
        if (states[worker] === "dead") return land({ seconds: 0, retry: "loss", sign: "unreachable" });
        if (abandoned.has(id)) return land({ seconds: 0, sign: "nothing" });
        spoken.get(d.session)?.push(...d.clauses.map(({ name }) => name));
        land({ seconds: 1, sign: "well" });
      };
      later(100, speak);
      // The engine's own limit.
      later(60_000, () => land({ seconds: 0, sign: "silent" }));
    }

    function follow(commands: readonly Command<Clause>[]): void {
      for (const c of commands) {
        if (c.kind === "wakeAt") alarm = c.at;
        if (c.kind === "abandon") abandoned.add(c.id);
        if (c.kind === "over" || c.kind === "fail") {
          ends.set(c.session, [...(ends.get(c.session) ?? []), c.kind]);
          open.delete(c.session);
          if (c.kind === "fail")
            assert.ok(
              slots.every((_, worker) => s.health(worker) === "away"),
              "a session fails only if no worker is known to live",
            );
        }
        if (c.kind === "probe")
          later(states[c.worker] === "hung" ? 2000 : 1, () =>
            follow(s.probed(c.worker, states[c.worker] === "alive", now)),
          );
        if (c.kind !== "dispatch") continue;
        const others = slots.some((_, worker) => worker !== c.worker && s.health(worker) === "well");
        if (probes) assert.ok(s.health(c.worker) !== "away", "work for a worker that is known to be away");
        else if (others && s.health(c.worker) === "away") assert.ok(now >= 1000, "a trial comes after a pause");
        work(c);
      }
    }

    function advance(ms: number): void {
      const until = now + ms;
      for (let steps = 0; ; steps++) {
        assert.ok(steps < 20_000, "does not come to rest");
        timers.sort((one, other) => one.at - other.at);
        const [next] = timers;
        if (Math.min(next?.at ?? Number.POSITIVE_INFINITY, alarm) > until) break;
        if (alarm <= (next?.at ?? Number.POSITIVE_INFINITY)) {
          now = Math.max(now, alarm);
          alarm = Number.POSITIVE_INFINITY;
          follow(s.tick(now));
        } else {
          timers.shift();
          now = Math.max(now, next?.at ?? now);
          next?.run();
        }
      }
      now = until;
    }

    for (const { what, which, clauses, state, waitMs } of events) {
      if (what === "say") {
        const session = `s${sessions++}`;
        const names = Array.from({ length: clauses }, (_, i) => `${session}.${i}`);
        offered.set(session, names);
        spoken.set(session, []);
        open.add(session);
        follow(
          s.offer(
            session,
            names.map((name) => ({ name, seconds: 1, characters: 5 })),
            now,
          ),
        );
        follow(s.end(session, now));
      }
      if (what === "state") states[which % slots.length] = state;
      if (what === "cancel") {
        const [session] = open;
        if (session === undefined) continue;
        open.delete(session);
        ends.set(session, ["cancelled"]);
        follow(s.cancel(session, now));
      }
      advance(what === "wait" ? waitMs : 1);
    }
    states.fill("alive");
    advance(130_000);
    return { s, ends, spoken, offered };
  }

  for (const probes of [true, false])
    it(`no session is lost or ends twice, each segment is spoken once, and nothing goes to the dead (${probes ? "probed" : "tried"})`, () => {
      fc.assert(
        fc.property(
          fc.array(event, { maxLength: 40 }),
          fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
          (events, slots) => {
            const { s, ends, spoken, offered } = run(events, slots, probes);
            for (const [session, names] of offered) {
              const end = ends.get(session) ?? [];
              assert.equal(end.length, 1, `${session} ended ${end.length} times`);
              const said = spoken.get(session) ?? [];
              assert.equal(new Set(said).size, said.length, "spoken twice");
              // What its engine gave up on alone is the driver's to fail; all else is whole.
              if (end[0] === "over" && slots.length > 1) assert.ok(said.length <= names.length);
            }
            assert.deepEqual(s.load, { sessions: 0, busy: 0 });
          },
        ),
        { numRuns: 400 },
      );
    });
});
