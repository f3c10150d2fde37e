import type { Geometry, Shape } from "./geometry.ts";
import type { Packing } from "./packing.ts";

/**
 * The dimensions of popular models. The key is the model's name without the parts that do not affect the dimensions:
 * the publisher, `Instruct`, and the quantization. The numbers are from each model's config.json on Hugging Face, as
 * Lightning-AI/litgpt lists them (litgpt/config.py, 2025); those of Mistral Nemo and Small 3.1 were read from
 * config.json directly. A test compares the resulting number of weights with the published number.
 */
const table: Readonly<Record<string, Geometry>> = {
  ...family("qwen2.5", { maxPositionEmbeddings: 32_768, ropeTheta: 1_000_000, attentionBias: true }, [
    ["0.5b", 24, 896, 4_864, 14, 2, 151_936, { tiedEmbeddings: true }],
    ["1.5b", 28, 1_536, 8_960, 12, 2, 151_936, { tiedEmbeddings: true }],
    ["3b", 36, 2_048, 11_008, 16, 2, 151_936, { tiedEmbeddings: true }],
    ["7b", 28, 3_584, 18_944, 28, 4, 152_064],
    ["14b", 48, 5_120, 13_824, 40, 8, 152_064],
    ["32b", 64, 5_120, 27_648, 40, 8, 152_064],
    ["72b", 80, 8_192, 29_568, 64, 8, 152_064],
  ]),
  ...family("qwen3", { maxPositionEmbeddings: 40_960, ropeTheta: 1_000_000, headSize: 128 }, [
    ["0.6b", 28, 1_024, 3_072, 16, 8, 151_936, { tiedEmbeddings: true }],
    ["1.7b", 28, 2_048, 6_144, 16, 8, 151_936, { tiedEmbeddings: true }],
    ["4b", 36, 2_560, 9_728, 32, 8, 151_936, { tiedEmbeddings: true }],
    ["8b", 36, 4_096, 12_288, 32, 8, 151_936],
    ["14b", 40, 5_120, 17_408, 40, 8, 151_936],
    ["32b", 64, 5_120, 25_600, 64, 8, 151_936],
    ["30b-a3b", 48, 2_048, 6_144, 32, 4, 151_936, { experts: { count: 128, intermediateSize: 768 } }],
    ["235b-a22b", 94, 4_096, 12_288, 64, 4, 151_936, { experts: { count: 128, intermediateSize: 1_536 } }],
  ]),
  // The Qwen3 models of July 2025, which have a longer context.
  ...family("qwen3", { maxPositionEmbeddings: 262_144, ropeTheta: 5_000_000, headSize: 128 }, [
    ["4b-2507", 36, 2_560, 9_728, 32, 8, 151_936, { tiedEmbeddings: true }],
    [
      "30b-a3b-2507",
      48,
      2_048,
      6_144,
      32,
      4,
      151_936,
      { ropeTheta: 10_000_000, experts: { count: 128, intermediateSize: 768 } },
    ],
    ["235b-a22b-2507", 94, 4_096, 12_288, 64, 4, 151_936, { experts: { count: 128, intermediateSize: 1_536 } }],
  ]),
  ...family("llama-3", { maxPositionEmbeddings: 8_192, ropeTheta: 500_000 }, [
    ["8b", 32, 4_096, 14_336, 32, 8, 128_256],
    ["70b", 80, 8_192, 28_672, 64, 8, 128_256],
  ]),
  ...family("llama-3.1", { maxPositionEmbeddings: 131_072, ropeTheta: 500_000 }, [
    ["8b", 32, 4_096, 14_336, 32, 8, 128_256],
    ["70b", 80, 8_192, 28_672, 64, 8, 128_256],
    ["405b", 126, 16_384, 53_248, 128, 8, 128_256],
  ]),
  ...family("llama-3.2", { maxPositionEmbeddings: 131_072, ropeTheta: 500_000, tiedEmbeddings: true }, [
    ["1b", 16, 2_048, 8_192, 32, 8, 128_256],
    ["3b", 28, 3_072, 8_192, 24, 8, 128_256],
  ]),
  ...family("llama-3.3", { maxPositionEmbeddings: 131_072, ropeTheta: 500_000 }, [
    ["70b", 80, 8_192, 28_672, 64, 8, 128_256],
  ]),
  ...family("mistral-7b", { maxPositionEmbeddings: 32_768, ropeTheta: 1_000_000 }, [
    ["v0.1", 32, 4_096, 14_336, 32, 8, 32_000, { ropeTheta: 10_000, sliding: { layers: 32, window: 4_096 } }],
    ["v0.2", 32, 4_096, 14_336, 32, 8, 32_000],
    ["v0.3", 32, 4_096, 14_336, 32, 8, 32_768],
  ]),
  ...family("mistral", { maxPositionEmbeddings: 131_072, ropeTheta: 1_000_000, headSize: 128 }, [
    ["nemo-2407", 40, 5_120, 14_336, 32, 8, 131_072],
    ["small-24b-2501", 40, 5_120, 32_768, 32, 8, 131_072, { maxPositionEmbeddings: 32_768, ropeTheta: 100_000_000 }],
    ["small-3.1-24b-2503", 40, 5_120, 32_768, 32, 8, 131_072, { ropeTheta: 1_000_000_000, otherWeights: 439e6 }],
    ["small-3.2-24b-2506", 40, 5_120, 32_768, 32, 8, 131_072, { ropeTheta: 1_000_000_000, otherWeights: 439e6 }],
  ]),
  ...family("mixtral", { maxPositionEmbeddings: 32_768, ropeTheta: 1_000_000 }, [
    ["8x7b-v0.1", 32, 4_096, 14_336, 32, 8, 32_000, { experts: { count: 8, intermediateSize: 14_336 } }],
  ]),
  ...family("gemma", { maxPositionEmbeddings: 8_192, ropeTheta: 10_000, headSize: 256, tiedEmbeddings: true }, [
    ["2b", 18, 2_048, 16_384, 8, 1, 256_000],
    ["7b", 28, 3_072, 24_576, 16, 16, 256_000],
  ]),
  ...family("gemma-2", { maxPositionEmbeddings: 8_192, ropeTheta: 10_000, headSize: 256, tiedEmbeddings: true }, [
    ["2b", 26, 2_304, 9_216, 8, 4, 256_000, { sliding: { layers: 13, window: 4_096 } }],
    ["9b", 42, 3_584, 14_336, 16, 8, 256_000, { sliding: { layers: 21, window: 4_096 } }],
    ["27b", 46, 4_608, 36_864, 32, 16, 256_000, { headSize: 128, sliding: { layers: 23, window: 4_096 } }],
  ]),
  // All except the smallest also accept images.
  ...family("gemma-3", { maxPositionEmbeddings: 131_072, ropeTheta: 1_000_000, headSize: 256, tiedEmbeddings: true }, [
    ["1b", 26, 1_152, 6_912, 4, 1, 262_144, { maxPositionEmbeddings: 32_768, sliding: { layers: 22, window: 512 } }],
    ["4b", 34, 2_560, 10_240, 8, 4, 262_208, { sliding: { layers: 29, window: 1_024 }, otherWeights: 420e6 }],
    ["12b", 48, 3_840, 15_360, 16, 8, 262_208, { sliding: { layers: 40, window: 1_024 }, otherWeights: 420e6 }],
    [
      "27b",
      62,
      5_376,
      21_504,
      32,
      16,
      262_208,
      { headSize: 128, sliding: { layers: 52, window: 1_024 }, otherWeights: 420e6 },
    ],
  ]),
};

/**
 * What a model's name reveals: the dimensions, and the quantization of the checkpoint, if any; undefined if the model
 * is not in the table.
 */
export function knownModel(name: string): { geometry: Geometry; packing: Packing | undefined } | undefined {
  const words = (name.split("/").at(-1) as string)
    .toLowerCase()
    .replaceAll("_", "-")
    .replace(/^meta-llama/, "llama")
    .replace(/^qwen-?(?=[\d])/, "qwen")
    .split("-");
  const shape = words.filter((word) => !packed.test(word) && !sameShape.test(word)).join("-");
  const geometry = Object.hasOwn(table, shape) ? table[shape] : undefined;
  return geometry === undefined ? undefined : { geometry, packing: packingOf(words) };
}

/** Matches a part of a model's name that does not affect the model's dimensions. */
const sameShape = /^(?:instruct|chat|it|pt|base|hf|thinking|coder|qat|unquantized|dynamic)$/;

/** Matches a part of a model's name that reveals the quantization of the checkpoint, such as `awq` or `fp8`. */
const packed = /^(?:awq|gptq|gguf|bnb|fp8|int[48]|[48]bit|nvfp4|w4a16|w8a8|w8a16|quantized\.w\d+a\d+)$/;

function packingOf(words: readonly string[]): Packing | undefined {
  const told = words.filter((word) => packed.test(word)).map((word) => word.replace("quantized.", ""));
  if (told.length === 0) return undefined;
  const has = (word: RegExp) => told.some((one) => word.test(one));
  const bits = has(/^(?:fp8|int8|8bit|w8)/) ? 8 : 4;
  const method = ["awq", "gptq", "gguf", "fp8", "nvfp4"].find((name) => told.includes(name));
  if (method !== undefined) return { method: method === "nvfp4" ? "modelopt_fp4" : method, bits, certain: false };
  return { method: has(/^(?:bnb|[48]bit)$/) ? "bitsandbytes" : "compressed-tensors", bits, certain: false };
}

type Row = readonly [
  size: string,
  layers: number,
  hiddenSize: number,
  intermediateSize: number,
  attentionHeads: number,
  keyValueHeads: number,
  vocabularySize: number,
  rest?: Partial<Geometry>,
];

/** A family's models, by `family-size`. They were trained in bfloat16, and have no multi-token prediction heads. */
function family(
  name: string,
  shared: Partial<Geometry> & Pick<Geometry, "maxPositionEmbeddings" | "ropeTheta">,
  rows: readonly Row[],
): Record<string, Geometry> {
  return Object.fromEntries(
    rows.map(([size, layers, hiddenSize, intermediateSize, attentionHeads, keyValueHeads, vocabularySize, rest]) => {
      const shape: Shape = {
        layers,
        hiddenSize,
        intermediateSize,
        attentionHeads,
        keyValueHeads,
        vocabularySize,
        headSize: hiddenSize / attentionHeads,
      };
      const trained = { tiedEmbeddings: false, dtype: "bfloat16", multiTokenHeads: false };
      return [`${name}-${size}`, { ...trained, ...shape, ...shared, ...rest }];
    }),
  );
}
