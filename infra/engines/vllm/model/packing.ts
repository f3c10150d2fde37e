import type { Geometry } from "./geometry.ts";

/** The quantization of a checkpoint. */
export interface Packing {
  /** The quantization method, as vLLM names it: `awq`, `compressed-tensors`. */
  readonly method: string;
  /** Bits per quantized weight, without scales. */
  readonly bits: number;
  /**
   * Whether the quantization is stated in the checkpoint's own config. Otherwise it is inferred from the model's name,
   * which is less reliable: many checkpoints called AWQ or FP8 use `compressed-tensors`.
   */
  readonly certain: boolean;
}

/** Methods that quantize weights while loading them; all other methods need a checkpoint that is already quantized. */
const packsByItself =
  /^(?:fp8|fp8_per_\w+|mxfp8|online|bitsandbytes|experts_int8|int8_per_channel_weight_only|torchao|nvfp4_per_token)$/;

/** Whether a quantization method needs a checkpoint that is already quantized with the same method. */
export function needsPackedCheckpoint(method: string): boolean {
  return !packsByItself.test(method);
}

/** Whether a quantization method can load a checkpoint: `awq_marlin` loads one that is quantized with `awq`. */
export function reads(method: string, checkpoint: Packing): boolean {
  const kind = (name: string) => name.replace(/^auto_|_(?:marlin|fp4|mxfp8|mixed)$/g, "").replaceAll("_", "-");
  const [mine, theirs] = [kind(method), kind(checkpoint.method)];
  if (mine === theirs || ["moe-wna16", "humming", "inc", "auto-round"].includes(mine)) return true;
  return !checkpoint.certain && !(unlike.includes(mine) && unlike.includes(theirs));
}

/** Methods that checkpoint names tell apart reliably: none of them loads a checkpoint named after another. */
const unlike = ["awq", "gptq", "gguf", "bitsandbytes"];

/** The quantization to assume for a quantization method if the checkpoint itself states none. */
export function packingBy(method: string): Packing {
  return { method, bits: /fp8|int8|experts|modelopt$/.test(method) ? 8 : 4, certain: true };
}

/** The number of weights: all of them, and those in the layers' matrices, which quantization makes smaller. */
export function countWeights(g: Geometry): { all: number; packable: number } {
  const [q, kv] = [g.attentionHeads * g.headSize, g.keyValueHeads * g.headSize];
  const { count, intermediateSize } = g.experts ?? { count: 1, intermediateSize: g.intermediateSize };
  const attention = 2 * g.hiddenSize * q + 2 * g.hiddenSize * kv;
  const matrices = g.layers * (attention + 3 * g.hiddenSize * intermediateSize * count);
  const biases = g.attentionBias === true ? q + 2 * kv : 0;
  const router = g.experts === undefined ? 0 : g.hiddenSize * count;
  const rest = g.layers * (biases + router + 2 * g.hiddenSize) + g.hiddenSize + (g.otherWeights ?? 0);
  const embeddings = g.vocabularySize * g.hiddenSize * (g.tiedEmbeddings ? 1 : 2);
  return { all: matrices + rest + embeddings, packable: matrices };
}

/** The size of a number in one of vLLM's data types, in bytes. */
export function bytesOf(dtype: string): number {
  if (/^(?:float32|float)$/.test(dtype)) return 4;
  return /^(?:fp8|int8|uint8)/.test(dtype) ? 1 : /^(?:int4|nvfp4)/.test(dtype) ? 0.5 : 2;
}

/** The size of all weights on the GPUs, in bytes. */
export function weightBytes(geometry: Geometry, dtype: string, packing: Packing | undefined): number {
  if (geometry.weightBytes !== undefined) return geometry.weightBytes;
  const { all, packable } = countWeights(geometry);
  if (packing === undefined) return all * bytesOf(dtype);
  // Bytes per weight: its own bits, and a share of what is stored for each group of weights. With four bits, that is a
  // scale and a zero point for every 128 weights; with eight bits, only a scale. FP8 may have one scale per matrix.
  const each = packing.bits / 8 + (/fp8/.test(packing.method) ? 0 : 0.02);
  return packable * each + (all - packable) * bytesOf(dtype);
}
