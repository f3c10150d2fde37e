import type { Geometry } from "./geometry.ts";
import type { Packing } from "./packing.ts";

/** A model's config.json in Hugging Face's format. */
export interface ModelConfigFile {
  readonly geometry: Geometry;
  readonly packing: Packing | undefined;
  /** Why the memory that this model needs cannot be estimated; undefined if it can. */
  readonly beyondEstimate?: string;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Values that are missing from config.json, by model type: they are defaults in the code that reads the file, such as
 * transformers' configuration_gemma3.py.
 */
const unwritten: Readonly<Record<string, Json>> = {
  gemma3_text: {
    num_attention_heads: 8,
    num_key_value_heads: 4,
    head_dim: 256,
    vocab_size: 262_208,
    max_position_embeddings: 131_072,
    rope_theta: 1_000_000,
    tie_word_embeddings: true,
    sliding_window_pattern: 6,
  },
  gemma2: { tie_word_embeddings: true, sliding_window_pattern: 2 },
  gemma: { tie_word_embeddings: true },
  // The attention layers of Qwen2 have a bias, but its config.json is older than the field that says so.
  qwen2: { attention_bias: true },
};

/** Parses a model's config.json. Throws an Error that names a missing field. */
export function readModelConfig(text: string): ModelConfigFile {
  const whole = parse(text);
  const inner = (whole.text_config ?? whole) as Json;
  const json: Json = { ...unwritten[String(inner.model_type)], ...inner };
  const number = (name: string, fallback?: number): number => {
    const value = json[name] ?? fallback;
    if (typeof value !== "number" || !(value > 0)) throw new Error(`it has no ${name}`);
    return value;
  };
  const hiddenSize = number("hidden_size");
  const attentionHeads = number("num_attention_heads");
  const layers = number("num_hidden_layers");
  const experts = (json.num_experts ?? json.num_local_experts ?? json.n_routed_experts) as number | undefined;
  const rope = (json.rope_parameters ?? json.rope_scaling ?? {}) as Json;
  const dtype = json.dtype ?? json.torch_dtype ?? whole.dtype ?? whole.torch_dtype;
  const trainedFor = number("max_position_embeddings");
  const beyondEstimate = strangeLayers(json);
  return {
    geometry: {
      layers,
      hiddenSize,
      // Some mixture-of-experts models state only the width of one expert.
      intermediateSize: number("intermediate_size", json.moe_intermediate_size as number | undefined),
      attentionHeads,
      keyValueHeads: number("num_key_value_heads", attentionHeads),
      headSize: number("head_dim", hiddenSize / attentionHeads),
      vocabularySize: number("vocab_size"),
      maxPositionEmbeddings: stretched(trainedFor, rope),
      ropeTheta: number("rope_theta", typeof rope.rope_theta === "number" ? rope.rope_theta : 10_000),
      tiedEmbeddings: (whole.tie_word_embeddings ?? json.tie_word_embeddings) === true,
      attentionBias: json.attention_bias === true,
      multiTokenHeads: Number(json.num_nextn_predict_layers ?? json.mtp_num_hidden_layers ?? 0) > 0,
      otherWeights: imageWeights(whole.vision_config as Json | undefined),
      ...sliding(json, layers),
      ...(experts !== undefined && experts > 1
        ? {
            experts: {
              count: experts,
              intermediateSize: Number(json.moe_intermediate_size ?? number("intermediate_size")),
            },
          }
        : {}),
      ...(typeof dtype === "string" ? { dtype } : {}),
    },
    packing: packingOf((whole.quantization_config ?? json.quantization_config) as Json | undefined),
    ...(beyondEstimate === undefined ? {} : { beyondEstimate }),
  };
}

function parse(text: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("it is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("it is not a JSON object");
  return value as Json;
}

/**
 * The context length of a model whose file extends its positions by YaRN, derived as vLLM does (config/model.py,
 * _get_and_verify_max_len).
 */
function stretched(trainedFor: number, rope: Json): number {
  const { factor, original_max_position_embeddings: original } = rope;
  if ((rope.rope_type ?? rope.type) !== "yarn" || typeof factor !== "number") return trainedFor;
  return Math.max(trainedFor, Math.floor(factor * (typeof original === "number" ? original : trainedFor)));
}

/** How many of the model's layers have a sliding window, and the length of that window. */
function sliding(json: Json, layers: number): Pick<Geometry, "sliding"> {
  const { sliding_window: window, layer_types: types, sliding_window_pattern: pattern } = json;
  if (typeof window !== "number" || json.use_sliding_window === false) return {};
  const count = Array.isArray(types)
    ? types.filter((type) => type === "sliding_attention").length
    : typeof pattern === "number"
      ? layers - Math.floor(layers / pattern)
      : layers;
  return count === 0 ? {} : { sliding: { layers: count, window } };
}

/**
 * Describes those layers of the model that keep something other than keys and values per head in memory; undefined if
 * the model has no such layers.
 */
function strangeLayers(json: Json): string | undefined {
  if (json.kv_lora_rank !== undefined) return "its attention layers cache compressed keys and values (MLA)";
  const types = JSON.stringify([json.layer_types, json.layers_block_type, json.hybrid_override_pattern, json.ssm_cfg]);
  return /linear|mamba|recurrent|conv|M/.test(types)
    ? "some of its layers cache a recurrent state instead of keys and values"
    : undefined;
}

function packingOf(config: Json | undefined): Packing | undefined {
  if (typeof config?.quant_method !== "string") return undefined;
  const said = /"(?:num_bits|bits|w_bit)":(\d+)/.exec(JSON.stringify(config));
  const eight = /fp8|int8/.test(config.quant_method) || config.load_in_8bit === true;
  return { method: config.quant_method, bits: said === null ? (eight ? 8 : 4) : Number(said[1]), certain: true };
}

/** The number of weights in the vision encoder: attention layers, and feed-forward parts of two matrices. */
function imageWeights(vision: Json | undefined): number {
  const [layers, width, inner] = [vision?.num_hidden_layers, vision?.hidden_size, vision?.intermediate_size].map(
    Number,
  );
  if (!layers || !width || !inner) return 0;
  return layers * (4 * width ** 2 + 2 * width * inner);
}
