import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { sleep } from "../../infra/clock/clock.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { vllmCosts } from "../../infra/cost/cost.ts";
import { createRandom } from "../../infra/random/random.ts";
import { OverloadedError } from "../../services/common/errors/request-error.ts";
import type { Chat, ChatRequest } from "../../services/generate/chat.ts";
import { createAdmission, withAdmission } from "../../services/generate/layers/admission.ts";
import { firstTokens, goodput, percentile } from "../support/load.ts";
import { simulate } from "./simulate.ts";

// In front of the cost model, in virtual time: half as much again as the engine can write, for half a minute.
const ttftSloMs = 200;
const load = { perSecond: 50, count: 1500, seed: 1 };
const settledMs = 10_000;
const endMs = 30_000;

let simulated: ReturnType<typeof simulate> | undefined;
const adaptive = () => {
  simulated ??= simulate(vllmCosts.tp1, load, { ttftSloMs });
  return simulated;
};

describe("under more load than the engine can write", () => {
  test("the limit settles where 99 of 100 first tokens keep the objective, at nine tenths of the best goodput", async () => {
    const { outcomes } = await adaptive();
    assert.ok(percentile(firstTokens(outcomes, settledMs), 0.99) <= ttftSloMs);
    let best = 0;
    for (const maxInFlight of [80, 100]) {
      const fixed = await simulate(vllmCosts.tp1, load, { ttftSloMs: 0, maxInFlight, queueTimeoutMs: 100 });
      if (percentile(firstTokens(fixed.outcomes, settledMs), 0.99) <= ttftSloMs)
        best = Math.max(best, goodput(fixed.outcomes, ttftSloMs, settledMs, endMs));
    }
    const reached = goodput(outcomes, ttftSloMs, settledMs, endMs);
    assert.ok(best > 30 && reached >= 0.9 * best, `${reached} of ${best} a second`);
  });

  test("everybody is told what becomes of him, and who is refused at once", async () => {
    const { outcomes } = await adaptive();
    const refused = outcomes.filter(({ end }) => end === "refused");
    assert.equal(outcomes.length, load.count);
    assert.ok(refused.length > 100);
    assert.ok(outcomes.every(({ end }) => end !== "failed"));
    assert.ok(
      percentile(
        refused.map(({ tookMs }) => tookMs),
        0.99,
      ) < 20,
    );
  });

  test("a load that the engine can write is not refused", async () => {
    const { outcomes } = await simulate(vllmCosts.tp1, { ...load, perSecond: 20, count: 200 }, { ttftSloMs });
    assert.ok(outcomes.every(({ end }) => end === "finished"));
  });
});

describe("a model that thinks for as long as it likes, at a server that takes any number", () => {
  for (const beside of [true, false])
    test(beside ? "and shows that it thinks" : "and shows nothing until it has", async () => {
      const clock = createVirtualClock();
      const chance = createRandom(7);
      const normal = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
      const think: Chat = async function* () {
        yield { type: "started", model: "m" };
        if (beside) yield { type: "thinking", elapsedMs: 0, done: false };
        await sleep(clock, Math.min(2500, Math.max(100, 400 * Math.exp(0.8 * normal()))));
        yield { type: "delta", text: "." };
        await sleep(clock, 200);
      };
      const admission = createAdmission({
        ttftSloMs,
        maxInFlight: 256,
        maxQueued: 64,
        queueTimeoutMs: 500,
        servers: () => 1,
        clock,
      });
      const chat = withAdmission(admission)(think);
      let left = 200;
      const caller = async () => {
        while (left-- > 0) await drain(chat(request as unknown as ChatRequest, new AbortController().signal));
      };
      const callers = Promise.all(Array.from({ length: 12 }, caller));
      let settled = false;
      const onSettled = () => {
        settled = true;
      };
      callers.then(onSettled, onSettled);
      while (!settled) await clock.advance(100);
      await callers;
      assert.equal(admission.load().refused, 0);
      assert.ok(admission.load().limit >= 12, `${admission.load().limit}`);
    });
});

/** A chat that answers when it is told to. */
function heldChat() {
  const waiting: (() => void)[] = [];
  const chat: Chat = async function* (_request, signal) {
    await new Promise<void>((resolve, reject) => {
      waiting.push(resolve);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    yield { type: "delta", text: "." };
  };
  return { chat, asked: () => waiting.length, release: () => waiting.shift()?.() };
}

const request = { requestId: "r", messages: [], maxTokens: 1, sampling: {}, stop: [], priority: 0 };
const drain = async (events: AsyncIterable<unknown>) => {
  for await (const _ of events);
};

describe("one place", () => {
  const start = () => {
    const clock = createVirtualClock();
    const held = heldChat();
    const admission = createAdmission({
      ttftSloMs: 0,
      maxInFlight: 1,
      maxQueued: 1,
      queueTimeoutMs: 10_000,
      servers: () => 1,
      clock,
    });
    const chat = withAdmission(admission)(held.chat);
    const ask = (signal = new AbortController().signal) => drain(chat(request as unknown as ChatRequest, signal));
    return { clock, held, admission, ask };
  };

  test("goes to who waits for it, and the engine hears of nobody else", async () => {
    const { clock, held, admission, ask } = start();
    const [first, second] = [ask(), ask()];
    await clock.advance(1000);
    assert.equal(held.asked(), 1);
    await assert.rejects(ask(), (error) => error instanceof OverloadedError && error.retryDelayMs >= 100);
    held.release();
    await first;
    await clock.advance(0);
    held.release();
    await second;
    assert.deepEqual(admission.load(), { inFlight: 0, queued: 0, limit: 1, refused: 1 });
    assert.equal(clock.pending, 0);
  });

  test("is not kept for a caller who left the queue, or left while he was served", async () => {
    const { clock, held, admission, ask } = start();
    const leave = [new AbortController(), new AbortController()];
    const gone = leave.map(({ signal }) => assert.rejects(ask(signal), /enough/));
    await clock.advance(0);
    for (const one of leave.toReversed()) one.abort(new Error("enough"));
    await Promise.all(gone);
    assert.deepEqual(admission.load(), { inFlight: 0, queued: 0, limit: 1, refused: 0 });
    assert.equal(clock.pending, 0);
    const next = ask();
    await clock.advance(0);
    held.release();
    held.release();
    await next;
  });
});
