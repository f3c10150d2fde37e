import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { createCall } from "../call.ts";
import { toMetadata } from "./metadata.ts";

const { signal } = new AbortController();
const trace = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", tracestate: "a=b" };

test("a service is told whose call it is and its trace context, and nothing else that came with it", () => {
  const headers = new Headers({ ...trace, authorization: "Bearer customer", cookie: "a=b", "duet-tenant": "acme" });
  const metadata = toMetadata(createCall({ signal, headers, inFull: true }), createVirtualClock());
  assert.deepEqual(Object.fromEntries(metadata.headers), { "duet-tenant": "default", ...trace });
  assert.equal(metadata.timeoutMs, undefined);
});

test("a service is told the person whom a token names, in ASCII, and what goes first", () => {
  const rows: [user: string | undefined, priority: number, expected: Record<string, string>][] = [
    ["ada@example.com", 0, { "duet-user": "ada%40example.com" }],
    ["auth0|42", 2, { "duet-user": "auth0%7C42", "duet-priority": "2" }],
    ["李雷\r\n", -1, { "duet-user": "%E6%9D%8E%E9%9B%B7%0D%0A", "duet-priority": "-1" }],
    ["\ud800", 0, { "duet-user": "%EF%BF%BD" }],
    [undefined, 0, {}],
  ];
  for (const [user, priority, expected] of rows) {
    const identity = { tenant: "acme", user, key: "abcdefghij", priority };
    const { headers } = toMetadata(createCall({ identity, signal }), createVirtualClock());
    assert.deepEqual(Object.fromEntries(headers), { "duet-tenant": "acme", ...expected });
  }
});

test("a call that names no trace is in none", () => {
  const metadata = toMetadata(createCall({ signal }), createVirtualClock());
  assert.deepEqual(Object.fromEntries(metadata.headers), { "duet-tenant": "default" });
});

test("a service waits a little longer than the caller, in whole milliseconds", async () => {
  const clock = createVirtualClock();
  const call = createCall({ signal, deadline: 1_000.4 });
  assert.equal(toMetadata(call, clock).timeoutMs, 1_001 + 250);
  await clock.advance(2_000);
  assert.equal(toMetadata(call, clock).timeoutMs, 250);
});

test("a time that gRPC has no room for is the longest that it has room for", () => {
  const call = createCall({ signal, deadline: 1e12 });
  assert.equal(toMetadata(call, createVirtualClock()).timeoutMs, 99_999_999);
});
