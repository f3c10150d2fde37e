import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import { loadConfig } from "./load.ts";
import { type Problem, writeOrigin, writeProblem } from "./problem.ts";
import { readSettings, SettingsError } from "./settings/read.ts";

/** The problems as `place path: message`. */
const told = (problems: readonly Problem[]) =>
  problems.map(({ origin, path, message }) => `${writeOrigin(origin)} ${path}: ${message}`);

describe("the file", () => {
  test("holds settings by their paths", () => {
    const { config, problems } = loadConfig(
      {},
      "maxTurns: 5\nlisten: 9000\ndiscover: false\ncorsOrigins: [http://a, http://b]\nvllm:\n  url: http://gpu:8000/\nlog: { level: warn }\n",
    );
    assert.deepEqual(problems, []);
    const { settings } = config;
    assert.equal(settings.DUET_MAX_TURNS, 5);
    assert.deepEqual(settings.DUET_LISTEN, { host: "127.0.0.1", port: 9000 });
    assert.equal(settings.DUET_DISCOVER, false);
    assert.deepEqual(settings.DUET_CORS_ORIGINS, ["http://a", "http://b"]);
    assert.match(settings.DUET_VLLM_URL?.[0] ?? "", /^http:\/\/gpu:8000/);
    assert.equal(settings.DUET_LOG_LEVEL, "warn");
    assert.equal(settings.DUET_MAX_TOKENS, 512);
    assert.equal(settings.DUET_FISH_URL, undefined);
  });

  test("holds the engines in the JSON mapping of their proto", () => {
    const { config, problems } = loadConfig(
      {},
      "engine:\n  vllm:\n    version: 0.29.0\n    model: { geometry: { weightBytes: 15231233024 } }\n    speculation:\n      ngram: { numSpeculativeTokens: 4 }\n      tokensByBatchSize: [{ start: 1, end: 16, numSpeculativeTokens: 4 }, { start: 17, end: 256, numSpeculativeTokens: 0 }]\n    batching: { asyncScheduling: false }\n",
    );
    assert.deepEqual(told(problems.filter(({ severity }) => severity === "error")), []);
    const { vllm } = config.engine;
    assert.equal(vllm?.version, "0.29.0");
    assert.equal(vllm?.model?.geometry?.weightBytes, 15_231_233_024n);
    assert.deepEqual(vllm?.speculation?.method.case, "ngram");
    assert.deepEqual(
      config.plan.vllm?.speculation?.tokensByBatchSize.map(({ end }) => end),
      [16, 256],
    );
  });

  test("may be empty, and may have parts with nothing in them", () => {
    for (const text of ["", "# nothing\n", "vllm:\nengine:\n", "engine:\n  host:\n", "---\n"]) {
      const { config, problems } = loadConfig({}, text);
      assert.deepEqual(told(problems), [], text);
      assert.equal(config.plan.vllm, undefined);
    }
  });

  test("tells each fault with its place and the nearest name", () => {
    const { problems } = loadConfig(
      {},
      "maxTurn: 5\nvllm:\n  ulr: http://a\nengine:\n  vlm: {}\n  vllm:\n    batching:\n      max_num_seqs: 4\n    dtype: bfloat61\n",
    );
    assert.deepEqual(
      problems.map((problem) => writeProblem(problem)),
      [
        "duet.yaml:1:1: error: maxTurn: there is no setting maxTurn\n    Did you mean maxTurns?",
        "duet.yaml:3:3: error: vllm.ulr: there is no setting vllm.ulr\n    Did you mean vllm.url?",
        "duet.yaml:5:3: error: engine.vlm: engine has no field vlm\n    Did you mean vllm?",
        "duet.yaml:8:7: error: engine.vllm.batching.max_num_seqs: engine.vllm.batching has no field max_num_seqs\n    Did you mean maxNumSeqs?",
        "duet.yaml:9:12: error: engine.vllm.dtype: bfloat61 is none of its words\n    Did you mean bfloat16? It may be auto, bfloat16, float16, half, float32, float.",
      ],
    );
  });

  test("takes one method of speculation, and says which fields went and what took their place", () => {
    const { problems } = loadConfig(
      {},
      "engine:\n  vllm:\n    speculation:\n      ngram: { numSpeculativeTokens: 4, disableByBatchSize: 8 }\n      suffix: {}\n    batching: { asyncScheduling: false, maxNumSeqs: 8 }\n",
    );
    const errors = problems.filter(({ severity }) => severity === "error");
    assert.deepEqual(told(errors), [
      "duet.yaml:4:41 engine.vllm.speculation.ngram.disableByBatchSize: engine.vllm.speculation.ngram has no field disableByBatchSize",
      "duet.yaml:5:7 engine.vllm.speculation.suffix: engine.vllm.speculation takes one method, and ngram is one already",
    ]);
    assert.match(errors[0]?.remedy ?? "", /tokensByBatchSize/);
    const inside = loadConfig(
      {},
      "engine: { vllm: { speculation: { draftModel: { tensor_parallel_size: 4 } } } }",
    ).problems;
    assert.match(inside.find(({ path }) => path.endsWith("size"))?.remedy ?? "", /draftTensorParallelSize/);
  });

  test("is told of values of the wrong kind and out of range", () => {
    const { problems } = loadConfig(
      {},
      "maxTurns: many\ndiscover: 1\nmaxTokens: true\nlog: []\nlisten: a:b\ninstructions: { a: b }\nengine:\n  host: { gpuCount: 1.5, gpuMemoryGib: -1 }\n  vllm:\n    cache: { gpuMemoryUtilization: 1.5, prefixCaching: 1 }\n    gpus: 0\n    parallelism: 4\n    model: { name: [] }\n",
    );
    assert.deepEqual(told(problems), [
      "duet.yaml:1:1 maxTurns: many is not a whole number",
      "duet.yaml:2:1 discover: 1 is not true or false",
      "duet.yaml:3:1 maxTokens: true is not a whole number",
      "duet.yaml:4:1 log: log has settings of its own",
      "duet.yaml:5:1 listen: listen=a:b: must be host:port, such as 127.0.0.1:8080",
      "duet.yaml:6:1 instructions: a map is not a text",
      "duet.yaml:8:21 engine.host.gpuCount: 1.5 is no whole number from 0 to 64",
      "duet.yaml:8:40 engine.host.gpuMemoryGib: -1 is no number from 1 to 2048",
      "duet.yaml:10:36 engine.vllm.cache.gpuMemoryUtilization: 1.5 is no number from 0.01 to 1",
      "duet.yaml:10:56 engine.vllm.cache.prefixCaching: 1 is neither true nor false",
      "duet.yaml:11:5 engine.vllm.gpus: must be a list",
      "duet.yaml:12:18 engine.vllm.parallelism: engine.vllm.parallelism has fields of its own",
      "duet.yaml:13:20 engine.vllm.model.name: must be a text",
    ]);
  });

  test("that is no YAML is told with its line, and read as far as it goes", () => {
    const { config, problems } = loadConfig({}, "maxTurns: 5\nlog: { level: warn\nlisten: 9000\n");
    assert.ok(problems.every(({ severity }) => severity === "error"));
    assert.match(told(problems)[0] ?? "", /^duet\.yaml:\d+:\d+ : this is no YAML: /);
    assert.equal(config.settings.DUET_MAX_TURNS, 5);
    assert.match(told(loadConfig({}, "a: 1\na: 2\n").problems).join("\n"), /Map keys must be unique/);
    assert.match(told(loadConfig({}, "[1, 2]").problems)[0] ?? "", /a config is a map of settings/);
  });

  test("that refers to itself or multiplies is refused, not followed", () => {
    assert.match(told(loadConfig({}, "a: &a [*a]\n").problems).join("\n"), /nested too deep/);
    const bomb = ["a: &a [x, x, x, x, x, x, x, x]"];
    for (let i = 0; i < 7; i++) bomb.push(`b${i}: &b${i} [${Array(8).fill(`*${i === 0 ? "a" : `b${i - 1}`}`)}]`);
    assert.match(told(loadConfig({}, bomb.join("\n")).problems).join("\n"), /nested too deep, or too much/);
  });

  test("that is named and not there is an error of the variable that names it", () => {
    const { problems } = loadConfig({ DUET_CONFIG: "no/such/file.yaml" });
    assert.match(told(problems)[0] ?? "", /^DUET_CONFIG : the config file no\/such\/file\.yaml cannot be read: ENOENT/);
  });
});

describe("the environment", () => {
  const text = "maxTurns: 5\nengine:\n  vllm:\n    parallelism: { tensor: 2 }\n";

  test("comes before the file, by one rule", () => {
    const { config } = loadConfig(
      {
        DUET_MAX_TURNS: "6",
        DUET_ENGINE_VLLM_PARALLELISM_TENSOR: "1",
        DUET_ENGINE_VLLM_GPUS: "0",
        DUET_ENGINE_VLLM_BATCHING_CHUNKED_PREFILL: "true",
        DUET_ENGINE_VLLM_SPECULATION_NGRAM_NUM_SPECULATIVE_TOKENS: "3",
      },
      text,
    );
    assert.equal(config.settings.DUET_MAX_TURNS, 6);
    assert.deepEqual(config.engine.vllm?.gpus, [0]);
    assert.equal(config.plan.vllm?.parallelism.tensor, 1);
    assert.equal(config.plan.vllm?.speculation?.numSpeculativeTokens, 3);
  });

  test("is named where it is wrong", () => {
    const { problems } = loadConfig(
      { DUET_ENGINE_VLLM_PARALLELISM_TENSOR: "3", DUET_ENGINE_VLLM_PARALELISM_DATA: "2", DUET_MAX_TURNS: "x" },
      text,
    );
    const errors = problems.filter(({ severity }) => severity === "error");
    assert.deepEqual(told(errors).sort(), [
      "DUET_ENGINE_VLLM_PARALELISM_DATA : DUET_ENGINE_VLLM_PARALELISM_DATA is no field of an engine",
      "DUET_ENGINE_VLLM_PARALLELISM_TENSOR engine.vllm.parallelism.tensor: 28 attention heads cannot be shared by 3 cards",
      "DUET_MAX_TURNS maxTurns: DUET_MAX_TURNS=x: must be a number from 1 to 100000",
      "duet.yaml:4:5 engine.vllm.parallelism: tensor x pipeline x data needs 3 cards, and the host has 1",
    ]);
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
      "engine:\n  vllm: {}\n  fish: { version: 1.5.1 }\nfish: { mode: 1.5.1 }\n",
    );
    assert.deepEqual(told(problems), []);
    assert.equal(config.plan.vllm?.model.name, "Qwen/Qwen2.5-3B-Instruct");
    assert.equal(config.plan.vllm?.context.maxModelLen, 8192);
    assert.equal(config.plan.fish?.llamaCheckpointPath, "models/fish");
    assert.equal(config.plan.fish?.device, "cpu");
    assert.equal(config.settings.DUET_REDIS_URL, "redis://cache:6379");
  });

  test("lets the DUET_ name come before the one in use, and common words conjure up no engine", () => {
    const redis = { REDIS_URL: "redis://a", DUET_REDIS_URL: "redis://b" };
    assert.equal(loadConfig(redis, "").config.settings.DUET_REDIS_URL, "redis://b");
    const { config } = loadConfig({ MODEL_NAME: "x", DEVICE: "cuda" }, "");
    assert.deepEqual([config.plan.vllm, config.plan.fish], [undefined, undefined]);
  });
});

describe("secrets", () => {
  test("are named in the file, and come from the environment or a file", (context) => {
    const file = join(temporaryFolder(context), "key");
    writeFileSync(file, "from-file\n");
    const { config, problems } = loadConfig(
      { SOME_KEY: "from-env" },
      `vllm: { apiKey: { env: SOME_KEY } }\nfish: { apiKey: { file: ${JSON.stringify(file)} } }\n`,
    );
    assert.deepEqual(told(problems), []);
    assert.equal(config.settings.DUET_VLLM_API_KEY, "from-env");
    assert.equal(config.settings.DUET_FISH_API_KEY, "from-file");
  });

  test("written out are refused, and not repeated", () => {
    const { problems } = loadConfig({}, "vllm: { apiKey: hunter2 }\nfish: { apiKey: { env: NO_SUCH_KEY } }\n");
    assert.deepEqual(told(problems), [
      "duet.yaml:1:9 vllm.apiKey: a secret is never written into a config file",
      "duet.yaml:2:9 fish.apiKey: the variable NO_SUCH_KEY is not set",
    ]);
    assert.ok(!JSON.stringify(problems).includes("hunter2"));
  });
});

describe("a model's config.json", () => {
  const config = {
    hidden_size: 4096,
    intermediate_size: 14_336,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    vocab_size: 128_256,
    max_position_embeddings: 131_072,
    rope_theta: 500_000,
    torch_dtype: "bfloat16",
  };

  test("gives the shape of a model that the table does not know", (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, "config.json"), JSON.stringify(config));
    const file = join(folder, "duet.yaml");
    const text =
      "engine:\n  vllm:\n    model: { name: some/llama, configFile: config.json }\n    context: { maxModelLen: 16384 }\n";
    const { config: loaded, problems } = loadConfig({ DUET_CONFIG: file }, text);
    assert.deepEqual(told(problems), []);
    assert.equal(loaded.plan.vllm?.model.geometry?.keyValueHeads, 8);
    assert.equal(loaded.plan.vllm?.memory?.bytesPerToken, 2 * 32 * 8 * 128 * 2);
  });

  test("that lacks a field is told", (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, "config.json"), JSON.stringify({ ...config, vocab_size: undefined }));
    const text = "engine:\n  vllm:\n    model: { configFile: config.json }\n";
    const { problems } = loadConfig({ DUET_CONFIG: join(folder, "duet.yaml") }, text);
    assert.match(
      told(problems)[0] ?? "",
      /:3:14 engine\.vllm\.model\.configFile: config\.json is no config\.json of a model: it has no vocab_size$/,
    );
  });
});

describe("readSettings", () => {
  test("takes settings from the file, and the variable before it", (context) => {
    const file = join(temporaryFolder(context), "duet.yaml");
    writeFileSync(file, "maxTurns: 5\nmaxTokens: 64\nengine:\n  what: a service does not read\n");
    assert.deepEqual(
      readSettings(["DUET_MAX_TURNS", "DUET_MAX_TOKENS"], { DUET_CONFIG: file, DUET_MAX_TOKENS: "32" }),
      {
        DUET_MAX_TURNS: 5,
        DUET_MAX_TOKENS: 32,
      },
    );
  });

  test("names file, line and path of what is wrong there", (context) => {
    const file = join(temporaryFolder(context), "duet.yaml");
    writeFileSync(file, "maxTurns: 0\nmaxTurn: 1\n");
    assert.throws(
      () => readSettings(["DUET_MAX_TURNS"], { DUET_CONFIG: file }),
      (error: Error) => {
        assert.ok(error instanceof SettingsError);
        const lines = error.message.replaceAll(file, "FILE").split("\n");
        assert.equal(lines[0], "FILE:2:1: there is no setting maxTurn. Did you mean maxTurns?");
        assert.match(lines[1] ?? "", /^FILE:1:1: maxTurns=0: must be a number from 1 to 100000\. How many turns/);
        return true;
      },
    );
  });
});

function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
