import assert from "node:assert/strict";
import { test } from "vitest";
import { describedEngines } from "../../infra/config/described.ts";
import { loadConfig } from "../../infra/config/load.ts";
import { shellCommand } from "../../infra/engines/shell.ts";

const rows: [model: string, extraArgs: string, flags: string[]][] = [
  ["Qwen/Qwen3-8B", "[]", ["--reasoning-parser qwen3"]],
  ["Qwen/QwQ-32B", "[]", ["--reasoning-parser deepseek_r1"]],
  ["mistralai/Magistral-Small-2509", "[]", ["--reasoning-parser mistral"]],
  // vLLM chooses it by itself.
  ["openai/gpt-oss-20b", "[]", []],
  ["Qwen/Qwen2.5-7B-Instruct", "[]", []],
  ["Qwen/Qwen3-8B", "[--reasoning-parser, mine]", ["--reasoning-parser mine"]],
  ["Qwen/Qwen3-8B", "[--reasoning-parser=mine]", ["--reasoning-parser=mine"]],
];

for (const [model, extraArgs, flags] of rows)
  test(`vLLM takes the thoughts of ${model} out of its text, with ${extraArgs} besides`, () => {
    const text = `engine: { vllm: { model: { name: ${model} }, extraArgs: ${extraArgs} } }`;
    const commands = describedEngines(loadConfig({}, text).config)
      .flatMap(({ engine, plan }) => engine.commands(plan))
      .map(shellCommand)
      .join(" ")
      .replace(/['\\]|\s+/g, (found) => (found.trim() === "" ? " " : ""));
    assert.deepEqual(commands.match(/--reasoning-parser[ =]\S+/g) ?? [], flags);
  });
