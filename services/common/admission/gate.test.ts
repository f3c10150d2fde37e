import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { type Applicant, createGate, type Gate } from "./gate.ts";

const applicant = (priority = 0, deadlineAt = Number.POSITIVE_INFINITY): Applicant => ({ priority, deadlineAt });

const maxQueuedSetting = "TEST_MAX_QUEUED";

function gateOf(
  limit: number | (() => number),
  given: { maxQueued?: number; patienceMs?: number; queueTimeoutMs?: number } = {},
): Gate<Applicant> {
  const { maxQueued = 8, patienceMs = 1e9, queueTimeoutMs = 500 } = given;
  return createGate({
    limit: typeof limit === "number" ? () => limit : limit,
    maxQueued,
    maxQueuedSetting,
    what: "answers are being written",
    patienceMs: () => patienceMs,
    queueTimeoutMs,
  });
}

/** Fills every place. */
function fill(gate: Gate<Applicant>, count: number, now = 0): Applicant[] {
  return Array.from({ length: count }, () => {
    const one = applicant();
    assert.equal(gate.offer(one, now), "admitted");
    return one;
  });
}

describe("a gate", () => {
  it("lets in up to the limit, and the next when one leaves", () => {
    const gate = gateOf(2);
    const [first] = fill(gate, 2);
    const waiting = applicant();
    assert.equal(gate.offer(waiting, 0), "waiting");
    assert.deepEqual(gate.takeAdmitted(1), []);
    gate.leave(first as Applicant, 2);
    assert.deepEqual(gate.takeAdmitted(2), [waiting]);
    assert.deepEqual(gate.load, { inFlight: 2, queued: 0 });
  });

  it("lets the more urgent in first, and equals in their order", () => {
    const gate = gateOf(1);
    const [first] = fill(gate, 1);
    const [a, b, urgent] = [applicant(), applicant(), applicant(-5)];
    for (const one of [a, b, urgent]) assert.equal(gate.offer(one, 0), "waiting");
    const order: Applicant[] = [];
    let leaving = first as Applicant;
    for (let i = 0; i < 3; i++) {
      gate.leave(leaving, i);
      leaving = gate.takeAdmitted(i)[0] as Applicant;
      order.push(leaving);
    }
    assert.deepEqual(order, [urgent, a, b]);
    assert.ok(order[0] === urgent && order[1] === a);
  });

  it("makes room for the more urgent in a full queue", () => {
    const gate = gateOf(1, { maxQueued: 1 });
    fill(gate, 1);
    const last = applicant(3);
    assert.equal(gate.offer(last, 0), "waiting");
    assert.equal(gate.offer(applicant(0), 0), "waiting");
    assert.deepEqual(
      gate.takeRefused(0).map((one) => one.applicant),
      [last],
    );
    const verdict = gate.offer(applicant(0), 0);
    assert.ok(typeof verdict === "object" && verdict.reason.includes("TEST_MAX_QUEUED"));
  });

  it("refuses at once who would wait in vain", () => {
    const gate = gateOf(4, { patienceMs: 100 });
    fill(gate, 4);
    const verdict = gate.offer(applicant(), 0);
    // Answers are taken to last 3 s before one has ended.
    assert.ok(typeof verdict === "object" && verdict.retryDelayMs >= 500, JSON.stringify(verdict));
  });

  it("knows when a place will come by how long answers last", () => {
    const gate = gateOf(1, { patienceMs: 100 });
    for (let i = 0; i < 200; i++) {
      const [one] = fill(gate, 1, i * 50);
      gate.leave(one as Applicant, i * 50 + 40);
    }
    fill(gate, 1, 10_000);
    assert.equal(gate.offer(applicant(), 10_000), "waiting");
  });

  it("refuses who has waited too long, and says when that will be", () => {
    const gate = gateOf(1);
    fill(gate, 1);
    const waiting = applicant();
    gate.offer(waiting, 100);
    assert.equal(gate.wakeAt, 600);
    assert.deepEqual(gate.takeRefused(599), []);
    assert.deepEqual(
      gate.takeRefused(600).map((one) => one.applicant),
      [waiting],
    );
    assert.equal(gate.wakeAt, undefined);
  });

  it("refuses who has less time than a first token takes", () => {
    const gate = gateOf(8);
    const [first] = fill(gate, 1);
    gate.spoke(first as Applicant, 300);
    assert.equal(typeof gate.offer(applicant(0, 300 + 100), 300), "object");
    assert.equal(gate.offer(applicant(0, 300 + 200), 300), "admitted");
    for (const one of [first as Applicant]) gate.leave(one, 400);
  });

  it("lets a burst wait, but nobody once the crowd stands", () => {
    const gate = createGate<Applicant>({
      limit: () => 50,
      maxQueued: 99,
      maxQueuedSetting,
      what: "answers are being written",
      patienceMs: () => 100,
      queueTimeoutMs: 500,
    });
    // One every 60 ms, as they come and go where answers last 3 s.
    const inside = Array.from({ length: 50 }, (_, i) => fill(gate, 1, i * 60)[0] as Applicant);
    assert.equal(gate.offer(applicant(), 3000), "waiting", "60 ms are foreseen");
    gate.leave(inside[0] as Applicant, 3050);
    gate.takeAdmitted(3050);
    assert.equal(typeof gate.offer(applicant(), 3600), "object", "it has been full for half a second");
  });

  it("never lets in more than the limit, forgets nobody, and keeps its bounds", () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("offer" as const), priority: fc.integer({ min: -2, max: 2 }), within: fc.nat(3000) }),
      fc.record({ do: fc.constant("leave" as const), which: fc.nat(40) }),
      fc.record({ do: fc.constant("limit" as const), to: fc.integer({ min: 1, max: 6 }) }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), step), { maxLength: 200 }), (steps) => {
        let limit = 3;
        const gate = createGate<Applicant>({
          limit: () => limit,
          maxQueued: 4,
          maxQueuedSetting,
          what: "answers are being written",
          patienceMs: () => 1e9,
          queueTimeoutMs: 500,
        });
        const inside = new Set<Applicant>();
        const waiting = new Set<Applicant>();
        let now = 0;
        for (const [pause, what] of steps) {
          now += pause;
          if (what.do === "limit") limit = what.to;
          if (what.do === "leave") {
            const one = [...inside, ...waiting][what.which];
            if (one !== undefined) {
              gate.leave(one, now);
              inside.delete(one);
              waiting.delete(one);
            }
          }
          if (what.do === "offer") {
            const one = applicant(what.priority, now + what.within);
            const verdict = gate.offer(one, now);
            if (verdict === "admitted") {
              assert.ok(inside.size < limit);
              inside.add(one);
            } else if (verdict === "waiting") waiting.add(one);
          }
          for (const { applicant: one } of gate.takeRefused(now)) assert.ok(waiting.delete(one));
          for (const one of gate.takeAdmitted(now)) {
            assert.ok(waiting.delete(one));
            inside.add(one);
            assert.ok(inside.size <= limit);
          }
          assert.deepEqual(gate.load, { inFlight: inside.size, queued: waiting.size });
          assert.ok(waiting.size <= 4);
          assert.equal(gate.wakeAt === undefined, waiting.size === 0);
        }
      }),
    );
  });
});

describe("a refusal", () => {
  const what = "answers are being written";
  const gateWith = (limit: number, patienceMs: number, maxQueuedSetting = "") =>
    createGate<Applicant>({
      limit: () => limit,
      maxQueued: 1,
      maxQueuedSetting,
      what,
      patienceMs: () => patienceMs,
      queueTimeoutMs: 500,
    });

  it("says why, and when another try may be worth while", () => {
    const gate = gateWith(2, 3000);
    fill(gate, 2);
    assert.equal(gate.offer(applicant(), 0), "waiting", "3 s are foreseen, and are as long as one may wait");
    assert.deepEqual(gate.offer(applicant(), 0), {
      cause: "queue",
      reason: "the queue is full (1 waiting)",
      retryDelayMs: 3000,
    });
    assert.equal(gate.offer(applicant(-1), 0), "waiting");
    assert.deepEqual(gate.takeRefused(0)[0]?.refusal, {
      cause: "priority",
      reason: "requests with a higher priority took this request's place in the queue",
      retryDelayMs: 3000,
    });
    assert.deepEqual(gate.takeRefused(500)[0]?.refusal, {
      cause: "capacity",
      reason: "no slot became free in time",
      retryDelayMs: 2500,
    });
  });

  it("comes at once where a wait is longer than one may be, or than the caller waits", () => {
    const gate = gateWith(1, 2999);
    fill(gate, 1);
    const hopeless = { cause: "capacity", reason: `1 ${what}, and none is about to finish`, retryDelayMs: 3000 };
    assert.deepEqual(gate.offer(applicant(), 0), hopeless);
    const patient = gateWith(1, 3000);
    fill(patient, 1);
    assert.deepEqual(patient.offer(applicant(0, 2999), 0), hopeless);
    assert.equal(patient.offer(applicant(0, 3000), 0), "waiting");
  });

  it("asks for another try after a tenth of a second at least, and ten seconds at most", () => {
    const soon = gateWith(100, 20);
    fill(soon, 100);
    assert.equal((soon.offer(applicant(), 2990) as { retryDelayMs: number }).retryDelayMs, 100);
    const late = gateWith(1, 0);
    const [first] = fill(late, 1);
    for (let now = 0; now < 200; now++) {
      late.leave(first as Applicant, 1e6);
      late.offer(first as Applicant, 0);
    }
    assert.equal((late.offer(applicant(), 0) as { retryDelayMs: number }).retryDelayMs, 10_000);
  });
});

describe("to the millisecond", () => {
  const isRefused = (verdict: ReturnType<Gate<Applicant>["offer"]>) => verdict !== "waiting" && verdict !== "admitted";

  it("a crowd stands once it has for as long as one may wait, and is gone once there was room for as long", () => {
    for (const [emptyMs, waits] of [
      [499, false],
      [500, true],
    ] as const) {
      const gate = gateOf(1);
      const [first] = fill(gate, 1);
      const [early, late] = [applicant(), applicant()];
      assert.equal(gate.offer(early, 10), "waiting");
      assert.equal(gate.offer(late, 509), "waiting");
      assert.ok(isRefused(gate.offer(applicant(), 510)));
      for (const one of [early, late, first as Applicant]) gate.leave(one, 600);
      fill(gate, 1, 600 + emptyMs);
      assert.equal(isRefused(gate.offer(applicant(), 600 + emptyMs)), !waits);
    }
  });

  it("and room for one or two of twenty is none", () => {
    for (const [count, isCrowd] of [
      [16, false],
      [17, true],
    ] as const) {
      const gate = gateOf(20);
      fill(gate, count);
      fill(gate, 1, 1);
      fill(gate, 19 - count, 501);
      assert.equal(isRefused(gate.offer(applicant(), 501)), isCrowd);
    }
  });

  it("somebody waits whose first token can still come in time, and until then", () => {
    const gate = gateOf(1, { queueTimeoutMs: 10_000 });
    const [first] = fill(gate, 1);
    gate.spoke(first as Applicant, 100);
    // First tokens take 50 ms, an answer three seconds.
    assert.ok(isRefused(gate.offer(applicant(0, 3_149), 100)));
    assert.equal(gate.offer(applicant(0, 3_150), 100), "waiting");
    assert.equal(gate.wakeAt, 3_100);
  });

  it("somebody waits for all to leave who are there above a limit that has fallen", () => {
    for (const [deadlineAt, waits] of [
      [3_999, false],
      [4_000, true],
    ] as const) {
      let limit = 3;
      const gate = gateOf(() => limit, { queueTimeoutMs: 10_000 });
      for (const at of [0, 1_000, 2_000]) fill(gate, 1, at);
      limit = 2;
      assert.equal(isRefused(gate.offer(applicant(0, deadlineAt), 2_000)), !waits);
    }
  });
});

describe("what a gate learns", () => {
  /** How long, in milliseconds, a caller is told to wait who is refused now. */
  const foretold = (gate: Gate<Applicant>, now: number) => {
    const verdict = gate.offer({ ...applicant(), whose: [`anybody at ${now}`] }, now);
    assert.ok(typeof verdict === "object" && verdict.cause === "capacity", JSON.stringify(verdict));
    return verdict.retryDelayMs;
  };

  it("is how long answers last: a twentieth of the difference with each that ends", () => {
    const gate = gateOf(1, { patienceMs: 0, queueTimeoutMs: 1e9 });
    for (const [at, lastedMs, nextMs] of [
      [0, 1_000, 2_900],
      [10_000, 4_900, 3_000],
      [20_000, 3_000, 3_000],
    ] as const) {
      const [one] = fill(gate, 1, at);
      gate.leave(one as Applicant, at + lastedMs);
      const [next] = fill(gate, 1, at + lastedMs);
      assert.equal(foretold(gate, at + lastedMs), nextMs);
      // Nothing is learned of what never began, nor twice of the same.
      gate.leave(applicant(), at + lastedMs + 1);
      gate.leave(one as Applicant, at + lastedMs + 1);
      assert.equal(foretold(gate, at + lastedMs), nextMs);
      gate.leave(next as Applicant, at + lastedMs + nextMs);
    }
  });

  it("is when the next is to end, and the one behind it", () => {
    const gate = gateOf(2, { queueTimeoutMs: 10_000, patienceMs: 2_499 });
    fill(gate, 1, 0);
    fill(gate, 1, 2_000);
    assert.equal(gate.offer(applicant(), 2_400), "waiting", "1.5 s: half of three are to end every three seconds");
    assert.equal(foretold(gate, 2_400), 3_000);
    const urgent = { ...applicant(-1), whose: ["somebody urgent"] };
    assert.equal(gate.offer(urgent, 2_400), "waiting", "it is the first");
  });

  it("is how long first tokens take: half of the difference with each, until nothing is in flight", () => {
    const gate = gateOf(8);
    const [one, other] = fill(gate, 2) as [Applicant, Applicant];
    const isInTime = (ms: number, now: number) => {
      const verdict = gate.offer(applicant(0, now + ms), now);
      if (verdict !== "admitted")
        assert.deepEqual(verdict, {
          cause: "deadline",
          reason: "the first token currently takes longer than the caller allows",
          retryDelayMs: 750,
        });
      return verdict === "admitted";
    };
    gate.spoke(one, 400);
    assert.deepEqual([isInTime(199, 400), isInTime(200, 400)], [false, true]);
    gate.spoke(other, 600);
    assert.deepEqual([isInTime(399, 600), isInTime(400, 600)], [false, true]);
    gate.leave(one, 3_000);
    gate.spoke(applicant(), 9_000);
    assert.deepEqual([isInTime(399, 3_000), isInTime(400, 3_000)], [false, true], "nothing of whom it does not know");
  });
});

describe("whoever waits", () => {
  it("is woken for whose time is up first, and leaves when they like", () => {
    const gate = gateOf(1, { queueTimeoutMs: 500 });
    const [first] = fill(gate, 1);
    gate.leave(first as Applicant, 0);
    fill(gate, 1, 0);
    const [patient, hasty] = [applicant(0, 10_000), applicant(0, 9_000)];
    gate.offer(patient, 100);
    gate.offer(hasty, 200);
    assert.equal(gate.wakeAt, 600);
    gate.leave(patient, 300);
    assert.deepEqual([gate.wakeAt, gate.load], [700, { inFlight: 1, queued: 1 }]);
    gate.leave(patient, 300);
    assert.deepEqual(gate.takeRefused(699), []);
    assert.deepEqual(
      gate.takeRefused(700).map((one) => one.applicant),
      [hasty],
    );
    assert.deepEqual(gate.takeRefused(700), [], "each is told once");
  });

  it("is told that they are late one after another, each with what is left of the queue", () => {
    const gate = gateOf(1, { queueTimeoutMs: 500 });
    fill(gate, 1);
    for (let nth = 0; nth < 3; nth++) gate.offer(applicant(), nth === 2 ? 100 : 0);
    const delays = (now: number) => gate.takeRefused(now).map(({ refusal }) => refusal.retryDelayMs);
    assert.deepEqual(delays(500), [6_000, 6_000]);
    assert.deepEqual(delays(600), [3_000]);
  });

  it("does so for ten milliseconds at most in a crowd that stands, or less where one may wait for less", () => {
    for (const [patienceMs, now, waits] of [
      [1e9, 2_989, false],
      [1e9, 2_990, true],
      [10, 2_990, true],
      [9, 2_990, false],
      [9, 2_991, false],
    ] as const) {
      // Of three hundred answers one ends every ten milliseconds, and of these all at three seconds.
      const gate = gateOf(300, { patienceMs, queueTimeoutMs: 500 });
      fill(gate, 300);
      gate.offer(applicant(), 2_000);
      assert.equal(gate.offer(applicant(), now) === "waiting", waits, `${patienceMs} at ${now}`);
    }
  });
});

describe("a share", () => {
  const by = (whose: string) => ({ ...applicant(), whose: [whose] });
  const refused = (retryDelayMs: number) => ({
    cause: "share",
    reason: "the caller already has its share of the capacity, and others are waiting for theirs",
    retryDelayMs,
  });
  const enter = (gate: Gate<Applicant>, whose: string, count: number, now = 0) =>
    Array.from({ length: count }, () => {
      const one = by(whose);
      assert.equal(gate.offer(one, now), "admitted");
      return one;
    });

  it("is not held to while more than a tenth of all is free", () => {
    const gate = gateOf(10);
    const [other] = enter(gate, "b", 1);
    gate.leave(other as Applicant, 0);
    enter(gate, "a", 9);
    assert.deepEqual(gate.offer(by("a"), 0), refused(2_850));
    enter(gate, "b", 1);
  });

  it("is held to for ten seconds after somebody below theirs was refused", () => {
    const gate = gateOf(10, { patienceMs: 0, queueTimeoutMs: 1e9 });
    const inside = enter(gate, "a", 10);
    assert.equal((gate.offer(by("b"), 0) as { cause?: string }).cause, "capacity");
    for (const one of inside.slice(0, 7)) gate.leave(one, 100);
    enter(gate, "b", 1, 5_000);
    enter(gate, "a", 2, 10_000);
    assert.equal((gate.offer(by("a"), 10_000) as { cause?: string }).cause, "share");
    enter(gate, "a", 1, 10_001);
  });

  it("counts whoever waits, until they leave or are refused", () => {
    const gate = gateOf(4, { queueTimeoutMs: 500, maxQueued: 2 });
    enter(gate, "b", 4);
    const waiting = [by("a"), by("a")];
    for (const one of waiting) assert.equal(gate.offer(one, 0), "waiting");
    assert.deepEqual((gate.offer(by("a"), 0) as { cause?: string }).cause, "share", "two are half");
    gate.leave(waiting[0] as Applicant, 1);
    gate.leave(waiting[0] as Applicant, 1);
    const again = by("a");
    assert.equal(gate.offer(again, 2), "waiting");
    assert.deepEqual((gate.offer(by("a"), 2) as { cause?: string }).cause, "share");
    assert.equal(gate.takeRefused(502).length, 2);
    assert.notEqual((gate.offer(by("a"), 502) as { cause?: string }).cause, "share");
  });
});

describe("who holds more than their share, since others have come", () => {
  const by = (whose: string, deadlineAt?: number) => ({ ...applicant(0, deadlineAt), whose: [whose] });
  const causeOf = (verdict: ReturnType<Gate<Applicant>["offer"]>) =>
    typeof verdict === "object" ? verdict.cause : verdict;
  /** Somebody has all eight places when three others come, and then there are twenty. What they get, and then he. */
  const outcomeOf = (
    options: { maxQueued?: number; patienceMs?: number },
    meanwhile: (gate: Gate<Applicant>) => void,
  ) => {
    let limit = 8;
    const gate = gateOf(() => limit, options);
    for (let nth = 0; nth < 8; nth++) gate.offer(by("a"), 0);
    const others = ["b", "c", "d"].map((name) => causeOf(gate.offer(by(name), 0)));
    limit = 20;
    meanwhile(gate);
    gate.takeAdmitted(0);
    return [...new Set(others), causeOf(gate.offer(by("a"), 0))];
  };

  it("gets nothing more once one of those was refused, whyever", () => {
    assert.deepEqual(
      outcomeOf({ patienceMs: 0 }, () => {}),
      ["capacity", "share"],
    );
    assert.deepEqual(
      outcomeOf({ maxQueued: 0 }, () => {}),
      ["queue", "share"],
    );
  });

  it("gets more where they only had to wait, or nobody but themselves was refused", () => {
    assert.deepEqual(
      outcomeOf({}, () => {}),
      ["waiting", "admitted"],
    );
    const refuse = (gate: Gate<Applicant>) => assert.equal(causeOf(gate.offer(by("a", 1), 0)), "capacity");
    assert.deepEqual(outcomeOf({}, refuse), ["waiting", "admitted"]);
  });

  it("is behind them, though there is room by now", () => {
    assert.deepEqual(
      outcomeOf({}, (gate) => assert.equal(causeOf(gate.offer(by("e"), 0)), "waiting")),
      ["waiting", "admitted"],
    );
  });

  it("is one owner, where nobody says whose a request is", () => {
    const gate = gateOf(10, { patienceMs: 0 });
    gate.leave(by("a"), 0);
    const one = by("a");
    gate.offer(one, 0);
    gate.leave(one, 0);
    fill(gate, 9);
    assert.equal(causeOf(gate.offer(applicant(), 0)), "share");
    assert.equal(causeOf(gate.offer({ ...applicant(), whose: [""] }, 0)), "share");
    assert.equal(causeOf(gate.offer(by("a"), 0)), "admitted");
  });

  it("is not who had to make room", () => {
    const gate = gateOf(2, { maxQueued: 1 });
    for (const whose of ["a", "b"]) assert.equal(gate.offer(by(whose), 0), "admitted");
    const displaced = by("c");
    assert.equal(gate.offer(displaced, 0), "waiting");
    assert.equal(causeOf(gate.offer(by("c"), 0)), "share", "one each");
    assert.equal(gate.offer({ ...by("d"), priority: -1 }, 0), "waiting");
    assert.equal(causeOf(gate.offer(by("c"), 0)), "queue", "its place is gone");
  });
});

describe("fairness", () => {
  /**
   * A hundred tenants who each want `asks` of 100 places in turn, each kept for ten rounds, while one floods; how many
   * each got in the end.
   */
  function crowd(asks: number, flood: number): { readonly flood: number; readonly others: readonly number[] } {
    const gate = gateOf(100, { patienceMs: 0 });
    const got = new Map<string, number>();
    const ends: { one: Applicant; round: number }[] = [];
    const ask = (tenant: string, round: number) => {
      const one = { ...applicant(), whose: [tenant] };
      if (gate.offer(one, round * 100) !== "admitted") return;
      got.set(tenant, (got.get(tenant) ?? 0) + 1);
      ends.push({ one, round: round + 10 });
    };
    for (let round = 0; round < 500; round++) {
      while (ends[0] !== undefined && ends[0].round <= round) gate.leave(ends.shift()?.one as Applicant, round * 100);
      for (let nth = 0; nth < flood; nth++) ask("flood", round);
      for (let tenant = 0; tenant < 99; tenant++)
        if ((round + tenant) % Math.round(10 / asks) === 0) ask(`t${tenant}`, round);
    }
    const others = Array.from({ length: 99 }, (_, tenant) => got.get(`t${tenant}`) ?? 0);
    return { flood: got.get("flood") ?? 0, others };
  }

  it("gives one of a hundred tenants that floods its share and no more, and the others theirs", () => {
    // Everybody wants a place at any time, and each has one: 50 answers in 500 rounds.
    const { flood, others } = crowd(1, 50);
    assert.ok(Math.min(...others) >= 45, `another got ${Math.min(...others)}`);
    // A hundred while nobody else had come, and one at a time since.
    assert.ok(flood <= 100 + 60, `the one that floods got ${flood}`);
  });

  it("gives it what nobody else wants, but for a place for whoever comes", () => {
    const { flood, others } = crowd(0.2, 50);
    assert.ok(Math.min(...others) >= 9, `another got ${Math.min(...others)}`);
    assert.ok(flood >= 2_000, `the one that floods got ${flood}`);
  });
});
