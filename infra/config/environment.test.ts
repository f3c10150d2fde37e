import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { loadConfig } from "./load.ts";
import { type Problem, writeOrigin } from "./problem.ts";

/** The problems as `place path: message`. */
const told = (problems: readonly Problem[]) =>
  problems.map(({ origin, path, message }) => `${writeOrigin(origin)} ${path}: ${message}`);

describe("the environment", () => {
  const text = "edge: { maxTurns: 5 }\nengine:\n  vllm:\n    parallelism: { tensor: 2 }\n";

  test("comes before the file, by one rule", () => {
    const { config } = loadConfig(
      {
        DUET_EDGE_MAX_TURNS: "6",
        DUET_ENGINE_VLLM_PARALLELISM_TENSOR: "1",
        DUET_ENGINE_VLLM_GPUS: "0",
        DUET_ENGINE_VLLM_BATCHING_CHUNKED_PREFILL: "true",
        DUET_ENGINE_VLLM_SPECULATION_NGRAM_NUM_SPECULATIVE_TOKENS: "3",
      },
      text,
    );
    assert.equal(config.settings.edge.maxTurns, 6);
    assert.deepEqual(config.engine.vllm?.gpus, [0]);
    assert.equal(config.plan.vllm?.parallelism.tensor, 1);
    assert.equal(config.plan.vllm?.speculation?.numSpeculativeTokens, 3);
  });

  test("is named where it is wrong", () => {
    const { problems } = loadConfig(
      { DUET_ENGINE_VLLM_PARALLELISM_TENSOR: "3", DUET_ENGINE_VLLM_PARALELISM_DATA: "2", DUET_EDGE_MAX_TURNS: "x" },
      text,
    );
    const errors = problems.filter(({ severity }) => severity === "error");
    assert.deepEqual(told(errors).sort(), [
      "DUET_EDGE_MAX_TURNS edge.maxTurns: DUET_EDGE_MAX_TURNS=x: must be a number from 1 to 100000",
      "DUET_ENGINE_VLLM_PARALELISM_DATA : DUET_ENGINE_VLLM_PARALELISM_DATA does not match any field of an engine",
      "DUET_ENGINE_VLLM_PARALLELISM_TENSOR engine.vllm.parallelism.tensor: tensor (3) must divide the model's 28 attention heads",
      "duet.yaml:4:5 engine.vllm.parallelism: tensor x pipeline x data is 3 GPUs, but the host has 1",
    ]);
  });

  test("makes good what is wrong in the file", () => {
    const { config, problems } = loadConfig({ DUET_EDGE_MAX_TURNS: "6" }, "edge: { maxTurns: many }\n");
    assert.deepEqual(told(problems), []);
    assert.equal(config.settings.edge.maxTurns, 6);
  });

  test("may use the names that are in use already", () => {
    const env = {
      MODEL_NAME: "Qwen/Qwen2.5-3B-Instruct",
      MAX_SEQ_LEN: "8192",
      TTS_MODEL_PATH: "models/fish",
      DEVICE: "cpu",
      REDIS_URL: "redis://cache:6379",
    };
    const { config, problems } = loadConfig(
      env,
      "engine:\n  vllm: {}\n  fish: { version: 1.5.1 }\nfish: { mode: 1.5.1 }\nsynthesize: { maxSessions: 1 }\n",
    );
    assert.deepEqual(told(problems), []);
    assert.equal(config.plan.vllm?.model.name, "Qwen/Qwen2.5-3B-Instruct");
    assert.equal(config.plan.vllm?.context.maxModelLen, 8192);
    assert.equal(config.plan.fish?.llamaCheckpointPath, "models/fish");
    assert.equal(config.plan.fish?.device, "cpu");
    assert.equal(config.settings.redis.url, "redis://cache:6379");
  });

  test("lets the DUET_ name come before the one in use, and common words conjure up no engine", () => {
    // Whichever of them stands first.
    for (const redis of [
      { REDIS_URL: "redis://a", DUET_REDIS_URL: "redis://b" },
      { DUET_REDIS_URL: "redis://b", REDIS_URL: "redis://a" },
      { DUET_REDIS_URL: "", REDIS_URL: "redis://b" },
    ])
      assert.equal(loadConfig(redis, "").config.settings.redis.url, "redis://b");
    const { config } = loadConfig({ MODEL_NAME: "x", DEVICE: "cuda" }, "");
    assert.deepEqual([config.plan.vllm, config.plan.fish], [undefined, undefined]);
  });
});

describe("secrets", () => {
  test("are named in the file, and come from the environment or a file", (context) => {
    const folder = mkdtempSync(join(tmpdir(), "duet-"));
    context.onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "key");
    writeFileSync(file, "from-file\n");
    const { config, problems } = loadConfig(
      { SOME_KEY: "from-env" },
      `vllm: { apiKey: { env: SOME_KEY } }\nfish: { apiKey: { file: ${JSON.stringify(file)} } }\n`,
    );
    assert.deepEqual(told(problems), []);
    assert.equal(config.settings.vllm.apiKey, "from-env");
    assert.equal(config.settings.fish.apiKey, "from-file");
  });

  test("written out are refused, and not repeated", () => {
    const { problems } = loadConfig({}, "vllm: { apiKey: hunter2 }\nfish: { apiKey: { env: NO_SUCH_KEY } }\n");
    assert.deepEqual(told(problems), [
      "duet.yaml:1:9 vllm.apiKey: vllm.apiKey: secrets are not allowed in the config file",
      "duet.yaml:2:9 fish.apiKey: fish.apiKey: the variable NO_SUCH_KEY is not set",
    ]);
    assert.ok(!JSON.stringify(problems).includes("hunter2"));
  });
});
