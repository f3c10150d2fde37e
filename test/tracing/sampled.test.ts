import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, it } from "vitest";
import { post } from "../faces/ask.ts";
import { readTurn } from "../support/events.ts";
import { until } from "../support/until.ts";
import { type Collector, startCollector } from "./collector.ts";
import { startHouse, type TracedHouse } from "./house.ts";
import { newTrace } from "./spans.ts";

// Nothing is recorded but what a caller asks for: of strangers, nothing.
let collector: Collector;
let house: TracedHouse;
beforeAll(async () => {
  collector = await startCollector();
  house = await startHouse({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER: "parentbased_always_off",
    OTEL_BSP_SCHEDULE_DELAY: "20",
  });
});
afterAll(async () => {
  await house.close();
  await collector.close();
});

const apis: Readonly<Record<string, (headers: Record<string, string>) => Promise<unknown>>> = {
  Converse: (headers) => readTurn(house.customer.converse({ text: "hello" }, { headers })),
  "/v1": async (headers) => {
    const body = { model: "duet", messages: [{ role: "user", content: "hello" }] };
    const response = await post(`${house.url}/v1/chat/completions`, body, headers);
    assert.equal(response.status, 200);
    await response.text();
  },
};

describe("a caller's word that its trace is recorded", () => {
  it("is believed as little of a listener, whose span the edge would record", async () => {
    const listen = async (headers: Record<string, string>) => {
      const { traceId, headers: own } = newTrace();
      const options = { headers: { ...headers, ...own } };
      const { started } = await readTurn(house.customer.converse({ text: "hello", sessionId: traceId }, options));
      const report = { turnId: started.turnId, played: {}, listened: { firstSoundMs: 300, reportedMs: 400 } };
      await house.customer.reportPlayback(report, options);
      return traceId;
    };
    const elsewhere = await listen({ "x-forwarded-for": "203.0.113.7" });
    const here = await listen({});
    const heard = () => collector.spans.filter(({ name }) => name === "first sound");
    await until("the listener's span", () => heard().some(({ traceId }) => traceId === here), 10_000);
    assert.deepEqual(
      heard().map(({ traceId, durationMs }) => [traceId, durationMs]),
      [[here, 300]],
    );
    assert.ok(collector.spans.every(({ traceId }) => traceId !== elsewhere));
  });

  for (const [who, headers, flags] of [
    ["of this machine is believed", {}, "01"],
    ["from elsewhere is not, and the trace goes on", { "x-forwarded-for": "203.0.113.7" }, "00"],
    ["from elsewhere is not, whatever else it says", { forwarded: "for=127.0.0.1" }, "00"],
  ] as const)
    for (const [api, ask] of Object.entries(apis))
      it(`${who}, by ${api}`, async () => {
        const traceId = randomBytes(16).toString("hex");
        const traceparent = `00-${traceId}-${randomBytes(8).toString("hex")}-01`;
        await ask({ ...headers, traceparent });
        const told = house.vllm.seen().at(-1)?.headers.traceparent;
        assert.match(String(told), new RegExp(`^00-${traceId}-[\\da-f]{16}-${flags}$`));
      });
});
