import type { VllmPlan } from "../plan.ts";
import { sessionsOf } from "./memory.ts";

/** How the memory of one GPU is used, and how many conversations it can hold: comment lines for `config show`. */
export function explainMemory({ memory, model, parallelism, context, batching, host, cache }: VllmPlan): string[] {
  if (memory === undefined)
    return model.beyondEstimate === undefined
      ? [
          `# The architecture of ${model.name} is not known, so memory is not estimated. Set engine.vllm.model.configFile.`,
        ]
      : [`# Memory is not estimated for ${model.name}: ${model.beyondEstimate}.`];
  const { tensor, pipeline, data } = parallelism;
  const cards = tensor * pipeline * data;
  const { window } = memory;
  const windowed =
    window.bytesPerToken === 0 ? "" : `, and ${window.bytesPerToken} more for each of the last ${window.tokens} tokens`;
  const gib = (value: number) => `${value.toFixed(1).padStart(6)} GiB`;
  const lengths = [2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072].filter((length) => length < context.maxModelLen);
  const room = [...lengths, context.maxModelLen].map((length) => {
    const sessions = sessionsOf(memory, length, data);
    const batched = batching.maxNumSeqs * data;
    return `#   ${String(length).padStart(6)} tokens: ${sessions}${sessions > batched ? `, of which ${batched} are answered concurrently` : ""}`;
  });
  return [
    `# Estimated use of the ${host.gpuMemoryGib} GiB of ${cards === 1 ? "the GPU" : `each of the ${cards} GPUs`} (vLLM measures the actual use at startup):`,
    `#   ${gib(memory.budgetGib)}  available to vLLM (gpuMemoryUtilization ${cache.gpuMemoryUtilization})`,
    `#   ${gib(memory.weightsGib)}  weights`,
    `#   ${gib(memory.reserveGib)}  working memory: activations, CUDA graphs and context`,
    `#   ${gib(memory.cacheGib)}  KV cache, ${memory.bytesPerToken} bytes per token${windowed}: ${memory.tokensPerCopy} tokens${data > 1 ? ` per copy, ${memory.tokens} in all` : ""}`,
    "# Conversations that fit in the KV cache, by their length:",
    ...room,
  ];
}
