import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { createTurns } from "./turns.ts";

const create = (maxTurns = 10) => {
  const clock = createVirtualClock();
  return { clock, turns: createTurns({ maxTurns, clock }) };
};

describe("a turn", () => {
  it("is found by its id until it closes, and leaves nothing behind", () => {
    const { turns } = create();
    const caller = new AbortController();
    const turn = turns.open(caller.signal);
    assert.equal(turns.count, 1);
    turn.close();
    assert.equal(turns.count, 0);
    assert.equal(turns.interrupt(turn.id), false);
    assert.equal(turn.signal.aborted, true, "what it still runs is stopped");
    assert.equal(turn.stopped, undefined, "but it was not stopped before its end");
    assert.equal(getEventListeners(caller.signal, "abort").length, 0);
  });

  const reasons = [
    ["interrupted", undefined],
    ["left", undefined],
    ["deadline", new ConnectError("too late", Code.DeadlineExceeded)],
  ] as const;
  for (const [reason, abortReason] of reasons)
    it(`knows that it was stopped: ${reason}`, () => {
      const { turns } = create();
      const caller = new AbortController();
      const turn = turns.open(caller.signal);
      if (reason === "interrupted") assert.equal(turns.interrupt(turn.id), true);
      else caller.abort(abortReason);
      assert.equal(turn.signal.aborted, true);
      assert.equal(turn.stopped, reason);
      assert.equal(turns.count, reason === "left" ? 0 : 1, "nobody reads the end of a turn whose caller has left");
    });

  it("of a caller who has left already never runs", () => {
    const { turns } = create();
    assert.equal(turns.open(AbortSignal.abort()).stopped, "left");
    assert.equal(turns.count, 0);
  });

  it("remembers the first reason", () => {
    const { turns } = create();
    const caller = new AbortController();
    const turn = turns.open(caller.signal);
    turns.interrupt(turn.id);
    caller.abort();
    assert.equal(turn.stopped, "interrupted");
  });
});

it("no more turns than may run", () => {
  const { turns } = create(1);
  const { signal } = new AbortController();
  const first = turns.open(signal);
  assert.throws(() => turns.open(signal), { code: Code.ResourceExhausted });
  first.close();
  turns.open(signal);
});

describe("drain", () => {
  it("ends at once where nothing runs, and refuses from then on", async () => {
    const { turns, clock } = create();
    await turns.drain(1_000);
    assert.throws(() => turns.open(new AbortController().signal), { code: Code.Unavailable });
    assert.equal(clock.pending, 0);
  });

  it("waits for what runs, and interrupts it at the limit", async () => {
    const { turns, clock } = create();
    const { signal } = new AbortController();
    const [quick, slow] = [turns.open(signal), turns.open(signal)];
    let drained = false;
    const draining = turns.drain(1_000).then(() => {
      drained = true;
    });
    quick.close();
    await clock.advance(999);
    assert.deepEqual([slow.stopped, drained], [undefined, false]);
    await clock.advance(1);
    assert.deepEqual([slow.stopped, drained], ["interrupted", false]);
    slow.close();
    await draining;
    assert.equal(clock.pending, 0);
  });
});
