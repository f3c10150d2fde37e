import assert from "node:assert/strict";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import type { Log } from "../../infra/log/log.ts";
import { type Stack, startStack } from "../support/stack.ts";

const warned: [fields: Record<string, unknown>, message: string][] = [];
const log = {
  debug() {},
  info() {},
  error() {},
  warn: (...line: [Record<string, unknown>, string]) => void warned.push(line),
} as unknown as Log;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    edge: {
      corsOrigins: ["https://shop.example", "http://localhost:5173"],
      publicUrl: "https://voice.example/duet",
      allowedHosts: ["duet.internal"],
      async page(path, response) {
        if (path === "/") response.end("the page");
        return path === "/";
      },
      log,
    },
  });
});
afterAll(() => stack.close());
beforeEach(() => {
  warned.length = 0;
});

const speak = "/duet.assistant.v1.AssistantService/Speak";

/** Asks with headers that fetch would not let through. */
async function ask(path: string, headers: Record<string, string>, body?: string) {
  const method = body === undefined ? "GET" : "POST";
  const sent = { ...(body !== undefined && { "content-type": "application/json" }), ...headers };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest(stack.url + path, { method, headers: sent, agent: false }, resolve);
    request.on("error", reject).end(body);
  });
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const here = () => new URL(stack.url).host;
const port = () => new URL(stack.url).port;

describe("a host that is the edge's is served, and no other (DNS rebinding)", () => {
  const rows: readonly (readonly [host: string, served: boolean])[] = [
    ["localhost", true],
    ["localhost:PORT", true],
    ["LOCALHOST:PORT", true],
    ["duet.localhost:PORT", true],
    ["127.0.0.1:PORT", true],
    ["127.0.0.1:1", true],
    ["[::1]:PORT", true],
    ["voice.example", true],
    ["voice.example:443", true],
    ["VOICE.example.", true],
    ["duet.internal:PORT", true],
    ["evil.example", false],
    ["evil.example:PORT", false],
    ["localhost.evil.example:PORT", false],
    ["127.0.0.1.evil.example:PORT", false],
    ["voice.example.evil.example", false],
    ["evil-voice.example", false],
    ["10.1.2.3:PORT", false],
    ["[fd00::7]:PORT", false],
    ["example", false],
  ];
  for (const [written, served] of rows)
    it(`${written}: ${served ? "served" : "refused"}`, async () => {
      const host = written.replace("PORT", port());
      for (const [path, body] of [
        ["/", undefined],
        ["/healthz", undefined],
        ["/readyz", undefined],
        [speak, '{"text":"hello"}'],
      ] as const) {
        const answer = await ask(path, { host }, body);
        assert.equal(answer.status === 403, !served, `${path}: ${answer.status}`);
        if (served) continue;
        assert.match(answer.body, /HOST_NOT_SERVED/);
        assert.doesNotMatch(answer.body, /DUET_/);
      }
      assert.equal(warned.length, served ? 0 : 1, "told once");
      if (!served) assert.match(warned[0]?.[1] ?? "", /DUET_EDGE_PUBLIC_URL.*DUET_EDGE_ALLOWED_HOSTS/);
      assert.equal(stack.edge.turnCount, 0);
    });

  it("over HTTP/2", async (t) => {
    const session = connectHttp2(stack.url);
    t.onTestFinished(() => session.close());
    const ask = (authority: string) =>
      new Promise((resolve, reject) => {
        const stream = session.request({ ":path": "/", ":authority": authority });
        stream
          .on("response", (head) => resolve(head[":status"]))
          .on("error", reject)
          .resume();
      });
    assert.deepEqual([await ask(here()), await ask("evil.example")], [200, 403]);
  });
});

describe("a page that may call is let in, and of another nothing runs", () => {
  const rows: readonly (readonly [origin: string, host: string, served: boolean])[] = [
    ["http://localhost:PORT", "localhost:PORT", true],
    ["http://127.0.0.1:PORT", "127.0.0.1:PORT", true],
    ["https://localhost", "localhost", true],
    ["https://voice.example", "127.0.0.1:PORT", true],
    ["https://voice.example", "voice.example", true],
    ["https://duet.internal", "duet.internal", true],
    ["https://shop.example", "localhost:PORT", true],
    ["https://SHOP.example:443", "localhost:PORT", true],
    ["http://localhost:5173", "localhost:PORT", true],
    ["http://shop.example", "localhost:PORT", false],
    ["https://shop.example:8443", "localhost:PORT", false],
    ["https://shop.example.evil.example", "localhost:PORT", false],
    ["https://sub.shop.example", "localhost:PORT", false],
    ["http://voice.example", "127.0.0.1:PORT", false],
    ["http://localhost", "localhost:PORT", false],
    ["http://localhost:1", "localhost:PORT", false],
    ["http://127.0.0.1:PORT", "localhost:PORT", false],
    ["https://evil.example", "localhost:PORT", false],
    ["chrome-extension://abc", "localhost:PORT", false],
    ["null", "localhost:PORT", false],
    ["evil", "localhost:PORT", false],
  ];
  for (const [writtenOrigin, writtenHost, served] of rows)
    it(`${writtenOrigin} of ${writtenHost}: ${served ? "served" : "refused"}`, async () => {
      const [origin, host] = [writtenOrigin, writtenHost].map((text) => text.replace("PORT", port())) as [
        string,
        string,
      ];
      for (let twice = 0; twice < 2; twice++) {
        const answer = await ask(speak, { host, origin }, '{"text":"hello"}');
        assert.equal(answer.status, served ? 200 : 403);
        assert.equal(answer.headers["access-control-allow-origin"], served ? origin : undefined);
        if (served) continue;
        assert.doesNotMatch(answer.body, /started/);
        const { details } = JSON.parse(answer.body) as { details: { debug: { reason: string } }[] };
        assert.equal(details[0]?.debug.reason, "ORIGIN_NOT_ALLOWED");
      }
      assert.equal(warned.length, served ? 0 : 1, "told once");
      if (!served)
        assert.deepEqual([warned[0]?.[0].origin, /DUET_EDGE_CORS_ORIGINS/.test(warned[0]?.[1] ?? "")], [origin, true]);
    });

  it("however many there are, the log stays short", async () => {
    for (let count = 0; count < 100; count++)
      await ask("/", { origin: `https://evil-${count}.example${"x".repeat(500)}` });
    assert.ok(warned.length <= 65, String(warned.length));
    assert.ok(JSON.stringify(warned[0]).length < 600);
  });
});

it("a proxy that is not trusted is told of once, with the setting", async () => {
  for (let times = 0; times < 3; times++) await ask(speak, { via: "1.1 proxy" }, '{"text":"Hi."}');
  const told = warned.filter(([fields]) => "proxy" in fields);
  assert.deepEqual(
    told.map(([fields]) => fields),
    [{ proxy: "127.0.0.1" }],
  );
  assert.match(told[0]?.[1] ?? "", /DUET_EDGE_TRUSTED_PROXIES/);
});
