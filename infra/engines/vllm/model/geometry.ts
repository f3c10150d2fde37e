import type { Geometry as GeometryMessage } from "../../../gen/duet/config/v1/vllm_pb.ts";

/** The shape of a decoder-only transformer. */
export interface Geometry {
  readonly layers: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly attentionHeads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly vocabularySize: number;
  readonly maxPositionEmbeddings: number;
  readonly ropeTheta: number;
  readonly tiedEmbeddings: boolean;
  /** Bytes of all weights, where somebody said so; else they are computed. */
  readonly weightBytes?: number;
  /** The number type that its checkpoint was trained in. */
  readonly dtype?: string;
  /** Whether it brings heads of its own for further tokens. */
  readonly multiTokenHeads?: boolean;
}

// Qwen2.5: config.json of each model. All have heads of 128 but the smallest, and were trained in bfloat16 for 32768 tokens.
const qwen = (
  layers: number,
  hiddenSize: number,
  intermediateSize: number,
  attentionHeads: number,
  keyValueHeads: number,
  vocabularySize: number,
): Geometry => ({
  layers,
  hiddenSize,
  intermediateSize,
  attentionHeads,
  keyValueHeads,
  headSize: hiddenSize / attentionHeads,
  vocabularySize,
  maxPositionEmbeddings: 32_768,
  ropeTheta: 1_000_000,
  tiedEmbeddings: hiddenSize < 3000,
  dtype: "bfloat16",
  multiTokenHeads: false,
});

const known: Readonly<Record<string, Geometry>> = {
  "0.5b": qwen(24, 896, 4864, 14, 2, 151_936),
  "1.5b": qwen(28, 1536, 8960, 12, 2, 151_936),
  "3b": qwen(36, 2048, 11_008, 16, 2, 151_936),
  "7b": qwen(28, 3584, 18_944, 28, 4, 152_064),
  "14b": qwen(48, 5120, 13_824, 40, 8, 152_064),
  "32b": qwen(64, 5120, 27_648, 40, 8, 152_064),
  "72b": qwen(80, 8192, 29_568, 64, 8, 152_064),
};

/** What a name tells: the shape, and how the checkpoint is packed; undefined if the table does not know it. */
export function knownModel(name: string): { geometry: Geometry; quantization: string | undefined } | undefined {
  const match = /(?:^|\/)qwen2\.5-([\d.]+b)(?:-instruct)?(?:-(awq|gptq)(?:-int([48]))?)?$/i.exec(name);
  const geometry = match === null ? undefined : known[(match[1] as string).toLowerCase()];
  if (geometry === undefined) return undefined;
  const [, , method, bits] = match as RegExpExecArray;
  if (method === undefined) return { geometry, quantization: undefined };
  return { geometry, quantization: bits === "8" ? "gptq-int8" : method.toLowerCase() };
}

/** A config.json as Hugging Face writes it. */
export interface ModelConfigFile {
  readonly geometry: Geometry;
  readonly quantization: string | undefined;
}

/** Reads a model's config.json. Throws an Error that names the field that is missing. */
export function readModelConfig(text: string): ModelConfigFile {
  const whole = JSON.parse(text) as Record<string, unknown>;
  const json = (whole.text_config ?? whole) as Record<string, unknown>;
  const number = (name: string, fallback?: number): number => {
    const value = json[name] ?? fallback;
    if (typeof value !== "number" || !(value > 0)) throw new Error(`it has no ${name}`);
    return value;
  };
  const hiddenSize = number("hidden_size");
  const attentionHeads = number("num_attention_heads");
  const packed = json.quantization_config as { quant_method?: unknown } | undefined;
  const dtype = json.dtype ?? json.torch_dtype;
  return {
    geometry: {
      layers: number("num_hidden_layers"),
      hiddenSize,
      intermediateSize: number("intermediate_size"),
      attentionHeads,
      keyValueHeads: number("num_key_value_heads", attentionHeads),
      headSize: number("head_dim", hiddenSize / attentionHeads),
      vocabularySize: number("vocab_size"),
      maxPositionEmbeddings: number("max_position_embeddings"),
      ropeTheta: number("rope_theta", 10_000),
      tiedEmbeddings: json.tie_word_embeddings === true,
      multiTokenHeads: Number(json.num_nextn_predict_layers ?? json.mtp_num_hidden_layers ?? 0) > 0,
      ...(typeof dtype === "string" ? { dtype } : {}),
    },
    quantization: typeof packed?.quant_method === "string" ? packed.quant_method : undefined,
  };
}

/** The shape that is written in the config, over what is known otherwise; undefined if fields are missing. */
export function mergeGeometry(base: Geometry | undefined, written: GeometryMessage | undefined): Geometry | undefined {
  if (written === undefined) return base;
  const { layers, hiddenSize, intermediateSize, attentionHeads, vocabularySize, maxPositionEmbeddings } = {
    ...base,
    ...defined(written),
  };
  const all = [layers, hiddenSize, intermediateSize, attentionHeads, vocabularySize, maxPositionEmbeddings];
  if (all.some((value) => value === undefined)) return undefined;
  const heads = attentionHeads as number;
  const { weightBytes } = written;
  return {
    ...(base ?? {
      ropeTheta: 1_000_000,
      tiedEmbeddings: false,
      keyValueHeads: heads,
      headSize: (hiddenSize as number) / heads,
    }),
    ...(defined(written) as Partial<Geometry>),
    ...(weightBytes === undefined ? {} : { weightBytes: Number(weightBytes) }),
  } as Geometry;
}

function defined({ $typeName, $unknown, weightBytes, ...fields }: GeometryMessage): Partial<Geometry> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** How many weights there are: all of them, and those in the layers' matrices, which packing makes smaller. */
export function countWeights(g: Geometry): { all: number; packable: number } {
  const [q, kv] = [g.attentionHeads * g.headSize, g.keyValueHeads * g.headSize];
  const matrices = g.layers * (2 * g.hiddenSize * q + 2 * g.hiddenSize * kv + 3 * g.hiddenSize * g.intermediateSize);
  const biasesAndNorms = g.layers * (q + 2 * kv + 2 * g.hiddenSize) + g.hiddenSize;
  const embeddings = g.vocabularySize * g.hiddenSize * (g.tiedEmbeddings ? 1 : 2);
  return { all: matrices + biasesAndNorms + embeddings, packable: matrices };
}

// Four bits with a scale and a zero point for every 128 weights; eight bits with a scale.
const packedBytes: Readonly<Record<string, number>> = {
  awq: 0.52,
  awq_marlin: 0.52,
  gptq: 0.52,
  gptq_marlin: 0.52,
  "gptq-int8": 1.02,
  bitsandbytes: 0.52,
  fp8: 1,
};

/** Bytes of a number of a type that vLLM computes with. */
export function bytesOf(dtype: string): number {
  if (/^(?:float32|float)$/.test(dtype)) return 4;
  return /^(?:fp8|int8|uint8)/.test(dtype) ? 1 : /^int4/.test(dtype) ? 0.5 : 2;
}

/** Bytes of all weights on the cards. */
export function weightBytes(geometry: Geometry, dtype: string, quantization: string | undefined): number {
  if (geometry.weightBytes !== undefined) return geometry.weightBytes;
  const { all, packable } = countWeights(geometry);
  const each = quantization === undefined ? undefined : packedBytes[quantization];
  return each === undefined ? all * bytesOf(dtype) : packable * each + (all - packable) * bytesOf(dtype);
}
