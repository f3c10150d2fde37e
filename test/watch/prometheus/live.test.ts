/**
 * A real Prometheus over a running stack: every query of every panel finds something, and what goes wrong on purpose is
 * alerted. All of it takes seconds where it takes minutes elsewhere.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, it } from "vitest";
import { fishCosts } from "../../../infra/cost/cost.ts";
import { dashboards } from "../../../infra/deploy/observe/dashboards.ts";
import { hasExemplars } from "../../../infra/deploy/observe/grafana.ts";
import { createMetrics } from "../../../infra/telemetry/metrics.ts";
import { createGrpcClient } from "../../support/callers.ts";
import { readTurn } from "../../support/events.ts";
import { sayAdmin } from "../../support/gauges.ts";
import { type Program, startProgram } from "../../support/processes.ts";
import { skipFor } from "../../support/skip.ts";
import { type Stack, startStack } from "../../support/stack.ts";
import { type Prometheus, startPrometheus } from "./server.ts";

/** Asked of what no machine of a test has. */
const elsewhere = /^DCGM_/;
const limitMs = 60_000;
const noPrometheus = spawnSync("prometheus", ["--version"]).error !== undefined;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let stack: Stack;
let worker: Program;
let prometheus: Prometheus;
let customer: ReturnType<typeof createGrpcClient>;

/** Resolves once nothing is missing any more. */
async function untilNone(missing: () => Promise<readonly string[]>): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const left = await missing();
    if (left.length === 0) return;
    assert.ok(performance.now() < deadline, `missing after ${limitMs / 1000} s: ${left.join("; ")}`);
    await pause(250);
  }
}

const adminOf = ({ written }: Pick<Program, "written">) => /"admin":"([^"]+)"/.exec(written)?.[1] ?? "";
const listened = { firstSoundMs: 500, gapCount: 1, gapMs: 90 };
const converse = (text: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  readTurn(customer.client.converse({ text, sessionId: `s${++sessions}` }, { headers, ...(signal && { signal }) }))
    .then(({ started: { turnId } }) => customer.client.reportPlayback({ turnId, played: {}, listened }, { headers }))
    .catch(() => pause(100));

describe("Prometheus", skipFor(noPrometheus && "prometheus is not on the path: apt-get install prometheus"), () => {
  beforeAll(async () => {
    worker = await startProgram(
      "infra/twins/fish/main.ts",
      {},
      { args: ["--port", "0", "--speaker", "tone", "--time-scale", "0"] },
    );
    stack = await startStack({
      timeScale: 1,
      // Slower than it is listened to, where two listen.
      fish: { cost: { ...fishCosts.uncompiled, realTimeFactor: 0.8 } },
      moreFishUrls: [worker.url],
      edge: { metrics: createMetrics() },
      settings: {
        ...sayAdmin,
        DUET_GENERATE_MAX_IN_FLIGHT: "1",
        DUET_GENERATE_MAX_QUEUED: "0",
        // More than the voice carries, so that they come as far as the model.
        DUET_SYNTHESIZE_MAX_SESSIONS: "64",
      },
    });
    customer = createGrpcClient(stack.url);
    prometheus = await startPrometheus({
      "duet-edge": [new URL(stack.url).host],
      "duet-generate": [adminOf(stack.generate)],
      "duet-synthesize": [adminOf(stack.synthesize)],
      vllm: [new URL(stack.vllm.url).host],
    });
  });
  afterAll(async () => {
    customer?.close();
    await prometheus?.stop();
    await stack?.close();
    await worker?.stop();
  });

  it("has no complaint about the metrics of any process", async () => {
    await converse("[[tokens:20]]");
    for (const host of [new URL(stack.url).host, adminOf(stack.generate), adminOf(stack.synthesize)]) {
      const input = await (await fetch(`http://${host}/metrics`)).text();
      const { stdout, stderr, status } = spawnSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
      assert.equal(`${stdout}${stderr}`, "");
      assert.equal(status, 0);
    }
  });

  it("finds a trace behind the figures of each distribution, and none that is not recorded", async () => {
    const newTrace = () => randomBytes(16).toString("hex");
    const [recorded, unrecorded] = [newTrace(), newTrace()];
    await converse(newAnswer(), { traceparent: `00-${unrecorded}-${newTrace().slice(16)}-00` });
    const asked = queries().filter(hasExemplars);
    assert.ok(asked.length > 10);
    await untilNone(async () => {
      await converse(newAnswer(), { traceparent: `00-${recorded}-${newTrace().slice(16)}-01` });
      const found = await Promise.all(
        asked.map(async (query) => ({ query, found: await prometheus.exemplars(query) })),
      );
      assert.ok(found.every(({ found }) => !found.includes(unrecorded)));
      return found.filter(({ found }) => !found.includes(recorded)).map(({ query }) => query);
    });
  });

  it("alerts when many are refused at once, the first that ever were", async () => {
    const refused = 'duet_edge_turn_outcomes_total{outcome="refused"}';
    await untilNone(async () => ((await prometheus.query(refused)).length > 0 ? [] : [refused]));
    const ask = () => readTurn(customer.client.converse({ text: "Hello.", voice: "nobody" })).catch(() => undefined);
    await Promise.all(Array.from({ length: 20 }, ask));
    const name = "DuetTurnsRefused";
    await untilNone(async () => ((await prometheus.firing()).has(name) ? [] : [name]));
  });

  it("alerts when a worker dies, the queue is full, and speech runs out", async () => {
    await worker.stop();
    const leaving = new AbortController();
    const callers = Array.from({ length: 3 }, async () => {
      while (!leaving.signal.aborted) await converse(newAnswer(), {}, leaving.signal);
    });
    const expected = ["DuetVoiceWorkerDown", "DuetModelQueueFull", "DuetSpeechGaps"];
    try {
      // They need not fire at the same time.
      const fired = new Set<string>();
      await untilNone(async () => {
        for (const name of await prometheus.firing()) fired.add(name);
        return expected.filter((name) => !fired.has(name));
      });
      await untilNone(async () => {
        const found = await Promise.all(queries().map(async (query) => ({ query, is: await hasValue(query) })));
        return found.filter(({ is }) => !is).map(({ query }) => query);
      });
    } finally {
      leaving.abort();
      await Promise.all(callers);
    }
  });
});

/** Of those that listen at once each has a conversation of its own. */
let sessions = 0;
let answers = 0;
/** What has the model say something that was never said before: what was is at hand. */
function newAnswer(): string {
  const count = ++answers;
  return `[[say:This is answer ${count}. It goes on for as long as ${count} others would, and ends after ${count} more words or so.]]`;
}

/** Every query of every panel, once, over seconds in the place of minutes. */
function queries(): string[] {
  const all = dashboards.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries));
  return [...new Set(all)]
    .filter((query) => !elsewhere.test(query))
    .map((query) => query.replace(/\[\d+m\]/g, "[20s]"));
}

async function hasValue(query: string): Promise<boolean> {
  const series = await prometheus.query(query);
  return series.some(({ value }) => !Number.isNaN(value));
}
