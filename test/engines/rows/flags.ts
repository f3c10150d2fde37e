import { ours, type RuleRow, vllm } from "./row.ts";

/** What is passed on unread. */
export const flagsRows: readonly RuleRow[] = [
  ...Object.entries({
    "--disable-log-requests": /--enable-log-requests/,
    "--rope-scaling {}": /context\.yarn/,
    "--rope-theta 1": /rope_theta/,
    "--swap-space 4": /offloadGib/,
    "--guided-decoding-backend xgrammar": /structuredOutputs\.backend/,
    "--speculative-model x": /speculation/,
    "--num-speculative-tokens 4": /speculation/,
    "--speculative-disable-by-batch-size 8": /tokensByBatchSize/,
    "--use-v2-block-manager": /Remove/,
    "--num-scheduler-steps 8": /Remove/,
    "--preemption-mode swap": /Remove/,
    "--cudagraph": /enforceEager/,
  }).map(
    ([flag, remedy]): RuleRow => ({
      rule: "vllm/removed-flag",
      severity: "error",
      config: vllm(`extraArgs: [${flag.split(" ").map((word) => `"${word}"`)}]`),
      path: "engine.vllm.extraArgs",
      remedy,
      vllm: { refuses: /unrecognized arguments|ambiguous option/ },
    }),
  ),
  {
    rule: "vllm/flag-with-a-field",
    severity: "error",
    config: vllm('extraArgs: ["--max_num_seqs=8"]'),
    path: "engine.vllm.extraArgs",
    remedy: /batching\.maxNumSeqs/,
    vllm: ours,
  },
  {
    rule: "vllm/secret-in-flags",
    severity: "error",
    config: vllm('extraArgs: ["--api-key", "k"]'),
    path: "engine.vllm.extraArgs",
    remedy: /VLLM_API_KEY/,
    vllm: ours,
  },
  {
    rule: "vllm/connector-role",
    severity: "error",
    config: vllm(`extraArgs: ["--kv-transfer-config", '{"kv_connector": "NixlConnector"}']`),
    path: "engine.vllm.extraArgs",
    remedy: /kv_both/,
    vllm: { refuses: /kv_role/ },
  },
  {
    rule: "vllm/offloading-server",
    severity: "warning",
    config: vllm('extraArgs: ["--kv-offloading-backend", "lmcache"]'),
    path: "engine.vllm.extraArgs",
    remedy: /offloadGib/,
  },
];
