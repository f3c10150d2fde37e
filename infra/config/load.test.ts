import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import { loadConfig } from "./load.ts";
import { type Problem, writeOrigin, writeProblem } from "./problem.ts";

/** The problems as `place path: message`. */
const told = (problems: readonly Problem[]) =>
  problems.map(({ origin, path, message }) => `${writeOrigin(origin)} ${path}: ${message}`);

describe("the file", () => {
  test("holds settings by their paths", () => {
    const { config, problems } = loadConfig(
      {},
      "edge:\n  maxTurns: 5\n  listen: 9000\n  corsOrigins: [http://a, http://b]\ndiscover: false\nvllm:\n  url: http://gpu:8000/\nlog: { level: warn }\nsynthesize: { opener: { waitMs: 0 } }\n",
    );
    assert.deepEqual(problems, []);
    const { settings } = config;
    assert.equal(settings.edge.maxTurns, 5);
    assert.deepEqual(settings.edge.listen, { host: "127.0.0.1", port: 9000 });
    assert.equal(settings.discover, false);
    assert.deepEqual(settings.edge.corsOrigins, ["http://a", "http://b"]);
    assert.deepEqual(settings.vllm.url, ["http://gpu:8000"]);
    assert.equal(settings.log.level, "warn");
    assert.equal(settings.generate.maxTokens, 512);
    assert.deepEqual(settings.synthesize.opener, { listFromMs: 600, minSeconds: undefined, mode: "soft", waitMs: 0 });
    assert.equal(settings.fish.url, undefined);
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

  test("keeps the types of YAML: a version is no number, and a flag no text", () => {
    const { config, problems } = loadConfig(
      {},
      'fish: { mode: 1.4, voices: [1, b], url: "http://a, http://b" }\nedge: { scripted: true, corsOrigins: [], instructions: "" }\nsynthesize: { opener: { minSeconds: 0 } }\n',
    );
    assert.deepEqual(told(problems), []);
    const { fish, edge, synthesize } = config.settings;
    assert.deepEqual([fish.mode, fish.voices, fish.url], ["1.4", ["1", "b"], ["http://a", "http://b"]]);
    assert.deepEqual([edge.scripted, edge.corsOrigins, edge.instructions], [true, [], ""]);
    assert.equal(synthesize.opener.minSeconds, 0);
  });

  test("holds no address with a password, but the place that does", () => {
    const rows: [path: string, address: string][] = [
      ["redis.url", "redis://me:hunter2@cache:6379"],
      ["redis.url", "rediss://:hunter2@cache"],
      ["vllm.url", "http://me:hunter2@gpu:8000"],
      ["fish.url", "[http://a:1, http://me:hunter2@b:2]"],
      ["edge.generateUrl", "https://me:hunter2@host"],
    ];
    for (const [path, address] of rows) {
      const [group, name] = path.split(".");
      const { problems, config } = loadConfig(
        {},
        `${group}: { ${name}: ${address.startsWith("[") ? address : `"${address}"`} }\n`,
      );
      assert.equal(problems.length, 1, path);
      const text = writeProblem(problems[0] as Problem);
      assert.match(
        text,
        /contains a password, and secrets are not allowed in the config file\n {4}Write \{ env: NAME \}/,
      );
      assert.doesNotMatch(text, /hunter2/);
      assert.equal(
        (config.settings as unknown as Record<string, Record<string, unknown>>)[group as string]?.[name as string],
        undefined,
      );
    }
    const env = { STORE: "redis://me:hunter2@cache:6379" };
    const { problems, config } = loadConfig(env, "redis: { url: { env: STORE } }\n");
    assert.deepEqual([problems, config.settings.redis.url], [[], env.STORE]);
    const wrong = loadConfig({ STORE: "http://a" }, "redis: { url: { env: STORE } }\n").problems;
    assert.match(wrong[0]?.message ?? "", /such as redis:/);
  });

  test("may be empty, and may have parts with nothing in them", () => {
    for (const text of ["", "# nothing\n", "vllm:\nengine:\n", "engine:\n  host:\n", "---\n"]) {
      const { config, problems } = loadConfig({}, text);
      assert.deepEqual(told(problems), [], text);
      assert.equal(config.plan.vllm, undefined);
    }
  });

  test("may hold nothing at all, and is else a map", () => {
    for (const nothing of ["", "\n", "# nothing yet\n", "~\n", "null\n", "{}\n", "---\n"])
      assert.deepEqual(loadConfig({}, nothing).problems, [], JSON.stringify(nothing));
    for (const other of ["5\n", "false\n", "edge\n", "[]\n", "- edge\n", '""\n']) {
      const [problem] = loadConfig({}, other).problems;
      assert.match(String(problem?.message), /must be a map of settings/, JSON.stringify(other));
    }
  });

  test("drops nothing in silence: an alias of nothing, and what a second document says, are told", () => {
    const rows: [text: string, told: string][] = [
      ["edge: { maxTurns: *nope }\n", "duet.yaml:1:19 edge.maxTurns: the alias *nope has no anchor"],
      ["engine:\n  vllm: *nope\n", "duet.yaml:2:9 engine.vllm: the alias *nope has no anchor"],
      ["edge: { maxTurns: 4 }\n---\nedge: { maxTurns: 5 }\n", "duet.yaml:2:1 : a second YAML document begins here"],
    ];
    for (const [text, fault] of rows) assert.deepEqual(told(loadConfig({}, text).problems), [fault]);
  });

  test("says of values that do not fit together where they come from, a variable too", () => {
    const { problems } = loadConfig({ DUET_EDGE_LISTEN: "127.0.0.1:7000", DUET_GENERATE_LISTEN: "127.0.0.1:7000" }, "");
    assert.deepEqual(
      problems.map(({ rule, path, origin }) => [rule, path, origin]),
      [
        ["duet/ports", "generate.listen", { variable: "DUET_GENERATE_LISTEN" }],
        ["duet/service-address", "edge.generateUrl", undefined],
      ],
    );
  });

  test("repeats no password of an address that is wrong", () => {
    const { problems } = loadConfig({ DUET_VLLM_URL: "htp://u:SECRET@h" }, 'fish: { url: "htp://u:SECRET@h" }\n');
    assert.equal(problems.length, 2);
    assert.doesNotMatch(JSON.stringify(problems), /SECRET/);
  });

  test("tells each fault with its place and the nearest name", () => {
    const { problems } = loadConfig(
      {},
      "edge: { maxTurn: 5 }\nvllm:\n  ulr: http://a\nengine:\n  vlm: {}\n  vllm:\n    batching:\n      max_num_seqs: 4\n    dtype: bfloat61\n",
    );
    assert.deepEqual(
      problems.map((problem) => writeProblem(problem)),
      [
        "duet.yaml:1:9: error: edge.maxTurn: unknown setting edge.maxTurn\n    Did you mean edge.maxTurns?",
        "duet.yaml:3:3: error: vllm.ulr: unknown setting vllm.ulr\n    Did you mean vllm.url?",
        "duet.yaml:5:3: error: engine.vlm: engine has no field vlm\n    Did you mean vllm?",
        "duet.yaml:8:7: error: engine.vllm.batching.max_num_seqs: engine.vllm.batching has no field max_num_seqs\n    Did you mean maxNumSeqs?",
        "duet.yaml:9:12: error: engine.vllm.dtype: bfloat61 is not one of the allowed values\n    Did you mean bfloat16? It must be one of auto, bfloat16, float16, half, float32, float.",
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
      "duet.yaml:5:7 engine.vllm.speculation.suffix: engine.vllm.speculation takes only one method, and ngram is already set",
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
      "edge: { maxTurns: many, listen: a:b, instructions: { a: b } }\ndiscover: 1\ngenerate: { maxTokens: true }\nlog: []\nfish: { mode: 1.6 }\nsynthesize: { opener: 1 }\nengine:\n  host: { gpuCount: 1.5, gpuMemoryGib: -1 }\n  vllm:\n    cache: { gpuMemoryUtilization: 1.5, prefixCaching: 1 }\n    gpus: 0\n    parallelism: 4\n    model: { name: [] }\n",
    );
    assert.deepEqual(told(problems), [
      "duet.yaml:1:9 edge.maxTurns: edge.maxTurns=many: must be a number from 1 to 100000",
      "duet.yaml:1:25 edge.listen: edge.listen=a:b: must be host:port, such as 127.0.0.1:8080",
      "duet.yaml:1:38 edge.instructions: edge.instructions: must be a string",
      "duet.yaml:2:1 discover: discover=1: must be true or false",
      "duet.yaml:3:13 generate.maxTokens: generate.maxTokens=true: must be a number from 1 to 32768",
      "duet.yaml:4:1 log: log must be a map of settings",
      "duet.yaml:5:9 fish.mode: fish.mode=1.6: must be one of 1.4, 1.5.0, 1.5.1, s1, s2",
      "duet.yaml:6:15 synthesize.opener: synthesize.opener must be a map of settings",
      "duet.yaml:8:21 engine.host.gpuCount: 1.5 is not a whole number from 0 to 64",
      "duet.yaml:8:40 engine.host.gpuMemoryGib: -1 is not a number from 1 to 2048",
      "duet.yaml:10:36 engine.vllm.cache.gpuMemoryUtilization: 1.5 is not a number from 0.01 to 1",
      "duet.yaml:10:56 engine.vllm.cache.prefixCaching: 1 is neither true nor false",
      "duet.yaml:11:5 engine.vllm.gpus: must be a list",
      "duet.yaml:12:18 engine.vllm.parallelism: engine.vllm.parallelism must be a map of fields",
      "duet.yaml:13:20 engine.vllm.model.name: must be a string",
    ]);
  });

  test("that is no YAML is told with its line, and read as far as it goes", () => {
    const { config, problems } = loadConfig({}, "edge:\n  maxTurns: 5\nlog: { level: warn\ndiscover: true\n");
    assert.ok(problems.every(({ severity }) => severity === "error"));
    assert.match(told(problems)[0] ?? "", /^duet\.yaml:\d+:\d+ : this is not valid YAML: /);
    assert.equal(config.settings.edge.maxTurns, 5);
    assert.match(told(loadConfig({}, "a: 1\na: 2\n").problems).join("\n"), /a is set twice: line 1 sets it too/);
    assert.match(told(loadConfig({}, "[1, 2]").problems)[0] ?? "", /a config must be a map of settings/);
  });

  test("that refers to itself or multiplies is refused, not followed", () => {
    assert.match(told(loadConfig({}, "a: &a [*a]\n").problems).join("\n"), /nested more than \d+ levels deep/);
    const bomb = ["a: &a [x, x, x, x, x, x, x, x]"];
    for (let i = 0; i < 7; i++) bomb.push(`b${i}: &b${i} [${Array(8).fill(`*${i === 0 ? "a" : `b${i - 1}`}`)}]`);
    assert.match(
      told(loadConfig({}, bomb.join("\n")).problems).join("\n"),
      /nested more than \d+ levels deep, or the config has more than \d+ values/,
    );
  });

  test("that is named and not there is an error of the variable that names it", () => {
    const { problems } = loadConfig({ DUET_CONFIG: "no/such/file.yaml" });
    assert.match(told(problems)[0] ?? "", /^DUET_CONFIG : the config file no\/such\/file\.yaml cannot be read: ENOENT/);
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

  test("of layers that the estimate does not know is told, and the rest is checked", (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, "config.json"), JSON.stringify({ ...config, kv_lora_rank: 512 }));
    const text = "engine:\n  vllm:\n    model: { configFile: config.json }\n    parallelism: { tensor: 3 }\n";
    const { problems } = loadConfig({ DUET_CONFIG: join(folder, "duet.yaml") }, text);
    assert.match(
      told(problems).join("\n"),
      /:3:14 engine\.vllm\.model\.configFile: Duet cannot estimate whether .* fits on the GPUs/,
    );
    assert.ok(problems.some(({ rule }) => rule === "vllm/heads"));
  });

  test("that lacks a field is told", (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, "config.json"), JSON.stringify({ ...config, vocab_size: undefined }));
    const text = "engine:\n  vllm:\n    model: { configFile: config.json }\n";
    const { problems } = loadConfig({ DUET_CONFIG: join(folder, "duet.yaml") }, text);
    assert.match(
      told(problems)[0] ?? "",
      /:3:14 engine\.vllm\.model\.configFile: \/.*\/config\.json is not a config\.json of a model: it has no vocab_size$/,
    );
  });
});

function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
