import assert from "node:assert/strict";
import { type ClientError, Status } from "nice-grpc";
import { BadRequest, ErrorInfo, RetryInfo, type RichClientError } from "nice-grpc-error-details";
import { describe, type TestContext, test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { loadConfig } from "../../infra/config/load.ts";
import { startVllmTwin, type VllmTwinOptions } from "../../infra/twins/vllm/server.ts";
import { Severity } from "../../services/gen/duet/config/v1/drift.ts";
import { SpeculationAction } from "../../services/gen/duet/generate/v1/generate.ts";
import { createKeptLog } from "../trust/service.ts";
import { delta, finish, sendEvents, startPeer } from "./peer.ts";
import { answer, ask, startGenerate } from "./start.ts";

const version = "0.28.0";
const described = `engine:
  vllm:
    version: ${version}
    model: { name: Qwen/Qwen2.5-7B-Instruct, servedName: duet-script }
    context: { maxModelLen: 32768 }
`;

/** The plan of a config file. */
function planOf(text: string) {
  const { config, problems } = loadConfig({}, text);
  assert.deepEqual(
    problems.filter(({ severity }) => severity === "error"),
    [],
  );
  return config.plan.vllm;
}

/** A server that may differ from its config, and the service in front of it. */
async function start(context: TestContext, given: Partial<VllmTwinOptions>, text = described, rest = {}) {
  const twin = await startVllmTwin({ timeScale: 0, ...given });
  context.onTestFinished(() => twin.close());
  return { twin, ...(await startGenerate(context, twin.url, { plan: planOf(text), ...rest })) };
}

describe("drift", () => {
  test("is none where the server is what the config says", async (context) => {
    const { client, admin } = await start(context, { version });
    const { differences, servers, admission } = await client.getEngine({});
    assert.deepEqual(differences, []);
    assert.deepEqual(
      servers.map((server) => [server.available, server.version, server.model, server.maxModelLen]),
      [[true, version, "duet-script", 32_768]],
    );
    assert.equal(admission?.inFlight, 0);
    assert.equal((await fetch(`${admin}/readyz`)).status, 200);
  });

  const rows: [what: string, twin: Partial<VllmTwinOptions>, path: string, configured: string, live: string][] = [
    ["another model length", { maxModelLen: 16_384 }, "context.maxModelLen", "32768", "16384"],
    ["another version", { version: "0.27.1" }, "version", version, "0.27.1"],
    ["no prefix cache", { prefixCaching: false }, "cache.prefixCaching", "true", "false"],
    ["another model", { modelName: "other" }, "model.servedName", "duet-script", "other"],
  ];
  for (const [what, twin, path, configured, live] of rows)
    test(`by ${what} is told by GetEngine, by readiness and by a metric`, async (context) => {
      const { client, admin } = await start(context, twin);
      const { differences } = await client.getEngine({});
      assert.deepEqual(
        differences.map((one) => [one.path, one.configured, one.live, one.severity]),
        [[`engine.vllm.${path}`, configured, live, Severity.SEVERE]],
      );
      const ready = await fetch(`${admin}/readyz`);
      assert.equal(ready.status, 503);
      assert.match(await ready.text(), new RegExp(`${path} is ${live}, not ${configured}`));
      const page = await (await fetch(`${admin}/metrics`)).text();
      assert.match(page, /^duet_generate_drift\{severity="severe"\} 1$/m);
    });

  test("is found though nobody asks, within ten seconds, and is gone with its cause", async (context) => {
    const clock = createVirtualClock();
    const { log, lines } = createKeptLog();
    const { twin } = await start(context, { version: "0.27.1" }, described, { clock, log });
    const says = (words: string) => lines.some(({ message }) => message.includes(words));
    /** What the clock lets the watch ask, comes back in the wall's time. */
    const untilSaid = async (words: string) => {
      for (let passedMs = 0; passedMs < 10_000 && !says(words); passedMs += 500) {
        await clock.advance(500);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.ok(says(words), words);
    };
    await untilSaid("engine.vllm.version is 0.27.1, not 0.28.0");
    await twin.close();
    const right = await startVllmTwin({ port: Number(new URL(twin.url).port), version, timeScale: 0 });
    context.onTestFinished(() => right.close());
    await untilSaid("matches the config again");
  });
});

const speculating = `${described}    speculation: { ngram: { numSpeculativeTokens: 3 } }\n`;

describe("a server that guesses tokens ahead", () => {
  const fields: [field: string, sampling: object][] = [
    ["sampling.min_p", { minP: 0.1 }],
    ["sampling.logit_bias", { logitBias: { 5: 1 } }],
  ];
  for (const [field, sampling] of fields)
    test(`is not asked for ${field}, which it would refuse too late`, async (context) => {
      const { client, twin } = await start(context, { speculation: { tokens: 3, acceptance: 0.6 } }, speculating);
      await assert.rejects(answer(client, ask("hi", { sampling })), (error: RichClientError) => {
        assert.equal(error.code, Status.INVALID_ARGUMENT);
        const violations = error.extra.find((detail) => detail.$type === BadRequest.$type) as BadRequest;
        assert.equal(violations.fieldViolations[0]?.field, field);
        return true;
      });
      assert.equal(twin.seen().length, 0);
      await answer(client, ask("hi", { sampling: { minP: 0 } }));
    });

  test("is measured, and advice is given by it", async (context) => {
    const { client, admin } = await start(context, { speculation: { tokens: 3, acceptance: 0.6 } }, speculating);
    for (let i = 0; i < 4; i++) await answer(client, ask("[[tokens:60]]"));
    const { servers, speculation } = await client.getEngine({});
    const load = servers[0]?.load;
    // 0.6 + 0.36 + 0.216 guesses a step, of three.
    assert.ok(Math.abs((load?.meanAcceptanceLength ?? 0) - 2.18) < 0.4, `${load?.meanAcceptanceLength}`);
    assert.ok(Math.abs((load?.acceptanceRate ?? 0) - 0.39) < 0.13, `${load?.acceptanceRate}`);
    assert.equal(speculation?.action, SpeculationAction.KEEP);
    assert.match(
      await (await fetch(`${admin}/metrics`)).text(),
      /^duet_generate_server_acceptance_length\{.*\} [12]\./m,
    );
  });
});

test("what prompts have in common shows as hits of the prefix cache", async (context) => {
  const { client, admin } = await start(context, {});
  const beginning = "We were speaking of ships and of the sea, of harbours, sails and winds. ".repeat(6);
  for (let i = 0; i < 5; i++) await answer(client, ask(`${beginning} ${i}`));
  const { servers } = await client.getEngine({});
  const rate = servers[0]?.load?.prefixCacheHitRate ?? 0;
  assert.ok(rate > 0.5 && rate < 1, `${rate}`);
  assert.match(await (await fetch(`${admin}/metrics`)).text(), /^duet_generate_server_kv_cache_usage_ratio\{server=/m);
});

test("a refusal comes at once, says when to try again, and the server hears of nothing", async (context) => {
  const { client, twin } = await start(context, { timeScale: 1 }, described, { maxInFlight: 1, maxQueued: 0 });
  const leave = new AbortController();
  const first = answer(client, ask("[[tokens:400]]"), { signal: leave.signal });
  first.catch(() => {});
  while (twin.seen().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await assert.rejects(answer(client, ask("hi")), (error: RichClientError) => {
    assert.equal(error.code, Status.RESOURCE_EXHAUSTED);
    const retry = error.extra.find((detail) => detail.$type === RetryInfo.$type) as RetryInfo;
    assert.ok((retry.retryDelay?.seconds ?? 0) + (retry.retryDelay?.nanos ?? 0) > 0);
    return true;
  });
  assert.equal(twin.seen().length, 1);
  leave.abort();
  await assert.rejects(first);
});

test("a caller who has less time than a first token takes is refused at once", async (context) => {
  const { client, twin } = await start(context, { timeScale: 1 });
  const running = answer(client, ask(`${"word ".repeat(1500)} [[tokens:60]]`));
  await new Promise((resolve) => setTimeout(resolve, 400));
  await assert.rejects(answer(client, ask("hi", { firstTokenTimeoutMs: 5 })), { code: Status.RESOURCE_EXHAUSTED });
  assert.equal(twin.seen().length, 1);
  await running;
});

test("an answer of another shape than was asked for is INTERNAL, whatever the server calls it", async (context) => {
  const peer = await startPeer(context, (response) =>
    sendEvents(response, delta('{"name":'), delta("7}"), finish("stop"), "[DONE]"),
  );
  const { client } = await startGenerate(context, peer.url);
  const schema = { type: "object", properties: { name: { type: "string" } } };
  await assert.rejects(
    answer(client, ask("hi", { constraint: { $case: "jsonSchema", value: JSON.stringify(schema) } })),
    (error: RichClientError) => {
      assert.equal((error as ClientError).code, Status.INTERNAL);
      const info = error.extra.find((detail) => detail.$type === ErrorInfo.$type) as ErrorInfo;
      assert.equal(info.reason, "ENGINE_OUTPUT_INVALID");
      assert.ok(!error.details.includes("7"));
      return true;
    },
  );
});
