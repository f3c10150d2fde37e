import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, it } from "vitest";
import { post } from "../faces/ask.ts";
import { readTurn } from "../support/events.ts";
import { type Collector, startCollector } from "./collector.ts";
import { startHouse, type TracedHouse } from "./house.ts";

// Nothing is recorded but what a caller asks for: of strangers, nothing.
let collector: Collector;
let house: TracedHouse;
beforeAll(async () => {
  collector = await startCollector();
  house = await startHouse({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER: "parentbased_always_off",
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
