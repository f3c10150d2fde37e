import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { readTurn } from "../support/events.ts";
import { startRedis } from "../support/redis.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { follow, startEdgeProgram } from "./edges.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.02 });
});
afterAll(() => stack.close());

it("edges start while their Redis is away, say so, and use it once it is there", async (context) => {
  const redis = await startRedis(context);
  await redis.kill();
  const edges = await Promise.all([startEdgeProgram(stack, redis.url), startEdgeProgram(stack, redis.url)]);
  context.onTestFinished(async () => {
    for (const edge of edges) {
      edge.leave();
      await edge.stop();
    }
  });
  const [one, other] = edges as [(typeof edges)[number], (typeof edges)[number]];
  for (const { client, url, written } of edges) {
    assert.match(written, /starting without Redis: requests that need it fail until it answers/);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    assert.equal((await client.getStatus({})).sessions?.ready, false);
    assert.equal((await readTurn(client.converse({ text: "Yes?" }))).finished.outcome, Outcome.COMPLETED);
    await assert.rejects(
      readTurn(client.converse({ text: "Yes?", sessionId: "s" })),
      (error: ConnectError) => error.code === Code.Unavailable,
    );
  }

  await redis.restart();
  await expect
    .poll(
      async () => (await Promise.all(edges.map(({ client }) => client.getStatus({})))).map((it) => it.sessions?.ready),
      {
        timeout: 5_000,
      },
    )
    .toEqual([true, true]);
  // Each hears what the other tells it, though neither could listen when it started.
  const running = follow(one.client.converse({ text: "[[tokens:2000]]", sessionId: "s" }));
  await running.has("audio");
  await readTurn(other.client.converse({ text: "[[say:Stop.]]", sessionId: "s" }));
  assert.equal(await running.ended, undefined);
  const { event } = running.events.at(-1) ?? {};
  assert.equal(event?.case === "finished" && event.value.outcome, Outcome.INTERRUPTED);
});
