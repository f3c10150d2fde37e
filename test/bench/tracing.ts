/**
 * What tracing costs, off, on, and on for one trace in a hundred: CPU time of edge, Generate and Synthesize for each
 * text delta and for each turn; its own code alone; and the start of a process.
 *
 *     node test/bench/tracing.ts
 *
 * Whole turns of 20 and of 400 deltas run through all three processes, a collector takes the spans. The answer is of
 * marks that nobody speaks, so that text is all there is to pass on. What 380 more deltas cost, divided by 380, is the
 * cost of a delta; what is left of the short turn is that of a turn. CPU time is the kernel's, of all threads (Linux);
 * the modes take turns, and the ratios are of rounds that lay side by side: medians, and the quartiles beside them.
 * What is less than the noise of a busy machine shows in the last but one table: the stages that tracing adds, alone in
 * one process, around streams that do nothing.
 */

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createContextValues, type Interceptor } from "@connectrpc/connect";
import { traceServices } from "../../edge/hosts/service-spans.ts";
import { traceCalls } from "../../edge/rpc/call-spans.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { startTracing } from "../../infra/telemetry/tracing.ts";
import { withSpans } from "../../services/generate/layers/spans.ts";
import { type Program, startProgram } from "../support/processes.ts";
import { startCollector } from "../tracing/collector.ts";
import { startHouse, type TracedHouse } from "../tracing/house.ts";

const rounds = 15;
const startRounds = 7;
const turnsAtOnce = 12;
const streamed = 200_000;
const [short, long] = [20, 400];
const processes = ["edge", "generate", "synthesize"] as const;
// The model writes a token in about 3 ms: each is passed on alone, and CPU time does not depend on the pace.
const timeScale = 0.1;

const collector = await startCollector();
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
const modes: Record<string, Record<string, string>> = {
  off: {},
  on: endpoint,
  "1 in 100": { ...endpoint, OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: "0.01" },
};

const write = (line = "") => process.stdout.write(`${line}\n`);
const middle = (values: readonly number[]) => quantile(values, 0.5);
const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] as number;
const micros = (value: number) => value.toFixed(1).padStart(8);

/** CPU time of a process so far, in microseconds. */
function cpuMicros({ pid }: Program): number {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
    const [nanos] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ");
    return sum + Number(nanos) / 1000;
  }, 0);
}

/** CPU time that each process takes for a turn, and how many deltas came in one. */
async function run(house: TracedHouse, tokens: number) {
  const before = processes.map((name) => cpuMicros(house[name]));
  let deltas = 0;
  const turn = async () => {
    const signal = new AbortController().signal;
    const text = `[[say:${"— ".repeat(tokens)}]]`;
    for await (const { event } of house.customer.converse({ text }, { signal }))
      if (event.case === "textDelta") deltas++;
  };
  await Promise.all(Array.from({ length: turnsAtOnce }, turn));
  // What is done after a turn, such as sending spans, belongs to it.
  await sleep(300);
  const cpu = processes.map((name, i) => (cpuMicros(house[name]) - (before[i] as number)) / turnsAtOnce);
  return { cpu, deltas: deltas / turnsAtOnce };
}

interface Cost {
  /** Of each process, in microseconds. */
  readonly delta: number[];
  readonly turn: number[];
}

async function measure(house: TracedHouse): Promise<Cost> {
  const few = await run(house, short);
  const many = await run(house, long);
  const delta = processes.map(
    (_, i) => ((many.cpu[i] as number) - (few.cpu[i] as number)) / (many.deltas - few.deltas),
  );
  return { delta, turn: delta.map((cost, i) => (few.cpu[i] as number) - cost * few.deltas) };
}

const sum = (costs: number[]) => costs.reduce((all, cost) => all + cost, 0);

// Nothing is spoken, so that Synthesize would never learn how many turns the voice carries.
const settings = { OTEL_BSP_SCHEDULE_DELAY: "200", DUET_SYNTHESIZE_MAX_SESSIONS: String(turnsAtOnce) };
const houses: Record<string, TracedHouse> = {};
for (const [mode, otel] of Object.entries(modes)) houses[mode] = await startHouse({ ...otel, ...settings }, timeScale);
const costs: Record<string, Cost[]> = Object.fromEntries(Object.keys(modes).map((mode) => [mode, []]));
for (let round = -2; round < rounds; round++)
  for (const mode of Object.keys(modes).sort(() => Math.random() - 0.5)) {
    const cost = await measure(houses[mode] as TracedHouse);
    if (round >= 0) costs[mode]?.push(cost);
  }
for (const house of Object.values(houses)) await house.close();

for (const what of ["delta", "turn"] as const) {
  write(`CPU µs for each ${what}`);
  write(`${"tracing".padEnd(10)}${processes.map((name) => name.padStart(12)).join("")}         sum    ratio to off`);
  for (const [mode, measured] of Object.entries(costs)) {
    const each = processes.map((_, i) => micros(middle(measured.map((cost) => cost[what][i] as number))).padStart(12));
    const all = measured.map((cost) => sum(cost[what]));
    const ratios = all.map((value, i) => value / sum(costs.off?.[i]?.[what] ?? []));
    const [low, mid, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share).toFixed(2));
    const spread = `${mid} (${low} to ${high})`;
    write(`${mode.padEnd(10)}${each.join("")}${micros(middle(all)).padStart(12)}    ${spread}`);
  }
  write();
}

await measureStages();

write("Start of Generate, until it listens: ms, CPU ms and MiB in memory then, each with its ratio to off");
const starts: Record<string, { ms: number; cpu: number; mib: number }[]> = { off: [], on: [] };
const anyPort = "127.0.0.1:0";
const anywhere = { DUET_GENERATE_LISTEN: anyPort, DUET_GENERATE_ADMIN_LISTEN: anyPort };
for (let round = -1; round < startRounds; round++)
  for (const mode of Object.keys(starts)) {
    const since = performance.now();
    const env = { ...anywhere, DUET_VLLM_URL: "http://127.0.0.1:1", ...modes[mode] };
    const program = await startProgram("services/generate/main.ts", env);
    const ms = performance.now() - since;
    const cpu = cpuMicros(program) / 1000;
    const [, kib] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${program.pid}/status`, "utf8")) ?? [];
    if (round >= 0) starts[mode]?.push({ ms, cpu, mib: Number(kib) / 1024 });
    await program.stop();
  }
for (const [mode, measured] of Object.entries(starts)) {
  const columns = (["ms", "cpu", "mib"] as const).map((what) => {
    const [own, off] = [measured, starts.off ?? []].map((all) => middle(all.map((one) => one[what])));
    return `${micros(own as number)} (${((own as number) / (off as number)).toFixed(2)})`;
  });
  write(`${mode.padEnd(10)}${columns.join("")}`);
}
await collector.close();

/** The stages that tracing puts around streams, with the SDK behind them and without them. */
async function measureStages(): Promise<void> {
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const log = createLog({ service: "bench", level: "silent" });
  const tracing = await startTracing({ service: "bench", env: process.env, log, clock: systemClock });
  const signal = new AbortController().signal;
  async function* events<T>(event: T): AsyncGenerator<T> {
    for (let i = 0; i < streamed; i++) yield event;
  }
  const request = () =>
    ({
      method: { name: "Converse", parent: { typeName: "duet.assistant.v1.AssistantService" } },
      header: new Headers({ traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" }),
      contextValues: createContextValues(),
      signal,
    }) as never;
  const through = (interceptor: Interceptor) => async () =>
    (await interceptor(async () => ({ stream: true, message: events({}) }) as never)(request())).message;
  const chat = withSpans(tracing.tracer, systemClock)(() => events({ type: "delta", text: "a" } as const));
  const stages: Record<string, () => unknown> = {
    "no stage": () => events({}),
    "edge, the call": through(traceCalls(tracing.tracer, systemClock)),
    "edge, Generate": through(traceServices(tracing.tracer)),
    "Generate, chat": () => chat({ requestId: "r", sampling: {}, traceparent: undefined } as never, signal),
  };
  write(`CPU µs for each delta, stages alone: of ${streamed} each`);
  const measured: Record<string, number[]> = {};
  for (let round = -2; round < rounds; round++)
    for (const [name, start] of Object.entries(stages)) {
      const stream = (await start()) as AsyncIterable<unknown>;
      const since = process.cpuUsage();
      for await (const _ of stream);
      const { user, system } = process.cpuUsage(since);
      if (round < 0) measured[name] = [];
      else measured[name]?.push((user + system) / streamed);
    }
  for (const [name, values] of Object.entries(measured))
    write(`${name.padEnd(18)}${middle(values).toFixed(2).padStart(6)}`);
  write();
  await tracing.stop();
}
