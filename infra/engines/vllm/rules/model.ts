import type { Rule } from "../../rule.ts";
import { needsPackedCheckpoint, reads } from "../model/packing.ts";
import type { VllmPlan } from "../plan.ts";
import { packingMethods } from "../versions.ts";

/** The data types that each quantization method supports; methods not listed support float16 and bfloat16. */
const computesIn: Readonly<Record<string, readonly string[]>> = {
  awq: ["float16"],
  gptq: ["float16"],
  bitsandbytes: ["float16", "bfloat16", "float32"],
  gguf: ["float16", "bfloat16", "float32"],
};

const alsoCalled: Readonly<Record<string, string>> = { half: "float16", float: "float32" };

/** Rules about the model and the quantization of its weights. */
export const modelRules: readonly Rule<VllmPlan>[] = [
  {
    id: "vllm/model-not-known",
    severity: "warning",
    source: "infra/engines/vllm/model/known.ts: the table of architectures",
    check({ model: { name, geometry, beyondEstimate } }) {
      if (geometry === undefined)
        return {
          path: "model.name",
          message: `the architecture of ${name} is not known, so its memory, heads, context and vocabulary were not checked`,
          remedy: "Set model.configFile to its config.json, or describe it in model.geometry.",
        };
      if (beyondEstimate === undefined) return undefined;
      return {
        path: "model.configFile",
        message: `Duet cannot estimate whether ${name} fits on the GPUs: ${beyondEstimate}`,
        remedy: "Start vLLM once by hand: its log says how many tokens its cache holds.",
      };
    },
  },
  {
    id: "vllm/draft-not-known",
    severity: "warning",
    source: "infra/engines/vllm/model/known.ts: the table of architectures",
    check({ speculation }) {
      const draft = speculation?.draft;
      if (draft === undefined || draft.weightBytes > 0) return undefined;
      return {
        path: "speculation.draftModel.model",
        message: `the architecture of ${speculation?.model} is not known, so its memory, heads and vocabulary were not checked`,
        remedy: "Describe it in speculation.draftModel.geometry.",
      };
    },
  },
  {
    id: "vllm/packing-method",
    severity: "error",
    source: "vllm/model_executor/layers/quantization/__init__.py QuantizationMethods",
    check({ quantization }) {
      if (quantization === undefined || packingMethods.includes(quantization)) return undefined;
      return {
        path: "quantization",
        message: `vLLM has no quantization method ${quantization}`,
        remedy: `Remove it, since vLLM detects how a checkpoint is quantized; or use one of ${packingMethods.join(", ")}.`,
      };
    },
  },
  {
    id: "vllm/packing-of-checkpoint",
    severity: "error",
    source:
      "vllm/config/model.py _verify_quantization; weight_utils.py get_quant_config: Cannot find the config file for",
    check({ quantization, model: { name, checkpoint } }) {
      if (quantization === undefined || checkpoint === undefined || !packingMethods.includes(quantization))
        return undefined;
      if (checkpoint === "plain") {
        if (!needsPackedCheckpoint(quantization)) return undefined;
        return {
          path: "quantization",
          message: `${quantization} needs a quantized checkpoint, and ${name} is not quantized`,
          remedy:
            "Set model.name to a quantized checkpoint, such as one that ends in -AWQ; or remove quantization, or set it to fp8, which quantizes at startup.",
        };
      }
      if (reads(quantization, checkpoint)) return undefined;
      return {
        path: "quantization",
        message: `${name} is quantized with ${checkpoint.method}, not with ${quantization}`,
        remedy: "Remove it: vLLM detects how a checkpoint is quantized.",
      };
    },
  },
  {
    id: "vllm/packing-dtype",
    severity: "error",
    source: "vllm/model_executor/layers/quantization/awq.py, gptq.py get_supported_act_dtypes",
    check({ dtype, quantization, model: { checkpoint } }) {
      const method = quantization ?? (typeof checkpoint === "object" ? fastKernel(checkpoint.method) : undefined);
      if (method === undefined || dtype === "auto") return undefined;
      const types = computesIn[method] ?? ["float16", "bfloat16"];
      if (types.includes(alsoCalled[dtype] ?? dtype)) return undefined;
      const faster = fastKernel(method) !== method && dtype === "bfloat16";
      return {
        path: "dtype",
        message: `with ${method} vLLM computes in ${types.join(" or ")}, not in ${dtype}`,
        remedy: faster
          ? "Set it to auto or float16; or remove quantization, so that vLLM uses the faster kernel, which supports both."
          : `Set it to auto or ${types[0]}.`,
      };
    },
  },
  {
    id: "vllm/slow-kernel",
    severity: "warning",
    source: "vllm/model_executor/layers/quantization/awq_marlin.py override_quantization_method",
    check({ quantization }) {
      if (quantization === undefined || fastKernel(quantization) === quantization) return undefined;
      return {
        path: "quantization",
        message: `${quantization} selects the older kernel; by default vLLM uses ${fastKernel(quantization)}, which is faster`,
        remedy: "Remove it.",
      };
    },
  },
];

/** The kernel that vLLM prefers for a quantization method, unless another one is requested explicitly. */
function fastKernel(method: string): string {
  return method === "awq" || method === "gptq" ? `${method}_marlin` : method;
}
