import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { type Asking, createGate, type Gate } from "./gate.ts";

const asking = (priority = 0, deadlineAt = Number.POSITIVE_INFINITY): Asking => ({ priority, deadlineAt });

function gateOf(limit: number, given: { maxQueued?: number; patienceMs?: number } = {}): Gate<Asking> {
  const { maxQueued = 8, patienceMs = 1e9 } = given;
  return createGate({ limit: () => limit, maxQueued, patienceMs: () => patienceMs, queueTimeoutMs: 500 });
}

/** Fills every place. */
function fill(gate: Gate<Asking>, count: number, now = 0): Asking[] {
  return Array.from({ length: count }, () => {
    const one = asking();
    assert.equal(gate.offer(one, now), "admitted");
    return one;
  });
}

describe("a gate", () => {
  it("lets in up to the limit, and the next when one leaves", () => {
    const gate = gateOf(2);
    const [first] = fill(gate, 2);
    const waiting = asking();
    assert.equal(gate.offer(waiting, 0), "waiting");
    assert.deepEqual(gate.takeAdmitted(1), []);
    gate.leave(first as Asking, 2);
    assert.deepEqual(gate.takeAdmitted(2), [waiting]);
    assert.deepEqual(gate.load, { inFlight: 2, queued: 0 });
  });

  it("lets the more urgent in first, and equals in their order", () => {
    const gate = gateOf(1);
    const [first] = fill(gate, 1);
    const [a, b, urgent] = [asking(), asking(), asking(-5)];
    for (const one of [a, b, urgent]) assert.equal(gate.offer(one, 0), "waiting");
    const order: Asking[] = [];
    let leaving = first as Asking;
    for (let i = 0; i < 3; i++) {
      gate.leave(leaving, i);
      leaving = gate.takeAdmitted(i)[0] as Asking;
      order.push(leaving);
    }
    assert.deepEqual(order, [urgent, a, b]);
    assert.ok(order[0] === urgent && order[1] === a);
  });

  it("makes room for the more urgent in a full queue", () => {
    const gate = gateOf(1, { maxQueued: 1 });
    fill(gate, 1);
    const last = asking(3);
    assert.equal(gate.offer(last, 0), "waiting");
    assert.equal(gate.offer(asking(0), 0), "waiting");
    assert.deepEqual(
      gate.takeRefused(0).map((one) => one.asking),
      [last],
    );
    const verdict = gate.offer(asking(0), 0);
    assert.ok(typeof verdict === "object" && verdict.reason.includes("DUET_GENERATE_MAX_QUEUED"));
  });

  it("refuses at once who would wait in vain", () => {
    const gate = gateOf(4, { patienceMs: 100 });
    fill(gate, 4);
    const verdict = gate.offer(asking(), 0);
    // Answers are taken to last 3 s before one has ended.
    assert.ok(typeof verdict === "object" && verdict.retryDelayMs >= 500, JSON.stringify(verdict));
  });

  it("knows when a place will come by how long answers last", () => {
    const gate = gateOf(1, { patienceMs: 100 });
    for (let i = 0; i < 200; i++) {
      const [one] = fill(gate, 1, i * 50);
      gate.leave(one as Asking, i * 50 + 40);
    }
    fill(gate, 1, 10_000);
    assert.equal(gate.offer(asking(), 10_000), "waiting");
  });

  it("refuses who has waited too long, and says when that will be", () => {
    const gate = gateOf(1);
    fill(gate, 1);
    const waiting = asking();
    gate.offer(waiting, 100);
    assert.equal(gate.wakeAt, 600);
    assert.deepEqual(gate.takeRefused(599), []);
    assert.deepEqual(
      gate.takeRefused(600).map((one) => one.asking),
      [waiting],
    );
    assert.equal(gate.wakeAt, undefined);
  });

  it("refuses who has less time than a first token takes", () => {
    const gate = gateOf(8);
    const [first] = fill(gate, 1);
    gate.spoke(first as Asking, 300);
    assert.equal(typeof gate.offer(asking(0, 300 + 100), 300), "object");
    assert.equal(gate.offer(asking(0, 300 + 200), 300), "admitted");
    for (const one of [first as Asking]) gate.leave(one, 400);
  });

  it("lets a burst wait, but nobody once the crowd stands", () => {
    const gate = createGate<Asking>({ limit: () => 50, maxQueued: 99, patienceMs: () => 100, queueTimeoutMs: 500 });
    // One every 60 ms, as they come and go where answers last 3 s.
    const inside = Array.from({ length: 50 }, (_, i) => fill(gate, 1, i * 60)[0] as Asking);
    assert.equal(gate.offer(asking(), 3000), "waiting", "60 ms are foreseen");
    gate.leave(inside[0] as Asking, 3050);
    gate.takeAdmitted(3050);
    assert.equal(typeof gate.offer(asking(), 3600), "object", "it has been full for half a second");
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
        const gate = createGate<Asking>({
          limit: () => limit,
          maxQueued: 4,
          patienceMs: () => 1e9,
          queueTimeoutMs: 500,
        });
        const inside = new Set<Asking>();
        const waiting = new Set<Asking>();
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
            const one = asking(what.priority, now + what.within);
            const verdict = gate.offer(one, now);
            if (verdict === "admitted") {
              assert.ok(inside.size < limit);
              inside.add(one);
            } else if (verdict === "waiting") waiting.add(one);
          }
          for (const { asking: one } of gate.takeRefused(now)) assert.ok(waiting.delete(one));
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
