import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { createLog } from "../../infra/log/log.ts";
import { createPipe } from "../../infra/stream/pipe.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { createCall } from "../call.ts";
import { Failure } from "../errors.ts";
import type { TurnEvent } from "../turn/events.ts";
import { createTurns, type StopReason } from "../turn/turns.ts";
import { createSessions } from "./sessions.ts";
import { createMemoryStore } from "./store/memory.ts";
import type { SessionStore } from "./store/store.ts";

const key = { tenant: "default", session: "s" };

/** A turn of a session whose store keeps one kind of call waiting until `answer`. */
async function openSlowly(slow: keyof SessionStore, stopped?: StopReason) {
  const clock = createVirtualClock();
  const kept = createMemoryStore({ now: () => 1e12 + clock.now() });
  const answering = Promise.withResolvers<void>();
  const store = new Proxy(kept, {
    get(target, name: keyof SessionStore) {
      const work = target[name];
      if (name !== slow) return work;
      return async (...args: never[]) => {
        await answering.promise;
        return (work as (...args: never[]) => unknown)(...args);
      };
    },
  });
  const { join } = await createSessions({
    store,
    ttlMs: 60_000,
    limits: { maxMessages: 100, maxBytes: 1 << 20 },
    clock,
    log: createLog({ service: "edge", level: "silent" }),
    metrics: createMetrics({ runtime: false }),
  });
  const identity = { tenant: "default", user: undefined, key: undefined, priority: 0 };
  const call = createCall({ signal: new AbortController().signal, identity });
  const turn = createTurns({ maxTurns: 1, clock }).open(call, "t1");
  const { keep } = join(call, { session: "s", user: "", question: "Count?", given: "" });
  if (stopped !== undefined) turn.stop(stopped);
  const source = createPipe<TurnEvent>({ capacity: 1 });
  async function* events(): AsyncGenerator<TurnEvent> {
    yield* source;
  }
  // Nothing is ever written, and nobody reads on.
  const reading = keep(events(), turn).next();
  reading.catch(() => {});
  await clock.advance(0);
  return { clock, kept, turn, reading, answer: () => answering.resolve() };
}

describe("a turn that is stopped while its session is opened for it", () => {
  for (const slow of ["read", "write", "placeTurn"] as const)
    it(`has the session free again at once, where the store was slow to ${slow}`, async () => {
      const { clock, kept, turn, answer } = await openSlowly(slow);
      turn.stop("interrupted");
      answer();
      // What is left of it lasts for one millisecond.
      await clock.advance(1);
      assert.equal((await kept.read(key, "all")).version, undefined);
      assert.equal(await kept.findTurn("default", "t1"), undefined);
      assert.equal(clock.pending, 0);
    });

  it("never opens it, and is refused for what stopped it, where nothing was asked of the store yet", async () => {
    for (const [stopped, reason] of [
      ["interrupted", "DRAINING"],
      ["superseded", "SUPERSEDED"],
      ["deadline", "DEADLINE_EXCEEDED"],
      ["slow", "CLIENT_TOO_SLOW"],
    ] as const) {
      const { kept, reading } = await openSlowly("ring", stopped);
      await assert.rejects(reading, { reason });
      assert.equal((await kept.read(key, "all")).version, undefined);
    }
    const { reading } = await openSlowly("ring", "left");
    await assert.rejects(reading, (error) => !(error instanceof Failure));
  });
});
