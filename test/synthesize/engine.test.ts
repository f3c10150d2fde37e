import assert from "node:assert/strict";
import { type TestContext, test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { loadConfig } from "../../infra/config/load.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { type FishTwinOptions, startFishTwin } from "../../infra/twins/fish/server.ts";
import { openEngine } from "../../services/synthesize/engines/open.ts";
import { observeEngines } from "../../services/synthesize/report/metrics.ts";
import { createEngineWatch } from "../../services/synthesize/report/watch.ts";
import { createKeptLog } from "../trust/service.ts";

/**
 * A watch over one server of the generation `given.mode`, by a config that wants 1.5.1 on as many cards as `gpus` says.
 */
async function watchOver(context: TestContext, given: Partial<FishTwinOptions>, gpus = "[0]") {
  const twin = await startFishTwin({ timeScale: 0, ...given });
  context.onTestFinished(() => twin.close());
  const clock = createVirtualClock();
  const metrics = createMetrics({ runtime: false });
  const { log, lines } = createKeptLog();
  const settings = {
    url: [twin.url],
    mode: "1.5.1",
    apiKey: undefined,
    references: undefined,
    voices: [],
    withoutReference: "random",
    timeoutMs: 20_000,
  } as const;
  const { plan } = loadConfig({}, `engine:\n  fish:\n    version: 1.5.1\n    gpus: ${gpus}\n`).config;
  const opened = openEngine({ name: "fish", settings, plan: plan.fish, bytes: undefined, errors: [] }, { clock });
  context.onTestFinished(() => opened.engine.close());
  const watch = createEngineWatch({ opened, trouble: () => undefined, log, clock });
  observeEngines(metrics, [watch]);
  context.onTestFinished(() => watch.close());
  const drift = async () =>
    (await metrics.registry.metrics()).split("\n").filter((line) => line.startsWith("duet_synthesize_drift{"));
  return { watch, clock, lines, drift };
}

test("a voice that is what the config says differs in nothing", async (context) => {
  const { watch } = await watchOver(context, { mode: "1.5.1" });
  const { workers, differences } = await watch.report();
  assert.deepEqual(differences, []);
  assert.ok(workers[0]?.versions.includes("1.5.1"));
  assert.equal(workers[0]?.reason, undefined);
  assert.equal(await watch.notReady(), undefined);
});

test("a voice of another generation is told, and no text is taken", async (context) => {
  const { watch, drift } = await watchOver(context, { mode: "s1" });
  const { differences } = await watch.report();
  assert.equal(differences.length, 1);
  const [{ path, configured, live, severity }] = differences as [(typeof differences)[0]];
  assert.deepEqual([path, configured, severity], ["engine.fish.version", "1.5.1", "severe"]);
  assert.match(live, /s1/);
  assert.match((await watch.notReady()) ?? "", /s1/);
  assert.ok((await drift()).includes('duet_synthesize_drift{severity="severe"} 1'));
});

test("fewer servers than cards are told, and the rest speaks", async (context) => {
  const { watch } = await watchOver(context, { mode: "1.5.1" }, "[0, 1]");
  const { differences } = await watch.report();
  assert.deepEqual(
    differences.map(({ path, configured, live, severity }) => [path, configured, live, severity]),
    [["engine.fish.gpus", "2", "1", "minor"]],
  );
  assert.equal(await watch.notReady(), undefined);
});

test("a difference is found within ten seconds though nobody asks", async (context) => {
  const { clock, lines } = await watchOver(context, { mode: "s1" });
  for (let passedMs = 0; passedMs < 10_000 && lines.length === 0; passedMs += 500) {
    await clock.advance(500);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.match(lines[0]?.message ?? "", /engine\.fish\.version is .*, not 1\.5\.1/);
});
