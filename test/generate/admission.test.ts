import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { vllmCosts } from "../../infra/cost/cost.ts";
import { OverloadedError } from "../../services/common/errors/request-error.ts";
import type { ChatEngine, ChatRequest } from "../../services/generate/chat.ts";
import { admit } from "../../services/generate/layers/admission.ts";
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

/** An engine that answers when it is told to. */
function heldEngine() {
  const waiting: (() => void)[] = [];
  const engine: ChatEngine = {
    async *chat(_request, signal) {
      await new Promise<void>((resolve, reject) => {
        waiting.push(resolve);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
      yield { type: "delta", text: "." };
    },
    notReady: async () => undefined,
    close: async () => {},
  };
  return { engine, asked: () => waiting.length, release: () => waiting.shift()?.() };
}

const request = { requestId: "r", messages: [], maxTokens: 1, sampling: {}, stop: [], priority: 0 };
const drain = async (events: AsyncIterable<unknown>) => {
  for await (const _ of events);
};

describe("one place", () => {
  const start = () => {
    const clock = createVirtualClock();
    const held = heldEngine();
    const gated = admit(held.engine, {
      ttftSloMs: 0,
      maxInFlight: 1,
      maxQueued: 1,
      queueTimeoutMs: 10_000,
      servers: () => 1,
      clock,
    });
    const ask = (signal = new AbortController().signal) => drain(gated.chat(request as unknown as ChatRequest, signal));
    return { clock, held, gated, ask };
  };

  test("goes to who waits for it, and the engine hears of nobody else", async () => {
    const { clock, held, gated, ask } = start();
    const [first, second] = [ask(), ask()];
    await clock.advance(1000);
    assert.equal(held.asked(), 1);
    await assert.rejects(ask(), (error) => error instanceof OverloadedError && error.retryDelayMs >= 100);
    held.release();
    await first;
    await clock.advance(0);
    held.release();
    await second;
    assert.deepEqual(gated.admission(), { inFlight: 0, queued: 0, limit: 1, refused: 1 });
    assert.equal(clock.pending, 0);
  });

  test("is not kept for a caller who left the queue, or left while he was served", async () => {
    const { clock, held, gated, ask } = start();
    const leave = [new AbortController(), new AbortController()];
    const gone = leave.map(({ signal }) => assert.rejects(ask(signal), /enough/));
    await clock.advance(0);
    for (const one of leave.toReversed()) one.abort(new Error("enough"));
    await Promise.all(gone);
    assert.deepEqual(gated.admission(), { inFlight: 0, queued: 0, limit: 1, refused: 0 });
    assert.equal(clock.pending, 0);
    const next = ask();
    await clock.advance(0);
    held.release();
    held.release();
    await next;
  });
});
