import assert from "node:assert/strict";
import { test } from "vitest";
import { createMetrics } from "./metrics.ts";

test("what cannot be counted is dropped, and the rest is counted", async () => {
  const metrics = createMetrics({ runtime: false });
  const counter = metrics.counter("duet_generate_odd_total", "Odd.", ["kind"]);
  const histogram = metrics.histogram("duet_generate_odd_seconds", "Odd.");
  const gauge = metrics.gauge("duet_generate_odd", "Odd.");
  for (const value of [1, -1, Number.NaN, "7" as unknown as number, 2.5]) {
    counter.inc({ kind: "prompt" }, value);
    histogram.observe({}, value);
    gauge.set(value);
  }
  const page = await metrics.registry.metrics();
  assert.match(page, /duet_generate_odd_total\{kind="prompt"\} 3.5/);
  assert.match(page, /duet_generate_odd 2.5/);
});
