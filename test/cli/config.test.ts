import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  [2, "generate.maxTokens", /The most tokens of an answer/],
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
    ] as const) {
      const { status, stdout, stderr } = duet(["render", what, "4x4090d-voice"]);
      assert.deepEqual([status, stderr], [0, ""], what);
      assert.match(stdout, says);
    }
    const { status, stdout, stderr } = duet(["render", "vllm", fileOf(context, mistakes)]);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /one of 1, 2, 4/);
    assert.match(duet(["render", "vllm", "laptop"]).stderr, /a stand-in takes its place/);
  });

  test("renders without the value of any secret, and vLLM with the key that it is to ask for", (context) => {
    const text =
      "vllm: { apiKey: { env: NOT_SET_HERE } }\nfish: { apiKey: { file: not-there } }\nengine: { vllm: {} }\n";
    const { status, stdout, stderr } = duet(["render", "vllm", fileOf(context, text)]);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^VLLM_API_KEY="\$NOT_SET_HERE" \\\n {2}CUDA_VISIBLE_DEVICES=0/);
    assert.equal(duet(["config", "check", fileOf(context, text)]).status, 1);
  });

  test("teaches itself", () => {
    assert.match(duet(["--help"]).stdout, /config.*render/s);
    assert.match(duet(["config", "check", "--help"]).stdout, /Exit code: 0 .*Examples:/s);
    assert.match(duet(["config", "profiles"]).stdout, /^4x4090d-voice$/m);
    assert.match(duet(["config", "show", "4x4090d-voice"]).stdout, /Conversations that it holds/);
  });
});

function fileOf(context: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "duet.yaml");
  writeFileSync(file, text);
  return file;
}
