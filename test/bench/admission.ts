/**
 * What admission does under more load than the engine can write: real sockets, the vLLM stand-in's cost model, open
 * loop.
 *
 *   node test/bench/admission.ts [slow]
 *
 * All clocks run `slow` times slower than the wall's (default 4), so that a busy machine adds little; figures are in
 * the slowed time. About four minutes at 4.
 *
 * 1. A fixed limit of 64, 300 streams at 50 a second: 99th percentile of the first tokens, next to that of the same
 *    gate in front of the cost model in virtual time.
 * 2. The limit that learns, 1500 streams: when it has settled, its tail and goodput next to the best fixed limit's.
 * 3. Two servers, 300 streams, one killed in the middle: whose streams fail.
 */

import { createChannel, createClientFactory } from "nice-grpc";
import { type Clock, systemClock } from "../../infra/clock/clock.ts";
import { vllmCosts } from "../../infra/cost/cost.ts";
import { createLog } from "../../infra/log/log.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { tokenize } from "../../infra/twins/vllm/batch/tokens.ts";
import { startVllmTwin, type VllmTwin } from "../../infra/twins/vllm/server.ts";
import { startServer } from "../../services/common/server/server.ts";
import { GenerateServiceDefinition, Role } from "../../services/gen/duet/generate/v1/generate.ts";
import { createEngine } from "../../services/generate/engine.ts";
import { createVllm } from "../../services/generate/engines/openai/server.ts";
import { createGenerateService } from "../../services/generate/service.ts";
import { promptTokens, simulate } from "../generate/simulate.ts";
import { firstTokens, goodput, type OpenLoad, type Outcome, offer, percentile } from "../support/load.ts";

const slow = Number(process.argv[2] ?? 4);
const clock: Clock = {
  now: () => systemClock.now() / slow,
  after: (delayMs, wake) => systemClock.after(delayMs * slow, wake),
};
const ttftSloMs = 200;
const loopback = { host: "127.0.0.1", port: 0 };
const write = (line: string) => process.stdout.write(`${line}\n`);
const ms = (value: number) => `${value.toFixed(0)} ms`;

/** Twins, the service in front of them, and a client. */
async function start(twinCount: number, admission: { ttftSloMs: number; maxInFlight: number; queueTimeoutMs: number }) {
  const twins = await Promise.all(
    Array.from({ length: twinCount }, (_, seed) => startVllmTwin({ clock, cost: vllmCosts.tp1, seed: seed + 1 })),
  );
  const metrics = createMetrics({ runtime: false });
  const log = createLog({ service: "generate", level: "silent" });
  const limits = { firstTokenTimeoutMs: 30_000, stallTimeoutMs: 10_000, clock };
  const engine = createEngine({
    servers: twins.map(({ url }) => createVllm({ url, apiKey: undefined, model: undefined, ...limits })),
    plan: undefined,
    maxQueued: 64,
    metrics,
    log,
    ...limits,
    ...admission,
  });
  const server = await startServer({
    name: "generate",
    definition: GenerateServiceDefinition,
    implementation: createGenerateService({ engine, maxTokens: 512, metrics, clock }),
    listen: { address: loopback, setting: "DUET_GENERATE_LISTEN" },
    adminListen: { address: loopback, setting: "DUET_GENERATE_ADMIN_LISTEN" },
    metrics,
    log,
    clock,
    notReady: engine.notReady,
    drainTimeoutMs: 1000,
  });
  const channel = createChannel(formatAddress(server.address));
  const client = createClientFactory().create(GenerateServiceDefinition, channel);
  return {
    twins,
    client,
    async stop() {
      channel.close();
      await server.close();
      await engine.close();
      await Promise.all(twins.map((twin) => twin.close()));
    },
  };
}

/** A question of `promptTokens` tokens that begins as no other does, answered with `tokens` tokens. */
function question(nth: number, tokens: number): string {
  const marks = `${nth} [[tokens:${Math.max(1, tokens - 1)}]]`;
  // The chat template adds eight tokens around one message.
  return marks + " river".repeat(Math.max(0, promptTokens - 8 - tokenize(marks).length));
}

type Started = Awaited<ReturnType<typeof start>>;

function run({ client }: Started, load: OpenLoad): Promise<Outcome[]> {
  return offer(load, clock, async (nth, tokens, spoke) => {
    const messages = [{ role: Role.USER, content: question(nth, tokens) }];
    for await (const { event } of client.generate({ messages, requestId: `r${nth}` }))
      if (event?.$case === "delta") spoke();
  });
}

function tell(what: string, outcomes: readonly Outcome[], from = 0): void {
  const ends = (end: Outcome["end"]) => outcomes.filter((outcome) => outcome.end === end);
  const refusals = ends("refused").map(({ tookMs }) => tookMs * slow);
  const first = firstTokens(outcomes, from);
  write(
    `${what}: first token p50 ${ms(percentile(first, 0.5))}, p99 ${ms(percentile(first, 0.99))}; ${ends("finished").length} finished, ` +
      `${ends("refused").length} refused (p99 after ${refusals.length > 0 ? ms(percentile(refusals, 0.99)) : "-"} of the wall's clock), ${ends("failed").length} failed`,
  );
}

async function fixedLimit(): Promise<void> {
  const load = { perSecond: 50, count: 300, seed: 1 };
  const admission = { ttftSloMs: 0, maxInFlight: 64, queueTimeoutMs: 100 };
  const house = await start(1, admission);
  const outcomes = await run(house, load);
  await house.stop();
  const model = await simulate(vllmCosts.tp1, load, admission);
  const [real, modelled] = [outcomes, model.outcomes].map((one) => percentile(firstTokens(one), 0.99)) as [
    number,
    number,
  ];
  tell("fixed limit 64, 300 streams", outcomes);
  tell("the same in the cost model", model.outcomes);
  write(`  p99 is ${(real / modelled).toFixed(2)} of the cost model's (at most 1.25)`);
}

async function learningLimit(): Promise<void> {
  const load = { perSecond: 50, count: 1500, seed: 1 };
  const [from, to] = [10_000, 30_000];
  const house = await start(1, { ttftSloMs, maxInFlight: 256, queueTimeoutMs: 500 });
  const limits: string[] = [];
  const watch = setInterval(async () => {
    const { admission } = await house.client.getEngine({});
    limits.push(String(admission?.limit));
  }, 2000 * slow);
  const outcomes = await run(house, load);
  clearInterval(watch);
  await house.stop();
  tell("learning limit, 1500 streams, from the tenth second on", outcomes, from);
  write(`  limit every two seconds: ${limits.join(" ")}`);
  let best = { goodput: 0, limit: 0 };
  for (const maxInFlight of [48, 64, 80, 96, 112, 128]) {
    const fixed = await simulate(vllmCosts.tp1, load, { ttftSloMs: 0, maxInFlight, queueTimeoutMs: 100 });
    const reached = goodput(fixed.outcomes, ttftSloMs, from, to);
    const keeps = percentile(firstTokens(fixed.outcomes, from), 0.99) <= ttftSloMs;
    if (keeps && reached > best.goodput) best = { goodput: reached, limit: maxInFlight };
  }
  const reached = goodput(outcomes, ttftSloMs, from, to);
  write(
    `  goodput ${reached.toFixed(1)} a second, ${((100 * reached) / best.goodput).toFixed(0)} % of the best fixed limit's that keeps ` +
      `${ms(ttftSloMs)} in the cost model (${best.goodput.toFixed(1)} at ${best.limit}; at least 90 %)`,
  );
}

async function killOne(): Promise<void> {
  const house = await start(2, { ttftSloMs, maxInFlight: 256, queueTimeoutMs: 500 });
  const load = { perSecond: 50, count: 300, seed: 2 };
  const [victim] = house.twins as [VllmTwin];
  let speaking = 0;
  const kill = clock.after(3000, () => {
    speaking = victim.seen().filter(({ state, tokens }) => state === "running" && tokens > 0).length;
    void victim.close();
  });
  const outcomes = await run(house, load);
  kill();
  await house.stop();
  const failed = outcomes.filter(({ end }) => end === "failed");
  tell("two servers, one killed in the third second", outcomes);
  write(
    `  ${failed.length} failed, ${failed.filter(({ ttftMs }) => ttftMs === undefined).length} of them without a word before; ${speaking} were being spoken on it`,
  );
}

for (const part of [fixedLimit, learningLimit, killOne]) await part();
