import { fish, ours, type RuleRow, vllm } from "./row.ts";

/** Settings and engines together. */
export const togetherRows: readonly RuleRow[] = [
  {
    rule: "duet/served-name",
    severity: "error",
    config: `vllm: { model: Qwen/Qwen2.5-7B-Instruct }\n${vllm("model: { servedName: qwen }")}`,
    path: "vllm.model",
    remedy: /set it to qwen/,
    vllm: ours,
  },
  {
    rule: "duet/fish-mode",
    severity: "error",
    config: `fish: { mode: s2 }\n${fish("version: 1.4.3")}`,
    path: "fish.mode",
    remedy: /Set it to 1\.4\./,
  },
  {
    rule: "duet/fish-servers",
    severity: "warning",
    config: `fish: { url: "http://127.0.0.1:8180", mode: 1.5.1 }\n${fish("gpus: [1, 2]")}`,
    path: "fish.url",
    remedy: /once/,
  },
  {
    rule: "duet/text-length",
    severity: "error",
    config: fish("maxTextLength: 100"),
    path: "engine.fish.maxTextLength",
    remedy: /160/,
  },
  {
    rule: "duet/tokens",
    severity: "error",
    config: `generate: { maxTokens: 4096 }\n${vllm("context: { maxModelLen: 4096 }")}`,
    path: "generate.maxTokens",
    remedy: /below 4096/,
    vllm: ours,
  },
  {
    rule: "duet/in-flight",
    severity: "warning",
    config: `generate: { maxInFlight: 64 }\n${vllm("batching: { maxNumSeqs: 32 }")}`,
    path: "generate.maxInFlight",
    remedy: /32 at most/,
  },
  {
    rule: "duet/same-card",
    severity: "error",
    config: `${vllm("gpus: [0]")}\n  fish:\n    gpus: [0]`,
    path: "engine.fish.gpus",
    remedy: /gpuMemoryUtilization to 0\.8/,
    vllm: ours,
  },
  {
    rule: "duet/ports",
    severity: "error",
    config: vllm("server: { port: 8080 }"),
    path: "engine.vllm.server.port",
    remedy: /another port/,
    vllm: ours,
  },
  {
    rule: "duet/vllm-port",
    severity: "warning",
    config: `vllm: { url: "http://127.0.0.1:9000" }\n${vllm("gpus: [0]")}`,
    path: "vllm.url",
    remedy: /same/,
  },
];
