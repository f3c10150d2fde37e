import type { Rule } from "../../rule.ts";
import { sessionsOf } from "../model/memory.ts";
import type { VllmPlan } from "../plan.ts";

const round = (gib: number) => gib.toFixed(1);

/** Rules about GPU memory. */
export const memoryRules: readonly Rule<VllmPlan>[] = [
  {
    id: "vllm/weights-do-not-fit",
    severity: "error",
    source: "estimate; vllm/v1/worker/gpu_worker.py: No available memory for the cache blocks",
    check({ memory, parallelism: { tensor } }) {
      if (memory === undefined || memory.cacheGib > 0) return undefined;
      return {
        path: "parallelism.tensor",
        message: `weights of ${round(memory.weightsGib)} GiB and ${round(memory.reserveGib)} GiB of working memory do not fit into the ${round(memory.budgetGib)} GiB available on each GPU`,
        remedy: `Split the model over more than ${tensor} ${tensor === 1 ? "GPU" : "GPUs"}, use a quantized checkpoint (such as one that ends in -AWQ), or correct engine.host.gpuMemoryGib.`,
      };
    },
  },
  {
    id: "vllm/context-does-not-fit",
    severity: "error",
    source: "vllm/v1/core/kv_cache_utils.py: To serve at least one request with the model's max seq len",
    check({ memory, context: { maxModelLen } }) {
      if (memory === undefined || memory.cacheGib <= 0 || memory.tokensPerCopy >= maxModelLen) return undefined;
      return {
        path: "context.maxModelLen",
        message: `one conversation of ${maxModelLen} tokens does not fit into the KV cache, which holds about ${memory.tokensPerCopy} tokens`,
        remedy: `Set it to ${Math.max(1024, Math.floor(memory.tokensPerCopy / 1024) * 1024)} at most, split the model over more GPUs, or set cache.dtype to fp8.`,
      };
    },
  },
  {
    id: "vllm/sessions-do-not-fit",
    severity: "warning",
    source: "vllm/v1/core/sched/scheduler.py: requests that do not fit are preempted and recomputed",
    check({ memory, expected: { sessions, tokensPerSession }, parallelism: { data } }) {
      if (memory === undefined || memory.cacheGib <= 0 || sessions === undefined) return undefined;
      const room = sessionsOf(memory, tokensPerSession, data);
      if (room >= sessions) return undefined;
      return {
        path: "expected.sessions",
        message: `the KV cache has room for ${room} sessions of ${tokensPerSession} tokens, but ${sessions} are expected`,
        remedy: "Split the model over more GPUs, set cache.dtype to fp8, or keep conversations shorter.",
      };
    },
  },
  {
    id: "vllm/sessions-beyond-batch",
    severity: "warning",
    source: "vllm/config/scheduler.py max_num_seqs: further requests wait",
    check({ expected: { sessions }, batching: { maxNumSeqs }, parallelism: { data } }) {
      if (sessions === undefined || sessions <= maxNumSeqs * data) return undefined;
      return {
        path: "batching.maxNumSeqs",
        message: `vLLM generates at most ${maxNumSeqs * data} answers at once, but ${sessions} sessions are expected`,
        remedy: `Set it to ${Math.ceil(sessions / data)}.`,
      };
    },
  },
  {
    id: "vllm/card-memory-doubted",
    severity: "warning",
    source: "NVIDIA: the RTX 4090 and 4090 D have 24 GB",
    check({ host: { gpuName, gpuMemoryGib } }) {
      if (!/4090/.test(gpuName) || gpuMemoryGib <= 24.5) return undefined;
      return {
        path: "host.gpuMemoryGib",
        message: `the ${gpuName} has 24 GiB of memory, not ${gpuMemoryGib}, unless it was modified`,
        remedy: "Measure it with: nvidia-smi --query-gpu=memory.total --format=csv.",
      };
    },
  },
  {
    id: "vllm/utilization",
    severity: "warning",
    source: "vllm/config/cache.py gpu_memory_utilization; the driver and other processes share the GPU",
    check({ cache: { gpuMemoryUtilization } }) {
      if (gpuMemoryUtilization <= 0.97) return undefined;
      return {
        path: "cache.gpuMemoryUtilization",
        message: `${gpuMemoryUtilization} leaves no memory for what vLLM does not account for: fragmentation, the driver and other processes`,
        remedy: "Set it to 0.95 at most.",
      };
    },
  },
];
