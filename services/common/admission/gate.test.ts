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
      reason: "requests with a higher priority took its place in the queue",
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
