import assert from "node:assert/strict";
import fc from "fast-check";
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
/** Their names, which are the key of a segment too. */
const namesOf = (clauses: readonly Clause[]) => clauses.map(({ name }) => name).join("+");

/** A schedule before which speech of some clauses, by name, is at hand. */
function scheduleWith(kept: Map<string, number>, options: Partial<ScheduleOptions<Clause>> = {}) {
  return createSchedule<Clause>({
    slots: [1],
    minOpenerSeconds: 0.9,
    segmentMaxCharacters: 40,
    kept: { keyOf: namesOf, secondsOf: (key) => kept.get(key) },
    ...options,
  });
}

/** What is given to workers and what is served, as `session:segment=clauses`; served ones in brackets. */
const done = (commands: readonly Command<Clause>[]) =>
  commands.flatMap((c) => {
    if (c.kind === "serve") return [`[${c.session}:${c.segment}=${namesOf(c.clauses)}]`];
    return c.kind === "dispatch" ? [`${c.session}:${c.segment}=${namesOf(c.clauses)}`] : [];
  });
const idOf = (commands: readonly Command<Clause>[]) =>
  (commands.find(({ kind }) => kind === "dispatch") as { id: number } | undefined)?.id as number;
const well = (seconds: number) => ({ seconds, sign: "well" }) as const;

describe("speech that is at hand", () => {
  it("is served at once, however short, while all workers are busy", () => {
    const s = scheduleWith(new Map([["yes", 0.4]]));
    s.offer("a", [clause("x")], 0);
    assert.deepEqual(done(s.offer("b", [clause("yes", 0.4)], 1)), ["[b:0=yes]"]);
  });

  it("is a segment of its own between others, in their order", () => {
    const s = scheduleWith(new Map([["k", 2]]), { slots: [4] });
    assert.deepEqual(done(s.offer("a", [clause("x"), clause("y"), clause("k"), clause("z")], 0)), [
      "a:0=x",
      "a:1=y",
      "[a:2=k]",
    ]);
    assert.deepEqual(done(s.end("a", 10)), ["a:3=z"]);
  });

  it("is made again where the words before it are too few to be spoken well alone", () => {
    const s = scheduleWith(new Map([["k", 2]]));
    assert.deepEqual(done(s.offer("a", [clause("so", 0.3), clause("k", 2)], 0)), ["a:0=so+k"]);
  });

  it("is what its opener joins, too", () => {
    const s = scheduleWith(new Map([["so+much", 1]]));
    s.offer("a", [clause("x")], 0);
    assert.deepEqual(done(s.offer("b", [clause("so", 0.3)], 1)), []);
    assert.deepEqual(done(s.offer("b", [clause("much", 0.7)], 2)), ["[b:0=so+much]"]);
  });

  it("counts as sound that its listener has: what follows it waits for more text", () => {
    const s = scheduleWith(new Map([["k", 6]]));
    s.offer("a", [clause("k", 6)], 0);
    s.heard("a", 0);
    assert.deepEqual(done(s.offer("a", [clause("y")], 10)), []);
    assert.deepEqual(done(s.tick(5_000)), ["a:1=y"]);
  });

  it("waits for its reader as other speech does", () => {
    const s = scheduleWith(new Map([["k", 15]]));
    const three = [clause("k", 15), clause("k", 15), clause("k", 15)];
    assert.deepEqual(done(s.offer("a", three, 0)), ["[a:0=k]", "[a:1=k]"]);
    assert.deepEqual(done(s.taken("a", 11, 5)), ["[a:2=k]"]);
  });

  it("ends a session that it was the last of", () => {
    const s = scheduleWith(new Map([["k", 15]]));
    s.offer("a", [clause("k", 15), clause("k", 15), clause("k", 15)], 0);
    assert.deepEqual(
      s.end("a", 1).filter(({ kind }) => kind === "over"),
      [],
    );
    assert.deepEqual(
      s
        .taken("a", 11, 5)
        .map(({ kind }) => kind)
        .filter((kind) => kind !== "wakeAt"),
      ["serve", "over"],
    );
  });
});

/**
 * A clause that is being written: "half" of it may be spoken, 1.2 s, and its whole is likely to last so long that is at
 * hand.
 */
const writing = (foreseen?: number): Unfinished<Clause> => ({
  seconds: 1.2,
  borders: [{ kind: "phrase", seconds: 1.2, characters: 5 }],
  part: () => ({ head: clause("half", 1.2), rest: { seconds: 0, borders: [], part: () => undefined } }),
  ...(foreseen !== undefined && { foreseen: () => foreseen }),
});

describe("a clause that is being written", () => {
  const rows: [what: string, foreseen: number | undefined, wanted: string[]][] = [
    ["goes at its border", undefined, ["a:0=half"]],
    ["is waited for where its whole is at hand and will be there before an engine were done", 2.8, []],
    ["is not where its whole is far", 4, ["a:0=half"]],
  ];
  it.each(rows)("%s", (_, foreseen, wanted) => {
    assert.deepEqual(done(scheduleWith(new Map()).offer("a", [], 0, writing(foreseen))), wanted);
  });

  it("is heard whole in the end", () => {
    const s = scheduleWith(new Map([["whole", 2]]));
    s.offer("a", [], 0, writing(2));
    assert.deepEqual(done(s.offer("a", [clause("whole", 2)], 50)), ["[a:0=whole]"]);
  });

  it("goes once its writer pauses, or writes otherwise", () => {
    const s = scheduleWith(new Map(), { slots: [2] });
    s.offer("a", [], 0, writing(2));
    s.offer("b", [], 0, writing(2));
    assert.deepEqual(done(s.offer("a", [], 50, writing())), ["a:0=half"]);
    assert.deepEqual(done(s.offer("b", [clause("other", 1.5)], 60)), ["b:0=other"]);
  });

  it("after others is waited for until it would come too late", () => {
    const heard = () => {
      const s = scheduleWith(new Map([["k", 2]]));
      s.offer("a", [clause("k", 2)], 0);
      s.heard("a", 0);
      return s;
    };
    assert.deepEqual(done(heard().offer("a", [], 1500, writing())), ["a:1=half"]);
    const s = heard();
    assert.deepEqual(done(s.offer("a", [], 1500, writing(2))), []);
    // 1.2 s of speech are taken for 120 ms of work, which may be wrong by a quarter; 100 ms more to be heard.
    assert.deepEqual(done(s.tick(1749)), []);
    assert.deepEqual(done(s.tick(1750)), ["a:1=half"]);
  });

  it("is served as far as its border where that much is at hand, and waited for where it is being made", () => {
    const kept = new Map([["half", 1.2]]);
    assert.deepEqual(done(scheduleWith(kept).offer("a", [], 0, writing())), ["[a:0=half]"]);
    const s = scheduleWith(new Map(), { slots: [2] });
    assert.deepEqual(done(s.offer("a", [], 0, writing())), ["a:0=half"]);
    assert.deepEqual(done(s.offer("b", [], 1, writing())), []);
  });
});

it("speech of many clauses together is at hand, however many they are", () => {
  const six = "abcdef".split("").map((name) => clause(name, 0.5));
  const s = scheduleWith(new Map([["a+b+c+d+e+f", 3]]), { minOpenerSeconds: 3 });
  assert.deepEqual(done(s.offer("x", six, 0)), ["[x:0=a+b+c+d+e+f]"]);
});

describe("the same clause for several sessions", () => {
  it("is made once: the others wait for it and are served", () => {
    const kept = new Map<string, number>();
    const s = scheduleWith(kept, { slots: [1, 1] });
    const id = idOf(s.offer("a", [clause("x")], 0));
    assert.deepEqual(done(s.offer("b", [clause("x")], 1)), []);
    assert.deepEqual(done(s.offer("c", [clause("other")], 2)), ["c:0=other"], "the second worker is free for others");
    kept.set("x", 1);
    assert.deepEqual(done(s.ended(id, well(1), 300)), ["[b:0=x]"]);
  });

  it("is made for the next of them where it came to nothing", () => {
    const s = scheduleWith(new Map());
    const id = idOf(s.offer("a", [clause("x")], 0));
    s.offer("b", [clause("x")], 1);
    s.cancel("a", 2);
    assert.deepEqual(done(s.ended(id, { seconds: 0, sign: "nothing" }, 300)), ["b:0=x"]);
  });

  it("is not waited for once nobody wants it of its worker any more", () => {
    const s = scheduleWith(new Map(), { slots: [1, 1] });
    s.offer("a", [clause("x")], 0);
    s.offer("b", [clause("x")], 1);
    assert.deepEqual(done(s.cancel("a", 2)), ["b:0=x"]);
  });
});

describe("a session that nobody listens to", () => {
  it("is made in segments as short as are spoken well, while nobody else is there", () => {
    const s = scheduleWith(new Map());
    s.open("p", { background: true });
    const first = s.offer("p", [clause("x"), clause("y")], 0);
    assert.deepEqual(done(first), ["p:0=x"]);
    assert.equal(s.load.sessions, 0);
    assert.deepEqual(done(s.ended(idOf(first), well(1), 100)), ["p:1=y"]);
  });

  it("is counted neither as it comes nor as it goes, and whoever listens is counted till then", () => {
    for (const [background, counted] of [
      [true, 1],
      [false, 2],
    ] as const)
      for (const how of ["cancel", "end"] as const) {
        const s = scheduleWith(new Map([["x", 1]]));
        s.open("a", {});
        s.open("p", { background });
        s.offer("p", [clause("x")], 0);
        assert.equal(s.load.sessions, counted);
        s[how]("p", 1);
        assert.equal(s.load.sessions, 1, how);
      }
  });

  it("leaves the last free worker to whoever may want it", () => {
    const s = scheduleWith(new Map(), { slots: [1, 1] });
    s.offer("a", [clause("x")], 0);
    s.open("p", { background: true });
    assert.deepEqual(done(s.offer("p", [clause("y")], 1)), []);
    s.end("a", 2);
  });

  it("is made once whoever might have wanted a worker is gone, be it in the middle or before a word", () => {
    const s = scheduleWith(new Map());
    const busy = s.offer("a", [clause("x")], 0);
    s.open("b", {});
    s.open("p", { background: true });
    assert.deepEqual(done(s.offer("p", [clause("y")], 1)), []);
    s.cancel("a", 2);
    assert.deepEqual(done(s.ended(idOf(busy), well(0), 100)), [], "b may begin at any time");
    assert.deepEqual(done(s.cancel("b", 101)), ["p:0=y"]);
  });

  it("is served what is at hand, as others are", () => {
    const s = scheduleWith(new Map([["x", 1]]));
    s.offer("a", [clause("z")], 0);
    s.open("p", { background: true });
    assert.deepEqual(done(s.offer("p", [clause("x")], 1)), ["[p:0=x]"]);
  });
});

describe("whatever is at hand, and whenever", () => {
  const words = ["a", "b", "c", "d"];
  const texts = fc.array(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 5,
  });

  it("each clause is heard once and in order, and nothing is made twice at a time", () =>
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.constantFrom(...words)),
        fc.integer({ min: 1, max: 3 }),
        (all, atHand, workers) => {
          const kept = new Map(atHand.map((name) => [name, 1]));
          const s = scheduleWith(kept, { slots: Array.from({ length: workers }, () => 1) });
          const heard = all.map((): string[] => []);
          const flying = new Map<number, string[]>();
          const over = new Set<string>();
          const obey = (commands: readonly Command<Clause>[]) => {
            for (const c of commands) {
              if (c.kind === "serve") heard[Number(c.session)]?.push(...c.clauses.map(({ name }) => name));
              if (c.kind === "over") over.add(c.session);
              if (c.kind !== "dispatch") continue;
              const names = c.clauses.map(({ name }) => name);
              const twins = [...flying.values()].filter((other) => other.join() === names.join());
              assert.equal(twins.length, 0, `${names} is made twice at a time`);
              flying.set(c.id, names);
              heard[Number(c.session)]?.push(...names);
            }
          };
          let now = 0;
          all.forEach((names, id) => {
            for (const name of names) obey(s.offer(String(id), [clause(name)], now++));
            obey(s.end(String(id), now++));
          });
          // Work ends, and playback goes on, until nothing is left.
          for (let step = 0; flying.size > 0 && step < 200; step++) {
            const [id, names] = [...flying][step % flying.size] as [number, string[]];
            flying.delete(id);
            kept.set(names.join("+"), names.length);
            now += 100;
            obey(s.ended(id, well(names.length), now));
            for (const session of heard.keys()) obey(s.taken(String(session), 1, now));
            if (flying.size > 0) continue;
            now += 60_000;
            obey(s.tick(now));
          }
          assert.deepEqual(heard, all);
          assert.equal(over.size, all.length);
        },
      ),
    ));
});
