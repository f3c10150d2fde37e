import type { Rule } from "../../rule.ts";
import type { Geometry } from "../model/geometry.ts";
import type { VllmPlan } from "../plan.ts";

/** Numbers of GPUs, up to eight, over which each layer of a model can be split. */
function fitting(geometry: Geometry): number[] {
  return [1, 2, 3, 4, 5, 6, 7, 8].filter(
    (cards) =>
      geometry.attentionHeads % cards === 0 && sharesKeyValueHeads(geometry, cards) && widthOf(geometry) % cards === 0,
  );
}

function sharesKeyValueHeads({ keyValueHeads }: Geometry, cards: number): boolean {
  return keyValueHeads % cards === 0 || cards % keyValueHeads === 0;
}

/** The width of one feed-forward part of a layer, which has to be divided evenly among GPUs. */
function widthOf({ intermediateSize, experts }: Geometry): number {
  return experts?.intermediateSize ?? intermediateSize;
}

const cardsOf = ({ parallelism: { tensor, pipeline, data } }: VllmPlan) => tensor * pipeline * data;

/** Rules about splitting a model over GPUs. */
export const parallelismRules: readonly Rule<VllmPlan>[] = [
  {
    id: "vllm/heads",
    severity: "error",
    source: "vllm/config/model.py verify_with_parallel_config",
    check({ model: { geometry }, parallelism: { tensor } }) {
      if (geometry === undefined || geometry.attentionHeads % tensor === 0) return undefined;
      return {
        path: "parallelism.tensor",
        message: `tensor (${tensor}) must divide the model's ${geometry.attentionHeads} attention heads`,
        remedy: `Set it to one of ${fitting(geometry).join(", ")}.`,
      };
    },
  },
  {
    id: "vllm/key-value-heads",
    severity: "error",
    source: "vllm/model_executor/models/qwen2.py",
    check({ model: { geometry }, parallelism: { tensor } }) {
      if (geometry === undefined || geometry.attentionHeads % tensor !== 0) return undefined;
      if (sharesKeyValueHeads(geometry, tensor)) return undefined;
      return {
        path: "parallelism.tensor",
        message: `tensor (${tensor}) must divide the model's ${geometry.keyValueHeads} key-value heads, or be a multiple of them`,
        remedy: `Set it to one of ${fitting(geometry).join(", ")}.`,
      };
    },
  },
  {
    id: "vllm/feed-forward",
    severity: "error",
    source: "vllm/distributed/utils.py divide",
    check({ model: { geometry }, parallelism: { tensor } }) {
      if (geometry === undefined || widthOf(geometry) % tensor === 0) return undefined;
      // A wrong number of GPUs is reported only once: if it does not suit the heads either, another rule reports it.
      if (geometry.attentionHeads % tensor !== 0 || !sharesKeyValueHeads(geometry, tensor)) return undefined;
      return {
        path: "parallelism.tensor",
        message: `tensor (${tensor}) must divide the model's feed-forward width of ${widthOf(geometry)}`,
        remedy: `Set it to one of ${fitting(geometry).join(", ")}.`,
      };
    },
  },
  {
    id: "vllm/stages",
    severity: "error",
    source: "vllm/distributed/utils.py get_pp_indices",
    check({ model: { geometry }, parallelism: { pipeline } }) {
      if (geometry === undefined || pipeline <= geometry.layers) return undefined;
      return {
        path: "parallelism.pipeline",
        message: `the model's ${geometry.layers} layers are too few for ${pipeline} pipeline stages`,
        remedy: `Set it to ${geometry.layers} at most.`,
      };
    },
  },
  {
    id: "vllm/world-size",
    severity: "error",
    source: "vllm/config/parallel.py: World size is larger than the number of available GPUs",
    check(plan) {
      const cards = cardsOf(plan);
      if (cards <= plan.host.gpuCount) return undefined;
      return {
        path: "parallelism",
        message: `tensor x pipeline x data is ${cards} GPUs, but the host has ${plan.host.gpuCount}`,
        remedy: "Lower one of them, or correct engine.host.gpuCount.",
      };
    },
  },
  {
    id: "vllm/cards",
    severity: "error",
    source: "CUDA_VISIBLE_DEVICES: a process sees only the GPUs that it lists",
    check(plan) {
      const { gpus, host } = plan;
      const beyond = gpus.find((gpu) => gpu >= host.gpuCount);
      const cards = cardsOf(plan);
      const wrong =
        new Set(gpus).size < gpus.length
          ? "a GPU is listed twice"
          : beyond !== undefined && cards <= host.gpuCount
            ? `there is no GPU ${beyond}: the host has ${host.gpuCount}, numbered from 0`
            : gpus.length !== cards && cards <= 64
              ? `${gpus.length} GPUs are listed, but tensor x pipeline x data is ${cards}`
              : undefined;
      if (wrong === undefined) return undefined;
      return {
        path: "gpus",
        message: wrong,
        remedy: `List ${cards} different GPU numbers, all below ${host.gpuCount}.`,
      };
    },
  },
  {
    id: "vllm/custom-all-reduce",
    severity: "warning",
    source: "vllm/distributed/device_communicators/custom_all_reduce.py; vllm#51513",
    check({ host: { link }, parallelism: { tensor }, execution: { disableCustomAllReduce } }) {
      if (tensor <= 2 || link === "nvlink" || disableCustomAllReduce) return undefined;
      return {
        path: "execution.disableCustomAllReduce",
        message: `over PCIe, vLLM turns off its custom all-reduce for ${tensor} GPUs, and logs a warning`,
        remedy: "Set it to true to avoid the warning; if startup hangs, set NCCL_P2P_DISABLE=1.",
      };
    },
  },
  {
    id: "vllm/tensor-over-pcie",
    severity: "warning",
    source:
      "arithmetic: two all-reduces per layer over PCIe; four copies of a 7B model have more throughput than one model on four GPUs",
    check({ host: { link }, parallelism: { tensor }, context: { maxModelLen }, memory }) {
      const fitsOne = memory !== undefined && memory.weightsGib * tensor < memory.budgetGib * 0.75;
      if (tensor === 1 || link === "nvlink" || maxModelLen > 32_768 || !fitsOne) return undefined;
      return {
        path: "parallelism.tensor",
        message:
          "the model fits on one GPU, and over PCIe several copies of it serve more sessions than one split over GPUs",
        remedy: `Set parallelism.data to ${tensor} and tensor to 1, unless only the latency of a single answer matters.`,
      };
    },
  },
];
