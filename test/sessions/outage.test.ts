import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { ErrorInfoSchema, RetryInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { checkTurn, readTurn } from "../support/events.ts";
import { startRedis } from "../support/redis.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { type Client, follow, type OpenedEdge, openEdge, shownOf } from "./edges.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ fishWorkers: 4, timeScale: 0.05 });
});
afterAll(() => stack.close());

async function gauge({ metrics }: OpenedEdge, name: string): Promise<number> {
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(await metrics.registry.metrics())?.[1]);
}

/** The first sound of a turn that belongs to no session, in milliseconds; it has to be complete. */
async function firstSound(client: Client): Promise<number> {
  const { finished } = await readTurn(client.converse({ text: "[[say:Here you are. And more.]]" }));
  assert.equal(finished.outcome, Outcome.COMPLETED);
  return finished.timings?.firstAudioMs ?? assert.fail("it made no sound");
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

it("an outage of Redis is nothing to turns without a session, is told to those with one, and loses none", async (context) => {
  const redis = await startRedis(context, "--appendonly", "yes");
  const opened = await openEdge(context, stack, redis.url);
  const { client, edge } = opened;
  const before: number[] = [];
  for (let turn = 0; turn < 7; turn++) before.push(await firstSound(client));

  const running = follow(client.converse({ text: "[[tokens:150]]", sessionId: "runs" }));
  await running.has("audio");
  await redis.kill();
  const during: number[] = [];
  for (let turn = 0; turn < 7; turn++) {
    during.push(await firstSound(client));
    const asked = performance.now();
    await assert.rejects(readTurn(client.converse({ text: "One?", sessionId: "s" })), (error: ConnectError) => {
      assert.deepEqual(
        [error.code, error.findDetails(ErrorInfoSchema)[0]?.reason],
        [Code.Unavailable, "SESSIONS_AWAY"],
      );
      assert.equal(error.findDetails(RetryInfoSchema)[0]?.retryDelay?.seconds, 1n);
      assert.match(error.message, /cannot be kept at the moment.*, or ask without session_id$/);
      return true;
    });
    assert.ok(performance.now() - asked < 1_000, "it is told at once");
  }
  for (const call of [
    client.getSession({ sessionId: "s" }),
    client.listSessions({}),
    client.deleteSession({ sessionId: "s" }),
  ])
    await assert.rejects(call, (error: ConnectError) => error.code === Code.Unavailable);
  assert.equal((await client.getStatus({})).sessions?.ready, false);
  assert.equal(await running.ended, undefined);
  assert.equal(checkTurn(running.events).finished.outcome, Outcome.COMPLETED);
  await until("the turn is over", () => edge.turnCount === 0);
  assert.deepEqual(
    [await gauge(opened, "duet_edge_session_turns_waiting"), await gauge(opened, "duet_edge_session_store_up")],
    [1, 0],
  );

  await redis.restart();
  const returned = performance.now();
  let again: string | undefined;
  while (again === undefined)
    again = await readTurn(client.converse({ text: "Two? [[say:Yes.]]", sessionId: "s" })).then(
      ({ text }) => text,
      () => undefined,
    );
  expect(performance.now() - returned).toBeLessThan(2_000);
  assert.deepEqual(await shownOf(client, "s"), ["user: Two? [[say:Yes.]]", "assistant: Yes. | estimated"]);
  await expect
    .poll(() => shownOf(client, "runs"), { timeout: 5_000 })
    .toEqual(["user: [[tokens:150]]", `assistant: ${running.text} | estimated`]);
  assert.equal(await gauge(opened, "duet_edge_session_turns_lost_total"), 0);
  // On a machine that is busy a single turn says little; what it shows is that none waits for a time-out of the store.
  assert.ok(
    median(during) < 2 * median(before) + 50,
    `first sound after ${median(during)} ms, and ${median(before)} before`,
  );
});

it("a turn whose edge closes before it could be kept is told of, and counted", async (context) => {
  const redis = await startRedis(context);
  const opened = await openEdge(context, stack, redis.url);
  const turn = follow(opened.client.converse({ text: "[[tokens:400]]", sessionId: "s" }));
  await turn.has("audio");
  await redis.kill();
  await opened.edge.drain(0);
  await turn.ended;
  await expect.poll(() => gauge(opened, "duet_edge_session_turns_lost_total")).toBe(1);
});
