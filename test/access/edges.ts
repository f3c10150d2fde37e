import assert from "node:assert/strict";
import { Code, type ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import type { TestContext } from "vitest";
import { type Edge, startEdge } from "../../edge/edge.ts";
import { AssistantService } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import type { EdgeOptions } from "../../edge/options.ts";
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
import { startRedis } from "../support/redis.ts";
import type { Stack } from "../support/stack.ts";

/** Nearly noon of a day that stands still: no window ends while a test runs. */
export const noon = Date.parse("2026-11-28T12:00:15Z");
/** An edge before the services of a stack, and a customer of it. */
export async function startOne(context: TestContext, stack: Stack, options: Partial<EdgeOptions>) {
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
export async function startEdges(context: TestContext, stack: Stack, count: number, options: Partial<EdgeOptions>) {
  const redis = await startRedis(context);
  const edges = [];
  for (let index = 0; index < count; index++)
    edges.push(await startOne(context, stack, { ...options, redis: (await openStore(context, redis.url)).store }));
  const { store } = await openStore(context, redis.url);
  const audio = storeKey(["tenant", "default"], "audio", String(Math.floor(noon / 86_400_000)));
  return {
    redis,
    edges,
    /** How much audio the tenant has been sent or promised today, in flicks. */
    audioFlicks: () => store.run(async (client) => Number(await client.get(audio))),
    slotsTaken: () => store.run((client) => client.zcard(storeKey(["tenant", "default"], "turns"))),
  };
}

/** Asks again and again until the answer is as it should be. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (let tries = 0; !isRight(answer); tries++) {
    assert.ok(tries < 500, `still ${answer}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
    answer = await ask();
  }
  return answer;
}

/** How many calls were let in, and what was said to the others. */
export async function settled(calls: Promise<unknown>[]) {
  const results = await Promise.allSettled(calls);
  const refused = results.flatMap((one) => (one.status === "rejected" ? [one.reason as ConnectError] : []));
  for (const error of refused) assert.equal(error.code, Code.ResourceExhausted, String(error));
  return { done: results.length - refused.length, refused };
}

/** What a refusal says. */
export function told(error: ConnectError) {
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
