/**
 * What the segment cache is worth before Fish-Speech 1.5.
 *
 *     node test/bench/cache.ts
 *
 * First, by a real Synthesize before one stand-in of the engine: how soon speech of a clause that was spoken before
 * leaves it after the clause is complete, inside a fresh reply. Then in virtual time, the bench's replies, as a model
 * writes them, spoken twice by three workers, ten at a time without a pause: how many clauses were at hand, how many
 * segments needed no engine, how long the engines worked, and how soon replies were heard.
 */
import { ChannelCredentials, createChannel, createClient } from "nice-grpc";
import { fishCosts } from "../../infra/cost/cost.ts";
import { exactLaw } from "../../infra/cost/law.ts";
import { createPipe } from "../../infra/stream/pipe.ts";
import { startFishTwin } from "../../infra/twins/fish/server.ts";
import {
  type DeepPartial,
  type SynthesizeRequest,
  SynthesizeServiceDefinition,
} from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { createSegmentCache } from "../../services/synthesize/cache/cache.ts";
import { createClauseCache } from "../../services/synthesize/cache/clauses.ts";
import { createMemoryTier } from "../../services/synthesize/cache/memory.ts";
import { percentile } from "../support/load.ts";
import { startProgram } from "../support/processes.ts";
import { measureTurn, type TurnFigures } from "./analyse/turn.ts";
import { calibrations } from "./calibrations.ts";
import { createListener } from "./client/listener.ts";
import { drawTurns } from "./draw.ts";
import type { TurnRecord } from "./record.ts";
import { ownReplies, readReplies } from "./replies.ts";
import type { Cell } from "./scenarios/scenario.ts";
import { closed, usualTime } from "./scenarios/usual.ts";
import { createEventClock } from "./virtual/clock.ts";
import { createDuetAnswer } from "./virtual/duet.ts";
import { createVirtualEngines } from "./virtual/engines.ts";
import { hopsOf } from "./virtual/hops.ts";
import { createLine } from "./virtual/line.ts";

const write = (line: string) => process.stdout.write(`${line}\n`);
await using cleanup = new AsyncDisposableStack();
const voice = await startFishTwin({ mode: "1.5.1", cost: fishCosts.compiled, faults: false });
cleanup.defer(() => voice.close());
const service = await startProgram("services/synthesize/main.ts", {
  DUET_FISH_URL: voice.url,
  DUET_FISH_MODE: "1.5.1",
  // A voice that each request draws anew is not kept.
  DUET_FISH_VOICES: "xiaolin",
  DUET_SYNTHESIZE_LISTEN: "127.0.0.1:0",
  DUET_SYNTHESIZE_ADMIN_LISTEN: "127.0.0.1:0",
});
cleanup.defer(() => service.stop());
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

/**
 * Milliseconds from when a clause is complete until its first audio, in a reply of which no other word was spoken
 * before.
 */
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

interface Heard {
  readonly elapsedMs: number;
  /** How long the engines worked, and how often they were asked. */
  readonly engineMs: number;
  readonly requests: number;
  readonly segments: number;
  readonly clauses: { readonly all: number; readonly found: number };
  readonly turns: readonly TurnFigures[];
}

/** Has the replies spoken `rounds` times by one deployment; gives what each round came to. */
async function speakAll(rounds: number, keeps: boolean): Promise<Heard[]> {
  const clock = createEventClock();
  const over = new AbortController();
  const engines = createVirtualEngines(calibrations.fish15, exactLaw, clock, over.signal);
  const clauses = { all: 0, found: 0 };
  const cache = createSegmentCache({ memory: createMemoryTier(2 ** 30), clock });
  const keep = (sampleRateHertz: number) =>
    createClauseCache({
      cache,
      sampleRateHertz,
      revision: () => "",
      looked(found) {
        clauses.all++;
        if (found !== undefined) clauses.found++;
      },
    });
  const hops = hopsOf("duet");
  const duet = createDuetAnswer({ engines, hops, clock, settings: {}, openings: undefined, ...(keeps && { keep }) });
  const replies = readReplies(ownReplies);
  const draw = drawTurns(cell, replies, 0);
  const line = createLine(duet, hops.callerMs, clock);

  async function round(): Promise<Heard> {
    const since = clock.now();
    const before = { clauses: { ...clauses }, work: engines.work().length };
    const queue = replies.map(draw);
    const records: TurnRecord[] = [];
    const user = async () => {
      for (let turn = queue.shift(); turn !== undefined; turn = queue.shift()) {
        const planned = { user: 0, nth: turn.nth, reply: turn.reply.id, intendedAtMs: clock.now() };
        const listener = createListener(planned, clock.now);
        await line.call(turn, listener, over.signal);
        records.push(listener.record());
      }
    };
    await Promise.all(Array.from({ length: 10 }, user));
    const work = engines
      .work()
      .slice(before.work)
      .filter(({ kind }) => kind === "speak");
    return {
      elapsedMs: clock.now() - since,
      engineMs: work.reduce((sum, { startedAtMs, endedAtMs }) => sum + endedAtMs - startedAtMs, 0),
      requests: work.length,
      segments: records.reduce((sum, { segments }) => sum + segments.length, 0),
      clauses: { all: clauses.all - before.clauses.all, found: clauses.found - before.clauses.found },
      turns: records.map(measureTurn),
    };
  }

  return clock.run(
    (async () => {
      const heard: Heard[] = [];
      for (let nth = 0; nth < rounds; nth++) heard.push(await round());
      over.abort();
      await duet.close();
      return heard;
    })(),
  );
}

/** What replies are drawn by: one after the other, round after round. */
const cell: Cell = {
  scenario: "cache",
  side: "duet",
  calibration: calibrations.fish15,
  load: closed(1),
  time: usualTime,
  repeat: 0,
  seed: 1,
  meanTokens: undefined,
  probe: undefined,
};

const [without] = (await speakAll(1, false)) as [Heard];
const [first, second] = (await speakAll(2, true)) as [Heard, Heard];
for (const [name, heard] of Object.entries({ "nothing kept": without, "first time": first, "second time": second })) {
  const { elapsedMs, engineMs, requests, segments, clauses, turns } = heard;
  const share = (part: number, of: number) => `${((100 * part) / Math.max(1, of)).toFixed(0)} %`;
  const both = (times: readonly number[]) => [0.5, 0.95].map((at) => percentile(times, at).toFixed(0)).join("/");
  write(
    `${name.padEnd(13)} ${(elapsedMs / 1000).toFixed(1)} s, engines busy for ${(engineMs / 1000).toFixed(1)} s (${share(engineMs, without.engineMs)}) ` +
      `in ${requests} requests; ${share(clauses.found, clauses.all)} of clauses at hand, ${share(segments - requests, segments)} of segments served; ` +
      `TTFA ${both(turns.map(({ ttfaMs }) => ttfaMs))} ms`,
  );
}
