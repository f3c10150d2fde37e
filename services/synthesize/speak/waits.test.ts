import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { createWaits } from "./waits.ts";

function start() {
  const clock = createVirtualClock();
  return { clock, waits: createWaits(clock) };
}

describe("what the first audio waits for", () => {
  it("is told apart by the last that had to happen", async () => {
    const { clock, waits } = start();
    waits.received();
    await clock.advance(1);
    waits.offered();
    await clock.advance(100);
    waits.received();
    await clock.advance(5);
    waits.offered();
    await clock.advance(20);
    waits.dispatched(20);
    await clock.advance(50);
    const broughtAt = clock.now();
    await clock.advance(30);
    const passedAt = clock.now();
    await clock.advance(7);
    assert.equal(waits.first, undefined);
    waits.heard({ broughtAt, passedAt });
    const first = { clauseMs: 101, wordsMs: 5, queueMs: 20, engineMs: 50, leadingSilenceMs: 30 };
    assert.deepEqual(waits.first, first);
    waits.dispatched(0);
    waits.heard({ broughtAt: clock.now(), passedAt: clock.now() });
    assert.deepEqual(waits.first, first, "what comes later is not the first");
  });

  it("is the text, where time alone made the segment ready", async () => {
    const { clock, waits } = start();
    waits.received();
    await clock.advance(2);
    waits.offered();
    await clock.advance(98);
    waits.dispatched(0);
    waits.heard({ broughtAt: clock.now(), passedAt: clock.now() });
    assert.deepEqual(waits.first, { clauseMs: 98, wordsMs: 2, queueMs: 0, engineMs: 0, leadingSilenceMs: 0 });
  });

  it("counts a segment of which nothing was heard as the engine's time", async () => {
    const { clock, waits } = start();
    waits.received();
    waits.offered();
    waits.dispatched(0);
    const early = clock.now();
    await clock.advance(400);
    waits.unheard();
    waits.heard({ broughtAt: early, passedAt: early });
    assert.equal(waits.first?.engineMs, 400);
  });
});
