import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { eventually, settled, startEdges, told } from "./edges.ts";

const flicksPerSecond = 705_600_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.02 });
});
afterAll(() => stack.close());

describe("over two edges on one Redis", () => {
  it("calls a minute hold to the call", async (context) => {
    const { edges } = await startEdges(context, stack, 2, { limits: { requestsPerMinute: 300 } });
    const calls = Array.from(
      { length: 600 },
      (_, index) => edges[index % 2]?.client.listSessions({}) as Promise<unknown>,
    );
    const { done, refused } = await settled(calls);
    assert.equal(done, 300);
    assert.deepEqual(told(refused[0] as ConnectError), {
      reason: "TOO_MANY_REQUESTS",
      quota: [["tenant default", "300 requests a minute"]],
      retrySeconds: 45,
      retryAfter: "45",
    });
  });

  it("turns at once hold to the turn, and slots are given back however a turn ends", async (context) => {
    const { slotsTaken, edges } = await startEdges(context, stack, 2, { limits: { turnsAtOnce: 10 } });
    const running = () => edges.reduce((sum, { edge }) => sum + edge.turnCount, 0);
    const leaving = new AbortController();
    const long = { text: "[[tokens:2000]]" };
    const read = (index: number) =>
      Array.fromAsync(edges[index % 2]?.client.converse(long, { signal: leaving.signal }) as AsyncIterable<unknown>);
    const calls = Array.from({ length: 40 }, (_, index) => read(index).catch((error: ConnectError) => error));
    let most = 0;
    await until("ten run", () => {
      most = Math.max(most, running());
      return most >= 10;
    });
    const refused = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        read(index).then(
          () => assert.fail(),
          (error: ConnectError) => error,
        ),
      ),
    );
    assert.equal(running(), 10);
    assert.deepEqual(told(refused[0] as ConnectError), {
      reason: "TOO_MANY_TURNS_OF_TENANT",
      quota: [["tenant default", "10 turns at once"]],
      retrySeconds: 1,
      retryAfter: "1",
    });
    leaving.abort();
    await Promise.all(calls);
    await eventually(slotsTaken, (left) => left === 0);
    const { finished } = await readTurn(edges[0]?.client.speak({ text: "And now?" }) as never);
    assert.equal(finished.outcome, Outcome.COMPLETED);
  });

  it("audio a day is settled to the sample, and no turn is cut", async (context) => {
    const { audioFlicks, edges } = await startEdges(context, stack, 2, { limits: { audioSecondsPerDay: 60 } });
    const text = "This is a sentence of some length, which is heard for a few seconds in all.";
    // Longer than what was reserved for it.
    const long = await readTurn(edges[0]?.client.converse({ text: `[[say:${text.repeat(3)}]]` }) as never);
    const rate = long.started.audioFormat?.sampleRateHertz ?? 0;
    let samples = long.pcm.length / 2;
    assert.ok(samples > 10 * rate);
    assert.equal(await audioFlicks(), (samples * flicksPerSecond) / rate);
    let refusal: ConnectError | undefined;
    for (let index = 0; refusal === undefined; index++) {
      const call = edges[index % 2]?.client.speak({ text }) as AsyncIterable<never>;
      try {
        const { pcm, finished } = await readTurn(call);
        assert.equal(finished.outcome, Outcome.COMPLETED);
        samples += pcm.length / 2;
      } catch (error) {
        refusal = error as ConnectError;
      }
    }
    assert.equal(await audioFlicks(), (samples * flicksPerSecond) / rate);
    const seconds = samples / rate;
    assert.ok(seconds > 50 && seconds <= 60, `${seconds} s`);
    assert.deepEqual(told(refusal), {
      reason: "AUDIO_QUOTA_USED",
      quota: [["tenant default", "60 seconds of audio a day"]],
      retrySeconds: 43_185,
      retryAfter: "43185",
    });
  });

  it("audio of a turn whose caller leaves is settled with what was sent, and one that failed costs nothing", async (context) => {
    const { audioFlicks, edges } = await startEdges(context, stack, 1, { limits: { audioSecondsPerDay: 1_000 } });
    const { client } = edges[0] as (typeof edges)[number];
    await assert.rejects(readTurn(client.speak({ text: "Hello.", voice: "no such voice" })), { code: Code.NotFound });
    assert.equal(await audioFlicks(), 0);

    const leaving = new AbortController();
    const story = "[[tokens:2000]]";
    await assert.rejects(async () => {
      for await (const { event } of client.converse({ text: story }, { signal: leaving.signal }))
        if (event.case === "audio") leaving.abort();
    });
    const reserved = 10 * flicksPerSecond;
    const flicks = await eventually(audioFlicks, (flicks) => flicks !== 0 && flicks !== reserved);
    assert.equal(flicks % (flicksPerSecond / 44_100), 0, "whole samples");
  });
});

describe("while Redis is away", () => {
  const letIn = async ({ client }: { client: Client }, calls: number) =>
    (await settled(Array.from({ length: calls }, () => client.listVoices({})))).done;
  type Client = Awaited<ReturnType<typeof startEdges>>["edges"][number]["client"];

  it("each edge has its share of what is left, and Redis is told when it is back", async (context) => {
    const { redis, edges } = await startEdges(context, stack, 2, { limits: { requestsPerMinute: 40 } });
    const [one, other] = edges as [(typeof edges)[number], (typeof edges)[number]];
    assert.deepEqual([await letIn(one, 6), await letIn(other, 4)], [6, 4]);
    await redis.kill();
    // The first knew of 6 when it was asked last, the second of 10.
    assert.deepEqual([await letIn(one, 40), await letIn(other, 40)], [17, 15]);
  });

  it("what an edge has let in meanwhile counts for all when Redis is back", async (context) => {
    const limits = { requestsPerMinute: 40 };
    const { redis, edges } = await startEdges(context, stack, 2, { limits });
    const [one, other] = edges as [(typeof edges)[number], (typeof edges)[number]];
    await redis.kill();
    assert.equal(await letIn(one, 12), 12);
    await redis.restart();
    await eventually(
      async () =>
        (await one.client.getStatus({})).sessions?.ready === true && (await other.client.getStatus({})).sessions?.ready,
      (ready) => ready === true,
    );
    assert.equal(await letIn(one, 1), 1);
    assert.equal(await letIn(other, 40), 27);
  });

  it("audio and turns are shared alike", async (context) => {
    const limits = { turnsAtOnce: 5, audioSecondsPerDay: 60 };
    const { redis, edges } = await startEdges(context, stack, 2, { limits });
    const text = "This is a sentence of some length, which is heard for a few seconds in all.";
    const speak = (client: Client) => readTurn(client.speak({ text })).then(({ pcm }) => pcm.length / 2 / 44_100);
    let before = 0;
    for (const { client } of [...edges, ...edges]) before += await speak(client);
    await redis.kill();
    let meanwhile = 0;
    for (const { client } of edges)
      for (;;) {
        const seconds = await speak(client).catch((error: ConnectError) => told(error).reason);
        if (typeof seconds !== "number") {
          assert.equal(seconds, "AUDIO_QUOTA_USED");
          break;
        }
        meanwhile += seconds;
      }
    assert.ok(before + meanwhile <= 60 && before + meanwhile > 42, `${before} s and ${meanwhile} s`);

    const leaving = new AbortController();
    const { signal } = leaving;
    const free = await startEdges(context, stack, 2, { limits: { turnsAtOnce: 5 } });
    await readTurn(free.edges[0]?.client.speak({ text: "Before." }) as never);
    await free.redis.kill();
    const refused: unknown[] = [];
    const calls = [...free.edges, ...free.edges, ...free.edges, ...free.edges].map(({ client }) =>
      Array.fromAsync(client.converse({ text: "[[tokens:2000]]" }, { signal })).catch(
        (error: ConnectError) => signal.aborted || refused.push(told(error).reason),
      ),
    );
    await until("four are refused", () => refused.length === 4);
    assert.deepEqual(
      [refused, free.edges.map(({ edge }) => edge.turnCount)],
      [Array(4).fill("TOO_MANY_TURNS_OF_TENANT"), [2, 2]],
    );
    leaving.abort();
    await Promise.all(calls);
  });
});

it("a short answer is let in though less is left than answers usually have", async (context) => {
  const { audioFlicks, edges } = await startEdges(context, stack, 1, { limits: { audioSecondsPerDay: 4 } });
  const [{ client }] = edges as [(typeof edges)[number]];
  const ask = (maxTokens: number) => readTurn(client.converse({ text: "[[say:Yes.]]", generation: { maxTokens } }));
  await assert.rejects(ask(20), (error: ConnectError) => told(error).reason === "AUDIO_QUOTA_USED");
  const { pcm, started } = await ask(8);
  const rate = started.audioFormat?.sampleRateHertz ?? 0;
  assert.equal(await audioFlicks(), ((pcm.length / 2) * flicksPerSecond) / rate);
});
