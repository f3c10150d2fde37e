/**
 * What a long conversation costs: one of 120,000 tokens in a real Redis, asked on by a real edge with the stand-in of
 * the model at its own pace.
 *
 *     node test/bench/sessions.ts
 *
 * Prints what Redis holds, how long it takes to load, to read and to be made a prompt (the best of some), and when the
 * first text comes: of a conversation that the model has not seen, and of the same one again, whose beginning is in its
 * cache. Then the same without a session.
 *
 * Last, Redis is killed under load, three times: when the first sound of turns without a session comes while it is
 * there and while it is away, four at a time, and how long after its return a session goes on.
 */
import type { TestContext } from "vitest";
import { startEdge } from "../../edge/edge.ts";
import { toSession } from "../../edge/session/edits.ts";
import { promptOf } from "../../edge/session/prompt.ts";
import { createRedisStore } from "../../edge/session/store/redis.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { storeKey } from "../../infra/stores/keys.ts";
import { openRedis } from "../../infra/stores/redis.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { cacheHits, fillSession } from "../sessions/long.ts";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { percentile } from "../support/load.ts";
import { startRedis } from "../support/redis.ts";
import { startStack } from "../support/stack.ts";

const key = { tenant: "default", session: "long" };
const write = (line: string) => process.stdout.write(`${line}\n`);
const ends: (() => unknown)[] = [];
const context = { onTestFinished: (end: () => unknown) => ends.push(end) } as unknown as TestContext;

const redisServer = await startRedis(context, "--appendonly", "yes");
const log = createLog({ service: "edge", level: "silent" });
const redis = await openRedis({ url: redisServer.url, setting: "", log, clock: systemClock });
ends.push(() => redis.close());
const store = createRedisStore(redis);
const filled = await fillSession(store, key, 120_000);
const stored = await redis.run((client) =>
  client.memory("USAGE", storeKey([key.tenant, key.session], "session"), "SAMPLES", 0),
);
write(`${filled.messages} messages of ${filled.tokens} tokens, ${filled.bytes} bytes; in Redis ${stored} bytes`);

const [loads, prompts]: [number[], number[]] = [[], []];
for (let time = 0; time < 20; time++) {
  const begun = performance.now();
  const snapshot = await store.read(key, "all");
  loads.push(performance.now() - begun);
  const loaded = performance.now();
  promptOf(toSession(snapshot), "none");
  prompts.push(performance.now() - loaded);
}
write(`loaded in ${Math.min(...loads).toFixed(1)} ms, made a prompt in ${Math.min(...prompts).toFixed(1)} ms`);

const stack = await startStack({ timeScale: 1, fishWorkers: 4, vllm: { maxModelLen: 131_072 } });
ends.push(() => stack.close());
const edge = await startEdge({
  listen: { host: "127.0.0.1", port: 0 },
  generateUrl: stack.generate.url,
  synthesizeUrl: stack.synthesize.url,
  corsOrigins: [],
  instructions: "Answer briefly.",
  scripted: true,
  maxTurns: 10,
  page: async () => false,
  log,
  metrics: createMetrics({ runtime: false }),
  clock: systemClock,
  redis,
});
const { client, close } = createGrpcClient(`http://${formatAddress(edge.address)}`);
ends.push(async () => {
  close();
  await edge.drain(0);
});
for (const [what, sessionId] of [
  ["cold", key.session],
  ["warm", key.session],
  ["warm", key.session],
  ["without a session", ""],
] as const) {
  const before = await cacheHits(stack.vllm.url);
  const { finished } = await readTurn(client.converse({ text: "And now? [[say:So it is.]]", sessionId }));
  const { timings, usage } = finished;
  write(
    `${what}: first text after ${timings?.firstTextMs} ms, first sound after ${timings?.firstAudioMs} ms; ${usage?.promptTokens} tokens, ${(await cacheHits(stack.vllm.url)) - before} of them cached`,
  );
}

async function firstSounds(count: number): Promise<number[]> {
  const sounds: number[] = [];
  const ask = async () => {
    for (let turn = 0; turn < count / 4; turn++) {
      const { finished } = await readTurn(client.converse({ text: "[[say:Here you are. And some more.]]" }));
      sounds.push(finished.timings?.firstAudioMs ?? Number.POSITIVE_INFINITY);
    }
  };
  await Promise.all([ask(), ask(), ask(), ask()]);
  return sounds;
}

const [there, away, backs]: [number[], number[], number[]] = [[], [], []];
for (let time = 0; time < 3; time++) {
  there.push(...(await firstSounds(16)));
  await redisServer.kill();
  away.push(...(await firstSounds(16)));
  await redisServer.restart();
  const returned = performance.now();
  const isBack = () =>
    readTurn(client.converse({ text: "[[say:Yes.]]", sessionId: "other" })).then(
      () => true,
      () => false,
    );
  let asked = performance.now();
  while (!(await isBack())) asked = performance.now();
  backs.push(asked - returned);
}
const [before, during] = [percentile(there, 0.5), percentile(away, 0.5)];
write(
  `without a session, 4 at a time: first sound after ${before.toFixed(0)} ms, while Redis is away ${during.toFixed(0)} ms (${(during / before).toFixed(2)}); 90 of 100 within ${percentile(there, 0.9).toFixed(0)} and ${percentile(away, 0.9).toFixed(0)} ms`,
);
write(`a session goes on ${backs.map((ms) => ms.toFixed(0)).join(", ")} ms after Redis is back`);
for (const end of ends.reverse()) await end();
