import type { Vllm } from "../../gen/duet/config/v1/vllm_pb.ts";
import type { HostPlan } from "../host.ts";
import { vllmFields } from "./fields.ts";
import type { ModelConfigFile } from "./model/config-file.ts";
import { type Geometry, mergeGeometry } from "./model/geometry.ts";
import { knownModel } from "./model/known.ts";
import { estimateMemory, type MemoryEstimate } from "./model/memory.ts";
import { type Packing, packingBy, reads } from "./model/packing.ts";
import { completeSpeculation, type SpeculationPlan } from "./speculation-plan.ts";
import { parseVersion, type Version } from "./version.ts";

/** A vLLM server's config. Values that the config does not contain are the defaults from the table of fields. */
export interface VllmPlan {
  readonly host: HostPlan;
  readonly version: { readonly text: string; readonly parsed: Version | undefined };
  readonly model: {
    readonly name: string;
    readonly servedName: string;
    readonly revision: string | undefined;
    /** The model's dimensions; undefined if they are not known, in which case rules that need them do not apply. */
    readonly geometry: Geometry | undefined;
    /**
     * The quantization of the model's checkpoint, judging by the model's name or its config.json. `plain`: the
     * checkpoint is not quantized; undefined: it is not known whether it is.
     */
    readonly checkpoint: Packing | "plain" | undefined;
    /** Why the model's memory cannot be estimated although its dimensions are known; undefined if it can. */
    readonly beyondEstimate: string | undefined;
  };
  /** The indexes of the GPUs that the server runs on. */
  readonly gpus: readonly number[];
  readonly parallelism: { readonly tensor: number; readonly pipeline: number; readonly data: number };
  /** The data type as configured, which may be `auto`. */
  readonly dtype: string;
  /** The quantization method as configured. */
  readonly quantization: string | undefined;
  readonly context: {
    readonly maxModelLen: number;
    readonly yarn: { readonly factor: number; readonly originalMaxPositionEmbeddings: number } | undefined;
  };
  readonly cache: {
    readonly dtype: string;
    readonly gpuMemoryUtilization: number;
    readonly prefixCaching: boolean;
    readonly blockSize: number;
    readonly offloadGib: number | undefined;
  };
  readonly batching: {
    readonly maxNumSeqs: number;
    readonly maxNumBatchedTokens: number;
    readonly chunkedPrefill: boolean;
    readonly schedulingPolicy: string;
    /** Whether vLLM schedules asynchronously; undefined: vLLM decides. */
    readonly asyncScheduling: boolean | undefined;
    readonly maxNumQueuedReqs: number | undefined;
    readonly maxNumQueuedTokens: number | undefined;
    readonly streamInterval: number;
  };
  readonly speculation: SpeculationPlan | undefined;
  readonly structuredOutputs: {
    readonly backend: string;
    readonly disableAnyWhitespace: boolean;
    readonly disableAdditionalProperties: boolean;
  };
  readonly tracing: { readonly endpoint: string | undefined; readonly detailed: string | undefined };
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly shutdownTimeoutSeconds: number;
    readonly promptTokensDetails: boolean;
    readonly perRequestMetrics: boolean;
    readonly image: string;
  };
  readonly execution: {
    readonly enforceEager: boolean;
    readonly optimizationLevel: number | undefined;
    readonly performanceMode: string | undefined;
    readonly disableCustomAllReduce: boolean;
  };
  readonly expected: { readonly sessions: number | undefined; readonly tokensPerSession: number };
  readonly extraArgs: readonly string[];
  /** The estimated memory use; undefined if it cannot be estimated. */
  readonly memory: MemoryEstimate | undefined;
}

function fallback<T>(path: string): T {
  return vllmFields[path]?.fallback as T;
}

const cacheOf = (cache: Vllm["cache"]): VllmPlan["cache"] => ({
  dtype: cache?.dtype ?? fallback<string>("cache.dtype"),
  gpuMemoryUtilization: cache?.gpuMemoryUtilization ?? fallback<number>("cache.gpuMemoryUtilization"),
  prefixCaching: cache?.prefixCaching ?? fallback<boolean>("cache.prefixCaching"),
  blockSize: cache?.blockSize ?? fallback<number>("cache.blockSize"),
  offloadGib: cache?.offloadGib,
});

function batchingOf(batching: Vllm["batching"], { gpuMemoryGib }: HostPlan): VllmPlan["batching"] {
  // vLLM itself has larger defaults for GPUs of this size.
  const large = gpuMemoryGib >= 70;
  return {
    maxNumSeqs: batching?.maxNumSeqs ?? (large ? 1024 : 256),
    maxNumBatchedTokens: batching?.maxNumBatchedTokens ?? (large ? 8192 : 2048),
    chunkedPrefill: batching?.chunkedPrefill ?? fallback<boolean>("batching.chunkedPrefill"),
    schedulingPolicy: batching?.schedulingPolicy ?? fallback<string>("batching.schedulingPolicy"),
    asyncScheduling: batching?.asyncScheduling,
    maxNumQueuedReqs: batching?.maxNumQueuedReqs,
    maxNumQueuedTokens: batching?.maxNumQueuedTokens,
    streamInterval: batching?.streamInterval ?? fallback<number>("batching.streamInterval"),
  };
}

const outputsOf = (outputs: Vllm["structuredOutputs"]): VllmPlan["structuredOutputs"] => ({
  backend: outputs?.backend ?? fallback<string>("structuredOutputs.backend"),
  disableAnyWhitespace: outputs?.disableAnyWhitespace ?? false,
  disableAdditionalProperties: outputs?.disableAdditionalProperties ?? false,
});

const serverOf = (server: Vllm["server"], version: string): VllmPlan["server"] => ({
  host: server?.host ?? fallback<string>("server.host"),
  port: server?.port ?? fallback<number>("server.port"),
  shutdownTimeoutSeconds: server?.shutdownTimeoutSeconds ?? fallback<number>("server.shutdownTimeoutSeconds"),
  promptTokensDetails: server?.promptTokensDetails ?? fallback<boolean>("server.promptTokensDetails"),
  perRequestMetrics: server?.perRequestMetrics ?? fallback<boolean>("server.perRequestMetrics"),
  image: server?.image ?? `vllm/vllm-openai:v${version.replace(/^v/, "")}`,
});

const executionOf = (execution: Vllm["execution"]): VllmPlan["execution"] => ({
  enforceEager: execution?.enforceEager ?? fallback<boolean>("execution.enforceEager"),
  optimizationLevel: execution?.optimizationLevel,
  performanceMode: execution?.performanceMode,
  disableCustomAllReduce: execution?.disableCustomAllReduce ?? false,
});

/** Fills in the defaults of a server's config. `modelConfig` is the content of its `configFile`, if it has one. */
export function completeVllm(vllm: Vllm, host: HostPlan, modelConfig: ModelConfigFile | undefined): VllmPlan {
  const name = vllm.model?.name ?? fallback<string>("model.name");
  const known: Partial<ModelConfigFile> = modelConfig ?? knownModel(name) ?? {};
  const geometry = mergeGeometry(known.geometry, vllm.model?.geometry);
  const versionText = vllm.version ?? fallback<string>("version");
  const parallelism = {
    tensor: vllm.parallelism?.tensor ?? fallback<number>("parallelism.tensor"),
    pipeline: vllm.parallelism?.pipeline ?? fallback<number>("parallelism.pipeline"),
    data: vllm.parallelism?.data ?? fallback<number>("parallelism.data"),
  };
  const cards = parallelism.tensor * parallelism.pipeline * parallelism.data;
  const own = geometry?.maxPositionEmbeddings ?? 32_768;
  const yarn = vllm.context?.yarn;
  const plan = {
    host,
    version: { text: versionText, parsed: parseVersion(versionText) },
    model: {
      name,
      servedName: vllm.model?.servedName ?? name,
      revision: vllm.model?.revision,
      geometry,
      checkpoint: known.packing ?? (known.geometry === undefined ? undefined : ("plain" as const)),
      beyondEstimate: known.beyondEstimate,
    },
    gpus: vllm.gpus.length > 0 ? vllm.gpus : Array.from({ length: Math.min(cards, 64) }, (_, index) => index),
    parallelism,
    dtype: vllm.dtype ?? fallback<string>("dtype"),
    quantization: vllm.quantization,
    context: {
      maxModelLen: vllm.context?.maxModelLen ?? own,
      yarn:
        yarn === undefined
          ? undefined
          : { factor: yarn.factor ?? 4, originalMaxPositionEmbeddings: yarn.originalMaxPositionEmbeddings ?? own },
    },
    cache: cacheOf(vllm.cache),
    batching: batchingOf(vllm.batching, host),
    speculation: completeSpeculation(vllm.speculation, parallelism.tensor),
    structuredOutputs: outputsOf(vllm.structuredOutputs),
    tracing: { endpoint: vllm.tracing?.otlpTracesEndpoint, detailed: vllm.tracing?.collectDetailedTraces },
    server: serverOf(vllm.server, versionText),
    execution: executionOf(vllm.execution),
    expected: {
      sessions: vllm.expected?.sessions,
      tokensPerSession: vllm.expected?.tokensPerSession ?? fallback<number>("expected.tokensPerSession"),
    },
    extraArgs: vllm.extraArgs,
  };
  const memory =
    geometry === undefined || known.beyondEstimate !== undefined
      ? undefined
      : estimateMemory({
          geometry,
          dtype: plan.dtype === "auto" ? (geometry.dtype ?? "bfloat16") : plan.dtype,
          packing: packingOf(plan.quantization, known.packing),
          gpuMemoryGib: host.gpuMemoryGib,
          gpuMemoryUtilization: plan.cache.gpuMemoryUtilization,
          cacheDtype: plan.cache.dtype,
          ...parallelism,
          maxNumSeqs: plan.batching.maxNumSeqs,
          maxNumBatchedTokens: plan.batching.maxNumBatchedTokens,
          enforceEager: plan.execution.enforceEager,
          draftWeightBytes: plan.speculation?.draft?.weightBytes ?? 0,
        });
  return { ...plan, memory };
}

/** The quantization of the weights on the GPUs: that of the checkpoint, or else the one that vLLM is told to apply. */
function packingOf(method: string | undefined, checkpoint: Packing | undefined): Packing | undefined {
  if (method === undefined || (checkpoint !== undefined && reads(method, checkpoint))) return checkpoint;
  return packingBy(method);
}
