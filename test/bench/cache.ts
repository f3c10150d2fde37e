/**
 * What the segment cache is worth, by a real Synthesize before the stand-in of Fish-Speech 1.5 at its own pace.
 *
 *     node test/bench/cache.ts
 *
 * Prints how soon speech of a clause leaves Synthesize after the clause is complete, inside a fresh reply: one that was spoken before.
 * Then the bench's replies are spoken twice, ten at a time, as fast as three voices can: how many of their clauses were at
 * hand, how much speech needed no engine, and how much less the engines worked. The replies come at once instead of being written, so
 * that segments are as long as they may be; clauses that come singly, as a model writes them, are found more often.
 */
import { ChannelCredentials, createChannel, createClient } from "nice-grpc";
import { fishCosts } from "../../infra/cost/cost.ts";
import { createPipe } from "../../infra/stream/pipe.ts";
import { startFishTwin } from "../../infra/twins/fish/server.ts";
import {
  type DeepPartial,
  type SynthesizeRequest,
  SynthesizeServiceDefinition,
} from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { percentile } from "../support/load.ts";
import { startProgram } from "../support/processes.ts";
import { ownReplies, readReplies } from "./replies.ts";

const write = (line: string) => process.stdout.write(`${line}\n`);
await using cleanup = new AsyncDisposableStack();
const voices = await Promise.all(
  [1, 2, 3].map(() => startFishTwin({ mode: "1.5.1", cost: fishCosts.compiled, faults: false })),
);
for (const voice of voices) cleanup.defer(() => voice.close());
const service = await startProgram("services/synthesize/main.ts", {
  DUET_FISH_URL: voices.map(({ url }) => url).join(","),
  DUET_FISH_MODE: "1.5.1",
  // A voice that each request draws anew is not kept.
  DUET_FISH_VOICES: "xiaolin",
  DUET_SYNTHESIZE_LISTEN: "127.0.0.1:0",
  DUET_SYNTHESIZE_ADMIN_LISTEN: "127.0.0.1:0",
  DUET_SYNTHESIZE_CACHE_MAX_BYTES: String(2 ** 30),
  DUET_LOG_LEVEL: "info",
});
cleanup.defer(() => service.stop());
const admin = /"admin":"([^"]+)"/.exec(service.written)?.[1];
const channel = createChannel(new URL(service.url).host, ChannelCredentials.createInsecure());
cleanup.defer(() => channel.close());
const client = createClient(SynthesizeServiceDefinition, channel);

/** A text that is written while it is spoken. */
function begin() {
  const requests = createPipe<DeepPartial<SynthesizeRequest>>({ capacity: Number.POSITIVE_INFINITY });
  const say = (part: DeepPartial<SynthesizeRequest>["part"]) =>
    void requests.write({ part } as DeepPartial<SynthesizeRequest>);
  say({ $case: "config", value: { language: "zh" } });
  const events = client.synthesize(requests)[Symbol.asyncIterator]();
  const next = async (wanted: string) => {
    for (;;) {
      const { value, done } = await events.next();
      if (done) return;
      if (value.event?.$case === wanted) return;
    }
  };
  return {
    say: (text: string) => say({ $case: "text", value: text }),
    flush: () => say({ $case: "flush", value: {} }),
    end: () => say({ $case: "end", value: {} }),
    next,
  };
}

/** Milliseconds from when a clause is complete until its first audio, in a reply of which no other word was spoken before. */
async function timeClause(clause: string, fresh: string): Promise<number> {
  const text = begin();
  text.say(`${fresh}。`);
  text.flush();
  await text.next("segmentDone");
  const since = performance.now();
  text.say(`${clause}然后`);
  await text.next("audio");
  const tookMs = performance.now() - since;
  text.end();
  await text.next("finished");
  return tookMs;
}

const known = "好的，我马上帮您查询一下这个订单的状态。";
await timeClause(known, "先说一遍这句话让它记住");
const times: number[] = [];
for (let time = 0; time < 200; time++) times.push(await timeClause(known, `这是第${time}个新的回答`));
const [p50, p99] = [50, 99].map((p) => percentile(times, p / 100).toFixed(1));
write(`a clause that is at hand, from when it is complete to its first audio: p50 ${p50} ms, p99 ${p99} ms`);

async function readMetrics() {
  const page = await (await fetch(`http://${admin}/metrics`)).text();
  const read = (name: string) =>
    Number(new RegExp(`^${name.replace(/[{}"]/g, "\\$&")} (\\S+)$`, "m").exec(page)?.[1] ?? 0);
  return {
    found: read('duet_synthesize_cache_clauses_total{outcome="memory"}'),
    missed: read('duet_synthesize_cache_clauses_total{outcome="miss"}'),
    engine: read('duet_synthesize_engine_seconds_total{outcome="done"}'),
    cached: read('duet_synthesize_segments_total{outcome="cached"}'),
    done: read('duet_synthesize_segments_total{outcome="done"}'),
  };
}

async function speakAll(): Promise<void> {
  const queue = readReplies(ownReplies).map(({ text }) => text);
  const one = async () => {
    for (let reply = queue.shift(); reply !== undefined; reply = queue.shift()) {
      const text = begin();
      text.say(reply);
      text.end();
      await text.next("finished");
    }
  };
  await Promise.all(Array.from({ length: 10 }, one));
}

for (const time of ["first", "second"]) {
  const before = await readMetrics();
  const since = performance.now();
  await speakAll();
  const tookMs = performance.now() - since;
  const after = await readMetrics();
  const [found, missed, cached, done] = (["found", "missed", "cached", "done"] as const).map(
    (key) => after[key] - before[key],
  ) as [number, number, number, number];
  write(
    `${time} time: ${(tookMs / 1000).toFixed(1)} s, engines busy for ${(after.engine - before.engine).toFixed(1)} s; ${((100 * found) / (found + missed)).toFixed(0)} % of clauses at hand, ${((100 * cached) / (cached + done)).toFixed(0)} % of segments served`,
  );
}
