import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { shareAnswer } from "./share-answer.ts";
import { createWatchdog } from "./watchdog.ts";

describe("a watchdog", () => {
  const late = new Error("late");

  it("aborts once what it expects has not come in time, and not before", async () => {
    const clock = createVirtualClock();
    const { signal, expect } = createWatchdog(clock);
    expect(100, () => late);
    await clock.advance(99);
    assert.equal(signal.aborted, false);
    await clock.advance(1);
    assert.equal(signal.reason, late);
    assert.equal(clock.pending, 0);
  });

  it("expects one thing at a time, and nothing while it rests", async () => {
    const clock = createVirtualClock();
    const { signal, expect, rest } = createWatchdog(clock);
    for (let i = 0; i < 5; i++) {
      expect(100, () => new Error("not in time"));
      await clock.advance(80);
    }
    rest();
    assert.deepEqual([signal.aborted, clock.pending], [false, 0]);
    await clock.advance(1000);
    expect(50, () => late);
    await clock.advance(50);
    assert.equal(signal.reason, late);
  });

  it("aborts with its caller, for the caller's reason", () => {
    const caller = new AbortController();
    const { signal } = createWatchdog(createVirtualClock(), caller.signal);
    assert.equal(signal.aborted, false);
    caller.abort(late);
    assert.equal(signal.reason, late);
  });

  it("aborts no caller", async () => {
    const clock = createVirtualClock();
    const caller = new AbortController();
    const { signal, expect } = createWatchdog(clock, caller.signal);
    expect(1, () => late);
    await clock.advance(1);
    assert.deepEqual([signal.reason, caller.signal.aborted], [late, false]);
  });
});

describe("a shared answer", () => {
  it("is asked for once in a while, however many want it", async () => {
    const clock = createVirtualClock();
    let asked = 0;
    const answer = shareAnswer(async () => ++asked, 1000, clock);
    assert.equal(asked, 0, "by nobody yet");
    assert.deepEqual(await Promise.all([answer(), answer()]), [1, 1]);
    await clock.advance(1000);
    assert.equal(await answer(), 1);
    await clock.advance(1);
    assert.equal(await answer(), 2);
    await clock.advance(1000);
    assert.equal(await answer(), 2, "as old as when it was asked for last");
  });
});
