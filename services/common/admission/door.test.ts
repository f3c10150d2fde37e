import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { OverloadedError } from "../errors/request-error.ts";
import { createDoor } from "./door.ts";

const never = new AbortController().signal;
const anybody = { priority: 0, deadlineAt: Number.POSITIVE_INFINITY };

/** A door for one at a time, and two who wait half a second at most. */
function open() {
  const clock = createVirtualClock();
  const door = createDoor({
    clock,
    limit: () => 1,
    maxQueued: 2,
    maxQueuedSetting: "",
    what: "answers are being written",
    patienceMs: () => 1e9,
    queueTimeoutMs: 500,
  });
  return { clock, door };
}

it("lets the next in when one leaves, in their order", async () => {
  const { clock, door } = open();
  const first = await door.enter(anybody, never);
  const order: string[] = [];
  const second = door.enter(anybody, never);
  void second.then(() => order.push("second"));
  const third = door.enter(anybody, never);
  void third.then(() => order.push("third"));
  assert.deepEqual(door.load(), { inFlight: 1, queued: 2, refused: 0 });
  first.leave();
  (await second).leave();
  assert.deepEqual(order, ["second"]);
  (await third).leave();
  assert.deepEqual(order, ["second", "third"]);
  assert.deepEqual(door.load(), { inFlight: 0, queued: 0, refused: 0 });
  assert.equal(clock.pending, 0);
});

it("refuses who has waited for as long as one may, on its own", async () => {
  const { clock, door } = open();
  const first = await door.enter(anybody, never);
  const waiting = door.enter(anybody, never);
  let settled = false;
  waiting.catch(() => {
    settled = true;
  });
  await clock.advance(499);
  assert.equal(settled, false);
  await clock.advance(1);
  await assert.rejects(
    waiting,
    (error) =>
      error instanceof OverloadedError &&
      error.message === "overloaded: no slot became free in time" &&
      error.retryDelayMs === 3000,
  );
  assert.deepEqual(door.load(), { inFlight: 1, queued: 0, refused: 1 });
  first.leave();
  assert.equal(clock.pending, 0);
});

it("refuses at once where as many wait as may, and counts it", async () => {
  const { door } = open();
  await door.enter(anybody, never);
  const waiting = [door.enter(anybody, never), door.enter(anybody, never)];
  await assert.rejects(door.enter(anybody, never), { message: "overloaded: the queue is full (2 waiting)" });
  assert.deepEqual(door.load(), { inFlight: 1, queued: 2, refused: 1 });
  const urgent = door.enter({ ...anybody, priority: -1 }, never);
  await assert.rejects(
    waiting[1] as Promise<unknown>,
    /requests with a higher priority took this request's place in the queue/,
  );
  assert.deepEqual(door.load(), { inFlight: 1, queued: 2, refused: 2 });
  for (const one of [waiting[0], urgent]) one?.catch(() => {});
});

it("forgets whoever leaves while they wait, with the reason that they gave", async () => {
  const { clock, door } = open();
  const first = await door.enter(anybody, never);
  const leaving = new AbortController();
  const waiting = door.enter(anybody, leaving.signal);
  const next = door.enter(anybody, never);
  leaving.abort(new Error("hung up"));
  await assert.rejects(waiting, { message: "hung up" });
  await assert.rejects(door.enter(anybody, leaving.signal), { message: "hung up" }, "nor is one let in who has left");
  assert.deepEqual(door.load(), { inFlight: 1, queued: 1, refused: 0 });
  first.leave();
  (await next).leave();
  assert.equal(clock.pending, 0);
});

it("holds deadlines against what first tokens have taken", async () => {
  const { clock, door } = open();
  const first = await door.enter(anybody, never);
  await clock.advance(400);
  first.spoke();
  const inTime = (ms: number) => door.enter({ ...anybody, deadlineAt: clock.now() + ms }, never);
  await assert.rejects(inTime(199), /the first token currently takes longer/);
  first.leave();
  // What was slow is forgotten when there is nothing to do.
  (await inTime(1)).leave();
});

it("leaves nothing behind of whoever waited: no alarm, and nothing at their signal", async () => {
  const { clock, door } = open();
  const first = await door.enter(anybody, never);
  const leaving = new AbortController();
  const { signal } = leaving;
  const admitted = door.enter(anybody, signal);
  const left = door.enter(anybody, signal);
  assert.deepEqual([getEventListeners(signal, "abort").length, clock.pending], [2, 1]);
  first.leave();
  const second = await admitted;
  assert.deepEqual([getEventListeners(signal, "abort").length, clock.pending], [1, 1]);
  leaving.abort();
  await assert.rejects(left);
  assert.deepEqual([getEventListeners(signal, "abort").length, clock.pending], [0, 0]);
  second.leave();
});
