import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { createCall } from "../call.ts";
import type { Failure } from "../errors.ts";
import { createTurns, type StopReason, type Turn } from "./turns.ts";

const create = (maxTurns = 10) => {
  const clock = createVirtualClock();
  return { clock, turns: createTurns({ maxTurns, clock }) };
};

describe("a turn", () => {
  it("is found by its id until it closes, and leaves nothing behind", () => {
    const { turns } = create();
    const caller = new AbortController();
    const turn = turns.open(createCall(caller));
    assert.equal(turns.count, 1);
    turn.close();
    assert.equal(turns.count, 0);
    assert.equal(turns.interrupt("default", turn.id), false);
    assert.equal(turn.signal.aborted, true, "what it still runs is stopped");
    assert.equal(turn.stopped, undefined, "but it was not stopped before its end");
    assert.equal(getEventListeners(caller.signal, "abort").length, 0);
  });

  const stops: Record<
    StopReason,
    (of: { turn: Turn; id: string; caller: AbortController } & ReturnType<typeof create>) => unknown
  > = {
    interrupted: ({ turns, id }) => assert.equal(turns.interrupt("default", id), true),
    superseded: ({ turn }) => turn.stop("superseded"),
    left: ({ caller }) => caller.abort(),
    deadline: ({ clock }) => clock.advance(500),
    slow: ({ turn }) => turn.stop("slow"),
  };
  for (const [reason, stop] of Object.entries(stops))
    it(`knows that it was stopped: ${reason}`, async () => {
      const { turns, clock } = create();
      const caller = new AbortController();
      await clock.advance(10_000);
      const turn = turns.open(createCall({ signal: caller.signal, deadline: clock.now() + 500 }));
      await clock.advance(499);
      assert.equal(turn.stopped, undefined);
      await stop({ turn, id: turn.id, caller, turns, clock });
      assert.equal(turn.signal.aborted, true);
      assert.equal(turn.stopped, reason);
      assert.equal(turns.count, reason === "left" ? 0 : 1, "nobody reads the end of a turn whose caller has left");
      turn.close();
      assert.equal(clock.pending, 0, "no timer is left");
    });

  it("of a call whose deadline has passed already is stopped at once", async () => {
    const { turns, clock } = create();
    const turn = turns.open(createCall({ signal: new AbortController().signal, deadline: clock.now() - 1 }));
    await clock.advance(0);
    assert.equal(turn.stopped, "deadline");
  });

  it("of a caller who has left already never runs", () => {
    const { turns } = create();
    assert.equal(turns.open(createCall({ signal: AbortSignal.abort() })).stopped, "left");
    assert.equal(turns.count, 0);
  });

  it("remembers the first reason", () => {
    const { turns } = create();
    const caller = new AbortController();
    const turn = turns.open(createCall(caller));
    turns.interrupt("default", turn.id);
    caller.abort();
    assert.equal(turn.stopped, "interrupted");
  });
});

it("no more turns than may run", () => {
  const { turns } = create(1);
  const call = createCall(new AbortController());
  const first = turns.open(call);
  assert.throws(() => turns.open(call), { code: "RESOURCE_EXHAUSTED" });
  first.close();
  turns.open(call);
});

it("of one address only its share runs, and of this machine as many as may", () => {
  const { turns } = create(8);
  const callOf = (peer: string | undefined) => createCall({ signal: new AbortController().signal, peer });
  const first = turns.open(callOf("203.0.113.9"));
  turns.open(callOf("203.0.113.9"));
  assert.throws(
    () => turns.open(callOf("203.0.113.9")),
    (failure: Failure) => {
      assert.deepEqual([failure.code, failure.reason], ["RESOURCE_EXHAUSTED", "TOO_MANY_TURNS_OF_PEER"]);
      assert.equal(failure.details.retryDelayMs, 1_000);
      assert.match(failure.inFull, /DUET_EDGE_MAX_TURNS_PER_PEER/);
      assert.doesNotMatch(failure.message, /DUET_/);
      return true;
    },
  );
  turns.open(callOf("203.0.113.10"));
  for (let i = 0; i < 4; i++) turns.open(callOf(undefined));
  first.close();
  turns.open(callOf("203.0.113.9"));
});

describe("drain", () => {
  it("ends at once where nothing runs, and refuses from then on", async () => {
    const { turns, clock } = create();
    assert.equal(turns.draining, false);
    await turns.drain(1_000);
    assert.equal(turns.draining, true);
    assert.throws(() => turns.open(createCall(new AbortController())), { code: "UNAVAILABLE" });
    assert.equal(clock.pending, 0);
  });

  it("waits for what runs, and interrupts it at the limit", async () => {
    const { turns, clock } = create();
    const call = createCall(new AbortController());
    const [quick, slow] = [turns.open(call), turns.open(call)];
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
