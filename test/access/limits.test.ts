import assert from "node:assert/strict";
import { Code, type ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, it, type TestContext } from "vitest";
import { type Edge, type EdgeOptions, startEdge } from "../../edge/edge.ts";
import { AssistantService, Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import {
  ErrorInfoSchema,
  QuotaFailureSchema,
  RetryInfoSchema,
} from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { storeKey } from "../../infra/stores/keys.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { openStore } from "../stores/open.ts";
import { readTurn } from "../support/events.ts";
import { startRedis } from "../support/redis.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { bearer, createKeysFile } from "./credentials.ts";

// Noon of a day that stands still: no window ends while a test runs.
const noon = Date.parse("2026-11-28T12:00:15Z");
const flicksPerSecond = 705_600_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.02 });
});
afterAll(() => stack.close());

/** An edge of its own before the services of the stack, and a customer with a key of tenant acme. */
async function startOne(context: TestContext, options: Partial<EdgeOptions>) {
  const edge: Edge = await startEdge({
    listen: { host: "127.0.0.1", port: 0 },
    generateUrl: stack.generate.url,
    synthesizeUrl: stack.synthesize.url,
    corsOrigins: [],
    instructions: "Answer briefly.",
    scripted: true,
    maxTurns: 400,
    page: async () => false,
    log: createLog({ service: "edge", level: "silent" }),
    metrics: createMetrics({ runtime: false }),
    clock: systemClock,
    unixNow: () => noon,
    ...options,
  });
  context.onTestFinished(() => edge.drain(2_000));
  const url = `http://${formatAddress(edge.address)}`;
  const client = createClient(AssistantService, createConnectTransport({ baseUrl: url, httpVersion: "1.1" }));
  return { edge, client, url };
}

/** Edges that share one Redis. */
async function startEdges(context: TestContext, count: number, options: Partial<EdgeOptions>) {
  const redis = await startRedis(context);
  const edges = [];
  for (let index = 0; index < count; index++)
    edges.push(await startOne(context, { ...options, redis: (await openStore(context, redis.url)).store }));
  const { store } = await openStore(context, redis.url);
  const audio = storeKey(["tenant", "default"], "audio", String(Math.floor(noon / 86_400_000)));
  return {
    redis,
    edges,
    /** How much audio the tenant has been sent or promised today, in flicks. */
    audioFlicks: () => store.run(async (client) => Number(await client.get(audio))),
    placesTaken: () => store.run((client) => client.zcard(storeKey(["tenant", "default"], "turns"))),
  };
}

/** Asks again and again until the answer is as it should be. */
async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (let tries = 0; !isRight(answer); tries++) {
    assert.ok(tries < 500, `still ${answer}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
    answer = await ask();
  }
  return answer;
}

async function settled(calls: Promise<unknown>[]) {
  const results = await Promise.allSettled(calls);
  const refused = results.flatMap((one) => (one.status === "rejected" ? [one.reason as ConnectError] : []));
  for (const error of refused) assert.equal(error.code, Code.ResourceExhausted, String(error));
  return { done: results.length - refused.length, refused };
}

function told(error: ConnectError) {
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return {
    reason: error.findDetails(ErrorInfoSchema)[0]?.reason,
    quota: error
      .findDetails(QuotaFailureSchema)[0]
      ?.violations.map(({ subject, description }) => [subject, description]),
    retrySeconds: delay && Number(delay.seconds),
    retryAfter: error.metadata.get("retry-after"),
  };
}

describe("over two edges on one Redis", () => {
  it("calls a minute hold to the call", async (context) => {
    const { edges } = await startEdges(context, 2, { limits: { requestsPerMinute: 300 } });
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

  it("turns at once hold to the turn, and places are given back however a turn ends", async (context) => {
    const { placesTaken, edges } = await startEdges(context, 2, { limits: { turnsAtOnce: 10 } });
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
    await eventually(placesTaken, (left) => left === 0);
    const { finished } = await readTurn(edges[0]?.client.speak({ text: "And now?" }) as never);
    assert.equal(finished.outcome, Outcome.COMPLETED);
  });

  it("audio a day is settled to the sample, and no turn is cut", async (context) => {
    const { audioFlicks, edges } = await startEdges(context, 2, { limits: { audioSecondsPerDay: 60 } });
    const text = "This is a sentence of some length, which is heard for a few seconds in all.";
    let samples = 0;
    let rate = 0;
    let refusal: ConnectError | undefined;
    for (let index = 0; refusal === undefined; index++) {
      const call = edges[index % 2]?.client.speak({ text }) as AsyncIterable<never>;
      try {
        const { pcm, started, finished } = await readTurn(call);
        assert.equal(finished.outcome, Outcome.COMPLETED);
        samples += pcm.length / 2;
        rate = started.audioFormat?.sampleRateHertz ?? 0;
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
    const { audioFlicks, edges } = await startEdges(context, 1, { limits: { audioSecondsPerDay: 1_000 } });
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
  const { redis, edges } = await startEdges(context, 2, { limits });
  await readTurn(edges[0]?.client.speak({ text: "Before." }) as never);
  await redis.kill();
  for (const { client } of edges) {
    const { done } = await settled(Array.from({ length: 40 }, () => client.listVoices({})));
    assert.equal(done, 20);
  }
});

describe("by one edge alone", () => {
  it("a key has limits of its own besides its tenant's, and a tenant those of the file", async (context) => {
    const file = createKeysFile();
    context.onTestFinished(() => file.remove());
    const [small, large, other] = file
      .write(
        ["tenant: acme, limits: { requestsPerMinute: 3 }", "tenant: acme", "tenant: other"],
        "tenants:\n  acme: { limits: { requestsPerMinute: 5 } }\n",
      )
      .map(bearer);
    const { client } = await startOne(context, {
      access: "keys",
      keys: { file: file.path },
      limits: { requestsPerMinute: 8 },
    });
    const ask = async (by: typeof small) => {
      const calls = await settled(Array.from({ length: 10 }, () => client.listVoices({}, by ?? {})));
      return [calls.done, told(calls.refused[0] as ConnectError).quota?.[0]?.[1]];
    };
    assert.deepEqual(await ask(small), [3, "3 requests a minute"]);
    assert.deepEqual(await ask(large), [2, "5 requests a minute"], "what the other key has had counts");
    assert.deepEqual(await ask(other), [8, "8 requests a minute"]);
  });

  it("what stops a turn, and what tells how it does, is never one call too many", async (context) => {
    const { client } = await startOne(context, { limits: { requestsPerMinute: 1 } });
    await client.listVoices({});
    await assert.rejects(client.listVoices({}), { code: Code.ResourceExhausted });
    for (let index = 0; index < 3; index++) {
      await client.getStatus({});
      await assert.rejects(client.interrupt({ turnId: "none" }), { code: Code.NotFound });
      await assert.rejects(client.reportPlayback({ turnId: "none", played: {} }), { code: Code.NotFound });
    }
  });

  it("a new minute is a new minute, and a new day a new day", async (context) => {
    let now = noon;
    const limits = { requestsPerMinute: 1, audioSecondsPerDay: 6 };
    const { client } = await startOne(context, { limits, unixNow: () => now });
    const speak = () => readTurn(client.speak({ text: "This is about as long as two seconds are." }));
    const refused = async (reason: string) =>
      assert.rejects(speak(), (error: ConnectError) => told(error).reason === reason);
    await speak();
    await refused("TOO_MANY_REQUESTS");
    now += 44_999;
    await refused("TOO_MANY_REQUESTS");
    now += 1;
    await refused("AUDIO_QUOTA_USED");
    now = Date.parse("2026-11-29T00:00:00Z");
    await speak();
  });

  it("a refusal is told in HTTP's words too", async (context) => {
    const { url } = await startOne(context, { limits: { requestsPerMinute: 1, turnsAtOnce: 1 } });
    const post = (rpc: string) =>
      fetch(`${url}/${AssistantService.typeName}/${rpc}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: rpc === "Speak" ? '{"text":"Yes."}' : "{}",
      });
    await (await post("ListVoices")).arrayBuffer();
    for (const rpc of ["ListVoices", "Speak"]) {
      const answer = await post(rpc);
      assert.deepEqual([answer.status, answer.headers.get("retry-after")], [429, "45"], rpc);
      const { code, details } = (await answer.json()) as { code: string; details: { type: string }[] };
      assert.equal(code, "resource_exhausted");
      assert.deepEqual(
        details.map(({ type }) => type),
        ["google.rpc.ErrorInfo", "google.rpc.QuotaFailure", "google.rpc.RetryInfo"],
      );
    }
  });
});
