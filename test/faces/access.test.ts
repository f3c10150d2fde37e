import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { bearer, createKeysFile } from "../access/credentials.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { post, readError } from "./ask.ts";

const file = createKeysFile();
const headersOf = file
  .write([
    "tenant: acme",
    "tenant: acme, scopes: [speak]",
    "tenant: small, limits: { requestsPerMinute: 3 }",
    "tenant: quiet, limits: { requestsPerMinute: 100, audioSecondsPerDay: 1 }",
  ])
  .map((key) => bearer(key).headers);
const [whole = {}, speaker = {}, limited = {}, quiet = {}]: Headers[] = headersOf;

type Headers = Record<string, string>;
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    timeScale: 0,
    edge: { access: "keys", keys: { file: file.path }, corsOrigins: ["https://shop.example"] },
  });
});
afterAll(async () => {
  await stack.close();
  file.remove();
});

const speak = (headers: Headers, input = "Yes.") =>
  post(`${stack.url}/v1/audio/speech`, { model: "tts-1", input, voice: "alloy" }, headers);
const chat = (headers: Headers) =>
  post(
    `${stack.url}/v1/chat/completions`,
    { model: "duet", messages: [{ role: "user", content: "[[say:Yes.]]" }] },
    headers,
  );

describe("rights are those of the RPCs", () => {
  const rows: [name: string, ask: () => Promise<Response>, status: number, code: string][] = [
    ["no key", () => speak({}), 401, "invalid_api_key"],
    ["a key that is none", () => chat({ authorization: "Bearer sk-none" }), 401, "invalid_api_key"],
    ["a key that may only speak", () => chat(speaker), 403, "scope_missing"],
    ["no key, for the list of models", () => fetch(`${stack.url}/v1/models`), 401, "invalid_api_key"],
    ["a header that only the edge sends", () => speak({ ...whole, "duet-tenant": "evil" }), 400, "invalid_header"],
  ];
  for (const [name, ask, status, code] of rows)
    it(name, async () => {
      const response = await ask();
      assert.deepEqual([response.status, (await readError(response)).code], [status, code]);
      assert.equal(response.headers.get("x-should-retry"), "false");
    });

  it("a right key may, and what is at the root needs none", async () => {
    for (const response of [await speak(whole), await chat(whole), await speak(speaker)]) {
      assert.equal(response.status, 200);
      await response.arrayBuffer();
    }
    assert.equal((await fetch(`${stack.url}/v1/`)).status, 200);
  });
});

it("who is held to a number of requests is told how many are left, and then when to try again", async () => {
  const left: (string | null)[] = [];
  for (let i = 0; i < 3; i++) {
    const response = await speak(limited);
    await response.arrayBuffer();
    assert.equal(response.headers.get("x-ratelimit-limit-requests"), "3");
    assert.match(response.headers.get("x-ratelimit-reset-requests") ?? "", /^\d+ms$/);
    left.push(response.headers.get("x-ratelimit-remaining-requests"));
  }
  assert.deepEqual(left, ["2", "1", "0"]);
  const refused = await speak(limited);
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after-ms")) > 0);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  assert.equal(refused.headers.get("x-should-retry"), "true");
  assert.equal(refused.headers.get("x-ratelimit-limit-requests"), "3");
  assert.equal(refused.headers.get("x-ratelimit-remaining-requests"), "0");
  assert.match(refused.headers.get("x-ratelimit-reset-requests") ?? "", /^\d+ms$/);
  assert.equal((await readError(refused)).code, "rate_limit_exceeded");
});

it("who has heard as much as they may today is told so, and that requests are not what is used up", async () => {
  const before = stack.fish[0]?.seen().length;
  for (const [left, refused] of [
    ["99", await speak(quiet, "This is about as long as two seconds are.")],
    ["98", await speak(quiet, "And so is this, of which nobody hears a word.")],
  ] as const) {
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get("x-should-retry"), "false", "a day is too long to wait for");
    assert.ok(Number(refused.headers.get("retry-after")) >= 1);
    assert.equal(refused.headers.get("x-ratelimit-limit-requests"), "100");
    assert.equal(refused.headers.get("x-ratelimit-remaining-requests"), left);
    const { type, code } = await readError(refused);
    assert.deepEqual([type, code], ["insufficient_quota", "insufficient_quota"]);
  }
  assert.equal(stack.fish[0]?.seen().length, before, "no engine works for it");
});

it("a page of a named origin may call with whatever headers its client sends", async () => {
  const asked = { origin: "https://shop.example", "access-control-request-method": "POST" };
  const headers = { ...asked, "access-control-request-headers": "authorization,x-stainless-lang" };
  const preflight = await fetch(`${stack.url}/v1/audio/speech`, { method: "OPTIONS", headers });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get("access-control-allow-origin"), "https://shop.example");
  const allowed = preflight.headers.get("access-control-allow-headers")?.split(", ") ?? [];
  for (const name of headers["access-control-request-headers"].split(",")) assert.ok(allowed.includes(name), name);
  assert.ok(!allowed.includes("x-other"));
});
