/** Whoever asks for far more than their share gets that, and no more, at either service: what others want is theirs. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { sleep } from "../../infra/clock/clock.ts";
import { createVirtualClock, type VirtualClock } from "../../infra/clock/virtual.ts";
import { createLog } from "../../infra/log/log.ts";
import { OverloadedError } from "../../services/common/errors/request-error.ts";
import { createAdmission } from "../../services/generate/layers/admission.ts";
import { createSpeechAdmission } from "../../services/synthesize/admission/admission.ts";

/** Lets somebody in, of a tenant. */
type Enter = (tenant: string, priority?: number) => Promise<{ leave(): void }>;

const places = 100;
const answerMs = 1000;
const signal = new AbortController().signal;
const log = createLog({ service: "synthesize", level: "silent" });

const services: Record<string, (clock: VirtualClock) => Enter> = {
  generate(clock) {
    const limits = { ttftSloMs: 0, maxInFlight: places, maxQueued: 64, queueTimeoutMs: 500 };
    const admission = createAdmission({ ...limits, servers: () => 1, clock });
    const request = { requestId: "", model: undefined, messages: [], maxTokens: 1, sampling: {}, stop: [] };
    const rest = { constraint: undefined, traceparent: undefined };
    return (tenant, priority = 0) => admission.enter({ ...request, ...rest, priority, whose: [tenant] }, signal);
  },
  synthesize(clock) {
    const admission = createSpeechAdmission({ name: "fish", slots: () => 1, most: places, log, clock });
    return (tenant, priority = 0) =>
      admission.enter({ priority, deadlineAt: Number.POSITIVE_INFINITY, whose: [tenant] }, signal);
  },
};

for (const [name, open] of Object.entries(services))
  describe(`at ${name}`, () => {
    it("one of a hundred tenants that floods has its share, and the others have theirs", async () => {
      const clock = createVirtualClock();
      const enter = open(clock);
      const asked = new Map<string, number>();
      const served = new Map<string, number>();
      const count = (of: Map<string, number>, tenant: string) => of.set(tenant, (of.get(tenant) ?? 0) + 1);
      const settledMs = 3000;
      const ask = async (tenant: string) => {
        const isCounted = clock.now() >= settledMs;
        if (isCounted) count(asked, tenant);
        try {
          const { leave } = await enter(tenant);
          if (isCounted) count(served, tenant);
          await sleep(clock, answerMs);
          leave();
        } catch (error) {
          assert.ok(error instanceof OverloadedError);
        }
      };
      const all: Promise<void>[] = [];
      for (let round = 0; round < 100; round++) {
        for (let nth = 0; nth < 10; nth++) all.push(ask("flood"));
        // Everybody else has one answer at a time, and thinks for a tenth of a second.
        for (let tenant = 0; tenant < 99; tenant++) if ((round + tenant) % 11 === 0) all.push(ask(`t${tenant}`));
        await clock.advance(100);
      }
      await clock.advance(5000);
      await Promise.all(all);
      for (let tenant = 0; tenant < 99; tenant++) {
        const of = `t${tenant}`;
        assert.ok(
          (served.get(of) ?? 0) >= 0.9 * (asked.get(of) ?? 0),
          `${of} got ${served.get(of)} of ${asked.get(of)}`,
        );
      }
      // What nine of a hundred places that others leave for a moment hold, besides its own.
      const flood = (served.get("flood") ?? 0) / ((100 * 100 - settledMs) / answerMs);
      assert.ok(flood <= 10, `the one that floods had ${flood} places`);
      assert.ok(flood >= 1, `the one that floods had ${flood} places`);
    });

    it("who is more urgent is let in first, and among equals who came first", async () => {
      const clock = createVirtualClock();
      const enter = open(clock);
      const fill = (count: number) => Promise.all(Array.from({ length: count }, () => enter("a")));
      // The first have been in for as long as answers last, so that places are in sight; and it has not been full for
      // long.
      const inside = await fill(places - 20);
      await clock.advance(2800);
      await fill(20);
      await clock.advance(100);
      const order: number[] = [];
      const waiting = [1, -1, 0, -1].map(async (priority) => {
        const { leave } = await enter("a", priority);
        order.push(priority);
        return leave;
      });
      for (const { leave } of inside.slice(0, 4)) {
        leave();
        await clock.advance(1);
      }
      await Promise.all(waiting);
      assert.deepEqual(order, [-1, -1, 0, 1]);
    });
  });
