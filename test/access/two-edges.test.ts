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

it("while Redis is away each edge counts what it lets in itself, and goes on", async (context) => {
  const limits = { requestsPerMinute: 20, turnsAtOnce: 2, audioSecondsPerDay: 1_000 };
  const { redis, edges } = await startEdges(context, stack, 2, { limits });
  await readTurn(edges[0]?.client.speak({ text: "Before." }) as never);
  await redis.kill();
  for (const { client } of edges) {
    const { done } = await settled(Array.from({ length: 40 }, () => client.listVoices({})));
    assert.equal(done, 20);
  }
});
