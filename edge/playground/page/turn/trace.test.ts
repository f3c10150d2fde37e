import assert from "node:assert/strict";
import { test } from "vitest";
import { sampledTraceOf } from "../../../../infra/telemetry/tracer.ts";
import { newTrace } from "./trace.ts";

test("each question begins a trace of its own, in the form of W3C Trace Context", () => {
  const traces = Array.from({ length: 100 }, () => sampledTraceOf(newTrace()));
  assert.ok(!traces.includes(undefined));
  assert.equal(new Set(traces).size, 100);
});
