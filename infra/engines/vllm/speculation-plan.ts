import type { Speculation } from "../../gen/duet/config/v1/speculation_pb.ts";
import { knownModel } from "./model/known.ts";
import { packingBy, weightBytes } from "./model/packing.ts";

/** The config of speculative decoding, with all defaults filled in; fields of methods not chosen are undefined. */
export interface SpeculationPlan {
  /** The method in vLLM's spelling: `draft_model`. */
  readonly method: "ngram" | "ngram_gpu" | "suffix" | "draft_model" | "eagle" | "eagle3" | "mtp" | "medusa";
  /** The method in the spelling of the config file: `draftModel`. */
  readonly field: string;
  readonly model: string | undefined;
  readonly numSpeculativeTokens: number | undefined;
  readonly promptLookup: { readonly max: number; readonly min: number } | undefined;
  readonly suffix:
    | {
        readonly maxTreeDepth: number;
        readonly maxCachedRequests: number;
        readonly maxSpecFactor: number;
        readonly minTokenProb: number;
      }
    | undefined;
  readonly draftTensorParallelSize: number | undefined;
  readonly draftSampleMethod: string | undefined;
  readonly useHeterogeneousVocab: boolean;
  readonly parallelDrafting: boolean;
  readonly quantization: string | undefined;
  readonly maxModelLen: number | undefined;
  /** The dimensions of the draft model, if known. */
  readonly draft:
    | {
        readonly attentionHeads: number | undefined;
        readonly keyValueHeads: number | undefined;
        readonly vocabularySize: number | undefined;
        readonly weightBytes: number;
      }
    | undefined;
  readonly tokensByBatchSize: readonly {
    readonly start: number;
    readonly end: number;
    readonly numSpeculativeTokens: number;
  }[];
  readonly rejectionSampleMethod: string | undefined;
}

const nothing = {
  model: undefined,
  promptLookup: undefined,
  suffix: undefined,
  draftTensorParallelSize: undefined,
  draftSampleMethod: undefined,
  useHeterogeneousVocab: false,
  parallelDrafting: false,
  quantization: undefined,
  maxModelLen: undefined,
  draft: undefined,
};

/**
 * Fills in the defaults of speculative decoding; undefined if no method is chosen. `tensor` is the number of GPUs that
 * share the model.
 */
export function completeSpeculation(written: Speculation | undefined, tensor: number): SpeculationPlan | undefined {
  const method = written?.method;
  if (written === undefined || method?.case === undefined) return undefined;
  const shared = {
    ...nothing,
    field: method.case,
    numSpeculativeTokens: method.value.numSpeculativeTokens,
    tokensByBatchSize: written.tokensByBatchSize.map(({ start, end, numSpeculativeTokens }) => ({
      start: start ?? 1,
      end: end ?? start ?? 1,
      numSpeculativeTokens: numSpeculativeTokens ?? 0,
    })),
    rejectionSampleMethod: written.rejectionSampleMethod,
  };
  switch (method.case) {
    case "ngram":
    case "ngramGpu": {
      const { promptLookupMax: max, promptLookupMin: min } = method.value;
      const promptLookup = { max: max ?? min ?? 5, min: min ?? max ?? 5 };
      return { ...shared, method: method.case === "ngram" ? "ngram" : "ngram_gpu", promptLookup };
    }
    case "suffix": {
      const { maxTreeDepth, maxCachedRequests, maxSpecFactor, minTokenProb } = method.value;
      const suffix = {
        maxTreeDepth: maxTreeDepth ?? 24,
        maxCachedRequests: maxCachedRequests ?? 10_000,
        maxSpecFactor: maxSpecFactor ?? 1,
        minTokenProb: minTokenProb ?? 0.1,
      };
      return { ...shared, method: "suffix", suffix };
    }
    case "draftModel": {
      const { model, draftTensorParallelSize, draftSampleMethod, useHeterogeneousVocab, geometry } = method.value;
      const known = knownModel(model ?? "");
      const { quantization, maxModelLen } = method.value;
      const packing = known?.packing ?? (quantization === undefined ? undefined : packingBy(quantization));
      const bytes = known === undefined ? 0 : weightBytes(known.geometry, known.geometry.dtype ?? "bfloat16", packing);
      return {
        ...shared,
        method: "draft_model",
        model,
        draftTensorParallelSize: draftTensorParallelSize ?? tensor,
        draftSampleMethod,
        useHeterogeneousVocab: useHeterogeneousVocab ?? false,
        quantization,
        maxModelLen,
        draft: {
          attentionHeads: geometry?.attentionHeads ?? known?.geometry.attentionHeads,
          keyValueHeads: geometry?.keyValueHeads ?? known?.geometry.keyValueHeads,
          vocabularySize: geometry?.vocabularySize ?? known?.geometry.vocabularySize,
          weightBytes: geometry?.weightBytes === undefined ? bytes : Number(geometry.weightBytes),
        },
      };
    }
    case "mtp":
      return { ...shared, method: "mtp" };
    default: {
      const { model, draftTensorParallelSize, draftSampleMethod, parallelDrafting } = method.value;
      return {
        ...shared,
        method: method.case,
        model,
        draftTensorParallelSize,
        draftSampleMethod,
        parallelDrafting: parallelDrafting ?? false,
      };
    }
  }
}
