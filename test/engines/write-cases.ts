/**
 * Writes what vLLM's own parser is asked into a folder: `cases.json` with the flags of every profile and of every row
 * that breaks a rule, and a config.json for each model in them, under its name, so that none is fetched. See
 * docs/checking-vllm.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig } from "../../infra/config/load.ts";
import { listProfiles } from "../../infra/config/profiles.ts";
import { vllmArgs } from "../../infra/engines/vllm/flags.ts";
import { knownModel } from "../../infra/engines/vllm/model/known.ts";
import { atLeast } from "../../infra/engines/vllm/version.ts";
import type { RuleRow } from "./rows/row.ts";
import { ruleRows } from "./rows/rows.ts";
import { soundConfigs } from "./sound.ts";

const { positionals } = parseArgs({ allowPositionals: true });
const [folder, version] = positionals;
if (folder === undefined || version === undefined) throw new Error("name the folder to write to, and vLLM's version");

interface Case {
  name: string;
  /** What follows `vllm serve`. */
  args: string[];
  gpuCount: number;
  gpuMemoryGib: number;
  /** A regular expression of the refusal; null if it is to be taken. */
  refuses: string | null;
  /** Why vLLM cannot tell without a card; null if it can. */
  cannotTell: string | null;
}

function caseOf(name: string, text: string, row?: RuleRow): Case[] {
  // A rule about versions says its own.
  const env = row?.rule.endsWith("-version") ? {} : { DUET_ENGINE_VLLM_VERSION: version };
  const { vllm, host } = loadConfig(env, text).config.plan;
  // The variable would make a vLLM where there is none.
  if (vllm === undefined || loadConfig({}, text).config.plan.vllm === undefined) return [];
  if (row?.rule.endsWith("-version") && vllm.version.text !== version) return [];
  const expected = row?.vllm;
  const unlimited = { ...vllm.batching, maxNumQueuedReqs: undefined, maxNumQueuedTokens: undefined };
  const hasLimits = vllm.version.parsed === undefined || atLeast(vllm.version.parsed, "0.29.0") || row !== undefined;
  return [
    {
      name,
      args: vllmArgs(hasLimits ? vllm : { ...vllm, batching: unlimited }),
      gpuCount: Math.max(host.gpuCount, 64),
      gpuMemoryGib: host.gpuMemoryGib,
      refuses: expected !== undefined && "refuses" in expected ? expected.refuses.source : null,
      cannotTell: expected !== undefined && "cannotTell" in expected ? expected.cannotTell : null,
    },
  ];
}

const cases = [
  ...listProfiles().flatMap(({ name, file }) => caseOf(name, readFileSync(file, "utf8"))),
  ...Object.entries(soundConfigs).flatMap(([name, text]) => caseOf(name, text)),
  ...ruleRows
    .filter(({ severity }) => severity === "error")
    .flatMap((row, index) => caseOf(`${row.rule} #${index}`, row.config, row)),
];

const models = new Set(
  cases.map(({ args }) => args[0] as string).concat("Qwen/Qwen2.5-1.5B-Instruct", "Qwen/Qwen2.5-0.5B-Instruct"),
);
for (const name of models) {
  const known = knownModel(name);
  if (known === undefined) throw new Error(`the table does not know ${name}`);
  const { geometry, packing } = known;
  write(`models/${name}/config.json`, {
    architectures: ["Qwen2ForCausalLM"],
    model_type: "qwen2",
    torch_dtype: packing === undefined ? geometry.dtype : "float16",
    bos_token_id: 151_643,
    eos_token_id: 151_645,
    hidden_act: "silu",
    hidden_size: geometry.hiddenSize,
    intermediate_size: geometry.intermediateSize,
    max_position_embeddings: geometry.maxPositionEmbeddings,
    num_attention_heads: geometry.attentionHeads,
    num_hidden_layers: geometry.layers,
    num_key_value_heads: geometry.keyValueHeads,
    rms_norm_eps: 1e-6,
    rope_theta: geometry.ropeTheta,
    tie_word_embeddings: geometry.tiedEmbeddings,
    vocab_size: geometry.vocabularySize,
    ...(packing?.method === "awq"
      ? { quantization_config: { quant_method: "awq", bits: 4, group_size: 128, zero_point: true, version: "gemm" } }
      : {}),
  });
}
const target = knownModel("Qwen/Qwen2.5-7B-Instruct")?.geometry;
write("models/thoughtworks/Qwen2.5-7B-Instruct-Eagle3/config.json", {
  architectures: ["LlamaForCausalLMEagle3"],
  model_type: "llama",
  torch_dtype: "bfloat16",
  hidden_size: target?.hiddenSize,
  intermediate_size: target?.intermediateSize,
  max_position_embeddings: target?.maxPositionEmbeddings,
  num_attention_heads: target?.attentionHeads,
  num_hidden_layers: 1,
  num_key_value_heads: target?.keyValueHeads,
  vocab_size: target?.vocabularySize,
  draft_vocab_size: 32_000,
});
write("cases.json", cases);

function write(file: string, json: unknown): void {
  const path = join(folder as string, file);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, JSON.stringify(json, null, 2));
}
