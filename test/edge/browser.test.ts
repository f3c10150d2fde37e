import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Stack, startStack } from "../support/stack.ts";

// What a browser sends and looks at, by the Fetch standard.
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ edge: { corsOrigins: ["https://shop.example"] } });
});
afterAll(() => stack.close());

const speak = () => `${stack.url}/duet.assistant.v1.AssistantService/Speak`;

function preflight(origin: string): Promise<Response> {
  return fetch(speak(), {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,connect-protocol-version,x-grpc-web,traceparent",
    },
  });
}

describe("pages of other origins", () => {
  it("may call if they are named", async () => {
    const { status, headers } = await preflight("https://shop.example");
    assert.equal(status, 204);
    assert.equal(headers.get("access-control-allow-origin"), "https://shop.example");
    assert.match(String(headers.get("access-control-allow-methods")), /POST/);
    const allowed = String(headers.get("access-control-allow-headers")).toLowerCase().split(", ");
    for (const name of [
      "content-type",
      "connect-protocol-version",
      "connect-timeout-ms",
      "x-grpc-web",
      "grpc-timeout",
      "authorization",
      "idempotency-key",
      "traceparent",
      "tracestate",
      "x-request-id",
    ])
      assert.ok(allowed.includes(name), name);
    assert.ok(Number(headers.get("access-control-max-age")) >= 3600, "is cached");

    const answer = await fetch(speak(), {
      method: "POST",
      headers: { origin: "https://shop.example", "content-type": "application/json" },
      body: '{"text":"hello from a shop"}',
    });
    assert.equal(answer.headers.get("access-control-allow-origin"), "https://shop.example");
    assert.match(String(answer.headers.get("access-control-expose-headers")).toLowerCase(), /grpc-status/);
    assert.match(String(answer.headers.get("vary")), /origin/);
    assert.match(await answer.text(), /COMPLETED/);
  });

  it("may not if they are not: the refusal names the setting", async () => {
    const answer = await preflight("https://other.example");
    assert.equal(answer.status, 403);
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
    assert.match(await answer.text(), /DUET_EDGE_CORS_ORIGINS/);
  });
});

describe("the edge says of itself", () => {
  it("that it lives, that it takes work, and what it counts", async () => {
    assert.equal(await (await fetch(`${stack.url}/healthz`)).text(), "ok\n");
    assert.equal(await (await fetch(`${stack.url}/readyz`)).text(), "ok\n");
    assert.match(await (await fetch(`${stack.url}/metrics`)).text(), /^# HELP duet_edge_turns_in_flight /m);
  });
});
