import assert from "node:assert/strict";
import { test } from "vitest";
import { noTracer, readTraceContext, traceIdOf, writeTraceContext } from "./tracer.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

test("without tracing a span has its parent's place, whatever that is", () => {
  for (const parent of [{}, { traceparent: "nonsense" }, { traceparent, tracestate: "a=b" }]) {
    const span = noTracer.start("work", { kind: "server", parent });
    span.set({ a: 1 });
    span.end();
    assert.equal(span.context, parent);
  }
});

test("a place in a trace crosses headers as it is, and replaces what they said", () => {
  const headers = new Headers({ traceparent, tracestate: "a=b" });
  assert.deepEqual(readTraceContext(headers), { traceparent, tracestate: "a=b" });
  writeTraceContext(headers, { traceparent: "00-1" });
  assert.deepEqual([...headers], [["traceparent", "00-1"]]);
  assert.deepEqual(readTraceContext(new Headers()), {});
});

test("logs name a trace only by what can be the id of one", () => {
  assert.equal(traceIdOf({ traceparent }), traceId);
  for (const other of [undefined, "", "my secret", `00-${traceId}`, `${traceparent}-more`])
    assert.equal(traceIdOf(other === undefined ? {} : { traceparent: other }), undefined);
});

test("where its caller is not believed, a trace goes on unrecorded", () => {
  const start = (parent: object) => noTracer.start("work", { kind: "server", parent, believeSampled: false }).context;
  assert.deepEqual(start({ traceparent, tracestate: "a=b" }), {
    traceparent: traceparent.replace(/01$/, "00"),
    tracestate: "a=b",
  });
  for (const parent of [{}, { traceparent: "nonsense" }]) assert.deepEqual(start(parent), parent);
});
