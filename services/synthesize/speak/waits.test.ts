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

  it("is that of the first segment, of the words that made it ready, though more came before it was heard", async () => {
    const { clock, waits } = start();
    waits.received();
    await clock.advance(2);
    waits.offered();
    await clock.advance(20);
    waits.received();
    await clock.advance(7);
    waits.offered();
    await clock.advance(11);
    // Ready since 18 ms after the beginning.
    waits.dispatched(22);
    await clock.advance(5);
    waits.dispatched(0);
    await clock.advance(3);
    waits.heard({ broughtAt: clock.now(), passedAt: clock.now() });
    assert.deepEqual(waits.first, { clauseMs: 16, wordsMs: 2, queueMs: 22, engineMs: 8, leadingSilenceMs: 0 });
  });

  it("is no words of which none was ready yet, and nothing of what was never asked for", async () => {
    const { clock, waits } = start();
    waits.heard({ broughtAt: 0, passedAt: 0 });
    assert.equal(waits.first, undefined);
    const unasked = createWaits(clock);
    unasked.dispatched(0);
    unasked.heard({ broughtAt: 0, passedAt: 0 });
    assert.equal(unasked.first, undefined, "nor where no text came");
    waits.received();
    waits.heard({ broughtAt: 0, passedAt: 0 });
    assert.equal(waits.first, undefined, "nor where nothing was asked of an engine yet");
    await clock.advance(10);
    waits.offered();
    waits.dispatched(10);
    waits.heard(undefined);
    assert.deepEqual(waits.first, { clauseMs: 0, wordsMs: 0, queueMs: 10, engineMs: 0, leadingSilenceMs: 0 });
  });
});
