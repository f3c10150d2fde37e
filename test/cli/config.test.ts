import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import { environment } from "../support/environment.ts";

const main = join(import.meta.dirname, "../../services/cli/main.ts");

function duet(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    env: environment(env),
    cwd: tmpdir(),
  });
  return { status, stdout, stderr };
}

/** A config with ten mistakes, each of another kind, and what is said of each: line, path, remedy. */
const mistakes = `edge: { maxTurn: 100 }
generate: { maxTokens: 0 }
vllm:
  apiKey: abc
engine:
  host: { gpuCount: 4 }
  vllm:
    parallelism: { tensor: 3 }
    batching: { maxNumSeqs: 512, maxNumBatchedTokens: 256 }
    context: { maxModelLen: 65536 }
    speculation:
      ngram: { numSpeculativeTokens: 4, promptLookupMin: 6, promptLookupMax: 4 }
    extraArgs: ["--swap-space", "4"]
    structuredOutputs: { backend: xgramar }
  fish:
    version: 1.5.0
    gpus: [3, 4]
fish:
  mode: 1.5.0
`;
const expected: [line: number, path: string, remedy: RegExp][] = [
  [1, "edge.maxTurn", /Did you mean edge\.maxTurns\?/],
  [2, "generate.maxTokens", /The token limit of an answer/],
  [4, "vllm.apiKey", /\{ env: NAME \}/],
  [8, "engine.vllm.parallelism.tensor", /one of 1, 2, 4/],
  [9, "engine.vllm.batching.maxNumBatchedTokens", /Set it to 2048/],
  [10, "engine.vllm.context.maxModelLen", /yarn: \{ factor: 2 \}/],
  [12, "engine.vllm.speculation.ngram.promptLookupMin", /4 at most/],
  [13, "engine.vllm.extraArgs", /offloadGib/],
  [14, "engine.vllm.structuredOutputs.backend", /Did you mean xgrammar\?/],
  [17, "engine.fish.gpus", /below 4/],
];

describe("duet config check", () => {
  test("tells ten mistakes in one run, each with line, path and remedy", (context) => {
    const file = fileOf(context, mistakes);
    const { status, stdout, stderr } = duet(["config", "check", file]);
    assert.equal(stderr, "");
    assert.equal(status, 1);
    for (const [line, path, remedy] of expected) {
      const at = stdout.indexOf(`${file}:${line}:`);
      const told = stdout
        .split("\n")
        .findIndex((text) => text.startsWith(`${file}:${line}:`) && text.includes(`error: ${path}`));
      assert.ok(at >= 0 && told >= 0, `line ${line}, ${path}:\n${stdout}`);
      assert.match(stdout.split("\n")[told + 1] ?? "", remedy);
    }
  });

  test("tells programs too", (context) => {
    const { status, stdout } = duet(["config", "check", "--json", fileOf(context, mistakes)]);
    assert.equal(status, 1);
    const problems = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { path: string; origin: { line: number } });
    for (const [line, path] of expected)
      assert.ok(
        problems.some((problem) => problem.path === path && problem.origin.line === line),
        path,
      );
  });

  test("is content with a profile, and with --strict not if something is doubtful", () => {
    assert.deepEqual(
      [duet(["config", "check", "4x4090d-voice"]).status, duet(["config", "check", "4x4090d-article"]).status],
      [0, 0],
    );
    const { status, stdout } = duet(["config", "check", "--strict", "4x4090d-article"]);
    assert.equal(status, 1);
    assert.match(stdout, /0 errors, 4 warnings\n$/);
  });

  test("reads the lexicons that are named, and tells those that are missing or wrong", (context) => {
    const words = fileOf(context, "all: { ACME: one }\n");
    const wrong = fileOf(context, "all:\n  ACME:\n");
    const config = (own: string, shop: string) =>
      fileOf(context, `synthesize: { lexicon: ${own} }\nprofiles:\n  shop: { lexicon: ${shop} }\n`);
    assert.deepEqual(duet(["config", "check", config(words, words)]).status, 0);
    const file = config("gone.yaml", wrong);
    const { status, stdout } = duet(["config", "check", file]);
    assert.equal(status, 1);
    const gone = join(dirname(file), "gone.yaml");
    assert.ok(
      stdout.includes(`${file}:1:15: error: synthesize.lexicon [duet/files]: ${gone}: the file does not exist`),
      stdout,
    );
    assert.ok(
      stdout.includes(`${file}:3:11: error: profiles.shop.lexicon: ${wrong}: is not a valid lexicon: line 2: `),
      stdout,
    );
    const { stdout: told } = duet(["config", "check"], { DUET_PROFILES: '{"shop":{"lexicon":"gone.yaml"}}' });
    assert.match(
      told,
      /^DUET_PROFILES: error: profiles\.shop\.lexicon \[duet\/files\]: gone\.yaml: the file does not exist/m,
    );
  });

  test("finds nothing wrong with the example of profiles", () => {
    const root = join(import.meta.dirname, "../..");
    const { status, stdout } = spawnSync(
      process.execPath,
      [main, "config", "check", "--strict", "examples/profiles/duet.yaml"],
      { encoding: "utf8", env: environment({}), cwd: root },
    );
    assert.deepEqual([status, stdout], [0, "examples/profiles/duet.yaml: 0 errors, 0 warnings\n"]);
  });

  test("hears the environment", () => {
    const { status, stdout } = duet(["config", "check", "4x4090d-voice"], { DUET_ENGINE_VLLM_PARALLELISM_TENSOR: "3" });
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^DUET_ENGINE_VLLM_PARALLELISM_TENSOR: error: engine\.vllm\.parallelism\.tensor \[vllm\/heads\]/m,
    );
  });
});

describe("duet", () => {
  test("says what is there when it is asked for what is not", () => {
    const profile = duet(["config", "check", "4x4090"]);
    assert.deepEqual([profile.status, profile.stdout], [1, ""]);
    assert.match(profile.stderr, /^duet: 4x4090 is neither a file nor one of the profiles .*4x4090d-voice/);
    const command = duet(["config", "chekc"]);
    assert.equal(command.status, 2);
    assert.match(command.stderr, /Did you mean check\?/);
  });

  test("renders for vLLM, Fish-Speech, compose and Kubernetes, and nothing from a config with an error", (context) => {
    for (const [what, says] of [
      ["vllm", /^CUDA_VISIBLE_DEVICES=0 \\\n {2}vllm serve Qwen/],
      ["fish", /--listen 127\.0\.0\.1:8182/],
      ["compose", /^name: duet$/m],
      ["k8s", /^kind: StatefulSet$/m],
      ["compose --observe", /^ {2}grafana:$/m],
      ["k8s --observe", /^ {2}name: grafana$/m],
    ] as const) {
      const { status, stdout, stderr } = duet(["render", ...what.split(" "), "4x4090d-voice"]);
      assert.deepEqual([status, stderr], [0, ""], what);
      assert.match(stdout, says);
    }
    const { status, stdout, stderr } = duet(["render", "vllm", fileOf(context, mistakes)]);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /one of 1, 2, 4/);
    assert.match(duet(["render", "vllm", "laptop"]).stderr, /so a stand-in is used/);
  });

  test("renders without the value of any secret, and vLLM with the key that it is to ask for", (context) => {
    const text =
      "vllm: { apiKey: { env: NOT_SET_HERE } }\nfish: { apiKey: { file: not-there } }\nengine: { vllm: {} }\n";
    const { status, stdout, stderr } = duet(["render", "vllm", fileOf(context, text)]);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^VLLM_API_KEY="\$NOT_SET_HERE" \\\n {2}CUDA_VISIBLE_DEVICES=0/);
    assert.equal(duet(["config", "check", fileOf(context, text)]).status, 1);
  });

  test("renders profiles for those that read them", (context) => {
    const file = fileOf(context, "profiles:\n  shop: { voice: emma }\n");
    const { stdout } = duet(["render", "compose", file]);
    const [edge, generate, synthesize] = ["edge", "generate", "synthesize"].map(
      (name) => stdout.slice(stdout.indexOf(`\n  ${name}:`)).split(/\n {2}(?=\w)/)[1],
    );
    assert.match(edge ?? "", /DUET_PROFILES: '\{"shop":\{"voice":"emma"\}\}'/);
    assert.match(synthesize ?? "", /DUET_PROFILES/);
    assert.doesNotMatch(generate ?? "DUET_PROFILES", /DUET_PROFILES/);
  });

  test("renders an address with a password as what the deployment is to be given, and one without as it is", () => {
    const env = { DUET_REDIS_URL: "redis://me:hunter2@cache:6379", DUET_VLLM_URL: "http://me:hunter3@gpu:8000" };
    const compose = duet(["render", "compose"], env).stdout;
    const k8s = duet(["render", "k8s"], env).stdout;
    assert.doesNotMatch(compose + k8s, /hunter/);
    for (const name of Object.keys(env)) {
      assert.match(compose, new RegExp(`${name}: \\$\\{${name}:\\?set it`));
      assert.match(
        k8s,
        new RegExp(`name: ${name}\\n\\s+valueFrom:\\n\\s+secretKeyRef:\\n\\s+name: duet\\n\\s+key: ${name}`),
      );
    }
    const plain = duet(["render", "compose"], { DUET_REDIS_URL: "redis://cache:6379" }).stdout;
    assert.match(plain, /DUET_REDIS_URL: redis:\/\/cache:6379/);
  });

  test("teaches itself", () => {
    assert.match(duet(["--help"]).stdout, /config.*render/s);
    assert.match(duet(["config", "check", "--help"]).stdout, /Exit code: 0 .*Examples:/s);
    assert.match(duet(["config", "profiles"]).stdout, /^4x4090d-voice$/m);
    assert.match(duet(["config", "show", "4x4090d-voice"]).stdout, /Conversations that fit in the KV cache/);
  });
});

function fileOf(context: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "duet.yaml");
  writeFileSync(file, text);
  return file;
}
