import assert from "node:assert/strict";
import { test } from "vitest";
import { createRedisStore } from "../../edge/session/store/redis.ts";
import { storeKey } from "../../infra/stores/keys.ts";
import { openStore } from "../stores/open.ts";
import { readTurn } from "../support/events.ts";
import { startRedis } from "../support/redis.ts";
import { startStack } from "../support/stack.ts";
import { openEdge } from "./edges.ts";
import { cacheHits, fillSession } from "./long.ts";

const key = { tenant: "default", session: "long" };

test("of a conversation of 120,000 tokens the model is given all, and finds its beginning in its cache", async (context) => {
  const { url } = await startRedis(context);
  const { store: redis } = await openStore(context, url);
  const filled = await fillSession(createRedisStore(redis), key, 120_000);
  const stored = await redis.run((client) =>
    client.memory("USAGE", storeKey([key.tenant, key.session], "session"), "SAMPLES", 0),
  );
  assert.ok((stored ?? 0) < 1.5 * filled.bytes, `${stored} bytes in Redis for ${filled.bytes}`);

  const stack = await startStack({ timeScale: 0, vllm: { maxModelLen: 131_072 } });
  context.onTestFinished(() => stack.close());
  const { client } = await openEdge(context, stack, url);
  const ask = () => readTurn(client.converse({ text: "And now? [[say:So it is.]]", sessionId: key.session }));
  const cold = await ask();
  assert.ok((cold.finished.usage?.promptTokens ?? 0) > filled.tokens);
  assert.ok((await cacheHits(stack.vllm.url)) < 0.1 * filled.tokens);
  await ask();
  assert.ok((await cacheHits(stack.vllm.url)) > 0.99 * filled.tokens);
  const asked = stack.vllm.seen().at(-1)?.body as { messages: unknown[] } | undefined;
  assert.equal(asked?.messages.length, 1 + filled.messages + 3);
});

test("of one that is longer than the context its oldest exchanges are left out, in blocks", async (context) => {
  const { url } = await startRedis(context);
  const { store: redis } = await openStore(context, url);
  await fillSession(createRedisStore(redis), key, 40_000);
  const stack = await startStack({ timeScale: 0, vllm: { maxModelLen: 32_768 } });
  context.onTestFinished(() => stack.close());
  const { client } = await openEdge(context, stack, url);
  const ask = () => readTurn(client.converse({ text: "And now? [[say:So it is.]]", sessionId: key.session }));
  const first = await ask();
  const before = await cacheHits(stack.vllm.url);
  const { promptTokens = 0 } = (await ask()).finished.usage ?? {};
  assert.ok(promptTokens < 32_768 && promptTokens > 0.6 * 32_768, `${promptTokens} tokens`);
  const found = (await cacheHits(stack.vllm.url)) - before;
  assert.ok(found > 0.95 * (first.finished.usage?.promptTokens ?? 0), `it begins where it began before: ${found}`);
});
