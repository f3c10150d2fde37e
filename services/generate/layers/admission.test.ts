import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import type { Chat, ChatEvent, ChatRequest } from "../chat.ts";
import { createAdmission, withAdmission } from "./admission.ts";

const request = { priority: 0 } as ChatRequest;
const never = new AbortController().signal;
const started: ChatEvent = { type: "started", model: "m" };
const said: ChatEvent = { type: "delta", text: "Yes." };
const finished: ChatEvent = { type: "finished", reason: "stop", usage: undefined };

/** A gate in virtual time, in front of a chat whose events are given. */
function create(options: Partial<Parameters<typeof createAdmission>[0]> = {}) {
  const clock = createVirtualClock();
  const limits = { ttftSloMs: 0, maxInFlight: 1, maxQueued: 2, queueTimeoutMs: 10_000, servers: () => 1, ...options };
  const admission = createAdmission({ ...limits, clock });
  let asked = 0;
  const begin = (events: readonly (ChatEvent | Error)[], more: Partial<ChatRequest> = {}, signal = never) => {
    const chat: Chat = async function* () {
      asked++;
      for (const event of events) {
        if (event instanceof Error) throw event;
        yield event;
      }
    };
    return withAdmission(admission)(chat)({ ...request, ...more }, signal)[Symbol.asyncIterator]();
  };
  return { clock, admission, begin, asked: () => asked };
}

describe("an answer that is let in", () => {
  it("has its place until it has ended, failed or been left, and gives it back once", async () => {
    const broken = new Error("broken");
    for (const end of [finished, broken, undefined]) {
      const { admission, begin, clock } = create();
      const events = begin([started, ...(end === undefined ? [said] : [end])]);
      await events.next();
      assert.deepEqual(admission.load(), { inFlight: 1, queued: 0, limit: 1, refused: 0 });
      if (end === broken) await assert.rejects(events.next(), broken);
      else if (end === finished) await Array.fromAsync({ [Symbol.asyncIterator]: () => events });
      else await events.return?.(undefined);
      assert.deepEqual(admission.load(), { inFlight: 0, queued: 0, limit: 1, refused: 0 });
      assert.equal(clock.pending, 0);
    }
  });

  it("says how long it has waited, and no server hears of it before", async () => {
    const { clock, begin, asked } = create();
    const first = begin([started, finished]);
    assert.deepEqual((await first.next()).value, { ...started, queuedMs: 0 });
    const second = begin([started, said, finished]);
    const next = second.next();
    await clock.advance(70);
    assert.equal(asked(), 1);
    await first.return?.(undefined);
    assert.deepEqual((await next).value, { ...started, queuedMs: 70 });
    assert.deepEqual(await Array.fromAsync({ [Symbol.asyncIterator]: () => second }), [said, finished]);
    assert.equal(clock.pending, 0);
  });
});

it("an answer speaks once, with the first that its model wrote, and never where that is nothing", async () => {
  const accepted: ChatEvent = { type: "accepted", model: "m" };
  const thinking: ChatEvent = { type: "thinking", elapsedMs: 1, done: false };
  const rows: [events: ChatEvent[], spokeAt: number[]][] = [
    [[accepted, started, finished], []],
    [[accepted, started], []],
    [[accepted, started, said, said, finished], [2]],
    [[started, thinking, said, finished], [1]],
    [[started, { type: "leftOut" }, finished], [1]],
  ];
  for (const [events, spokeAt] of rows) {
    let passed = 0;
    const told: number[] = [];
    const chat: Chat = async function* () {
      for (const event of events) yield event;
    };
    const admission = {
      enter: async () => ({ queuedMs: 0, spoke: () => void told.push(passed), leave() {} }),
    } as unknown as ReturnType<typeof createAdmission>;
    for await (const _ of withAdmission(admission)(chat)(request, never)) passed++;
    assert.deepEqual(told, spokeAt, JSON.stringify(events));
  }
});

describe("an answer that is not let in", () => {
  it("is refused once as many wait as may", async () => {
    const { clock, admission, begin, asked } = create({ maxQueued: 1, queueTimeoutMs: 60_000 });
    await begin([started]).next();
    const leave = new AbortController();
    const waits = begin([started], {}, leave.signal).next();
    await clock.advance(0);
    await assert.rejects(begin([started]).next(), { name: "OverloadedError", message: /DUET_GENERATE_MAX_QUEUED/ });
    assert.deepEqual(admission.load(), { inFlight: 1, queued: 1, limit: 1, refused: 1 });
    leave.abort(new Error("it has left"));
    await assert.rejects(waits, { message: "it has left" });
    assert.deepEqual([admission.load().queued, asked(), clock.pending], [0, 1, 0]);
  });

  it("is refused where its first token would come too late for its caller: at once if that is foreseen, and then in time", async () => {
    const { clock, begin } = create();
    await begin([started]).next();
    // An answer is taken to last for three seconds before one has ended.
    await assert.rejects(begin([started], { firstTokenTimeoutMs: 2_900 }).next(), { name: "OverloadedError" });
    assert.equal(clock.now(), 0);
    const waits = begin([started], { firstTokenTimeoutMs: 3_500 }).next();
    let refusedAt = 0;
    waits.catch(() => {
      refusedAt = clock.now();
    });
    await clock.advance(20_000);
    assert.ok(refusedAt > 3_000 && refusedAt <= 3_500, `refused after ${refusedAt} ms`);
  });

  it("is refused at once where it would wait for half its time, or a quarter of the objective for a first token", async () => {
    const isRefused = async (options: Parameters<typeof create>[0]) => {
      const { clock, admission, begin } = create(options);
      await begin([started]).next();
      const waits = begin([started]).next();
      let refused = false;
      waits.catch(() => {
        refused = true;
      });
      // An answer is taken to last for three seconds before one has ended.
      await clock.advance(0);
      assert.equal(admission.load().refused, refused ? 1 : 0);
      return refused;
    };
    const inTime = async (queueTimeoutMs: number) => !(await isRefused({ queueTimeoutMs }));
    assert.deepEqual([await inTime(6_000), await inTime(5_998)], [true, false]);
    // The limiter aims at 0.87 of the objective.
    const aimed = async (ttftSloMs: number) => !(await isRefused({ ttftSloMs, queueTimeoutMs: 60_000 }));
    assert.deepEqual([await aimed(13_800), await aimed(13_780)], [true, false]);
  });

  it("has waited for no longer than it may", async () => {
    const { clock, begin } = create({ queueTimeoutMs: 8_000 });
    await begin([started]).next();
    const waits = begin([started]).next();
    await clock.advance(3_999);
    let isOver = false;
    waits.catch(() => {
      isOver = true;
    });
    await clock.advance(1);
    const early = isOver;
    await clock.advance(4_000);
    assert.deepEqual([early, isOver], [false, true]);
    await assert.rejects(waits, { name: "OverloadedError" });
  });
});

describe("how many are let in", () => {
  it("is as many as there are servers for, and never none", () => {
    const limitOf = (servers: number, maxInFlight = 3) =>
      create({ servers: () => servers, maxInFlight }).admission.load().limit;
    assert.deepEqual([limitOf(0), limitOf(1), limitOf(4)], [3, 3, 12]);
  });

  it("begins with what is known of none, where first tokens are held to an objective", () => {
    const limitOf = (maxInFlight: number) => create({ ttftSloMs: 200, maxInFlight }).admission.load().limit;
    assert.deepEqual([limitOf(2), limitOf(1_000)], [2, 64]);
  });

  it("falls where first tokens come late with the load, by what comes first of each answer alone", async () => {
    const { clock, admission, begin } = create({ ttftSloMs: 200, maxInFlight: 1_000 });
    const answer = async (tookMs: number) => {
      const events = begin([started, { type: "thinking", elapsedMs: 1, done: false }, said, finished]);
      await events.next();
      await clock.advance(tookMs);
      await events.next();
      // What comes later is no first token.
      await clock.advance(5_000);
      await Array.fromAsync({ [Symbol.asyncIterator]: () => events });
    };
    for (let i = 0; i < 3; i++) await Promise.all(Array.from({ length: 20 }, () => answer(50)));
    const before = admission.load().limit;
    for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: admission.load().limit }, () => answer(1_200)));
    assert.ok(before >= 64 && admission.load().limit < before, `${before}, then ${admission.load().limit}`);
  });
});
