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
        message: `weights of ${round(memory.weightsGib)} GiB and ${round(memory.reserveGib)} GiB to work in do not fit the ${round(memory.budgetGib)} GiB of a card`,
        remedy: `Share the model among more than ${tensor} cards, take a packed one (-AWQ), or correct engine.host.gpuMemoryGib.`,
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
        message: `one conversation of ${maxModelLen} tokens does not fit: the cards keep about ${memory.tokensPerCopy}`,
        remedy: `Set it to ${Math.max(1024, Math.floor(memory.tokensPerCopy / 1024) * 1024)} at most, share the model among more cards, or set cache.dtype to fp8.`,
      };
    },
  },
  {
    id: "vllm/sessions-do-not-fit",
    severity: "warning",
    source: "vllm/v1/core/sched/scheduler.py: what does not fit is preempted and computed anew",
    check({ memory, expected: { sessions, tokensPerSession }, parallelism: { data } }) {
      if (memory === undefined || memory.cacheGib <= 0 || sessions === undefined) return undefined;
      const room = sessionsOf(memory, tokensPerSession, data);
      if (room >= sessions) return undefined;
      return {
        path: "expected.sessions",
        message: `there is room for ${room} sessions of ${tokensPerSession} tokens, and ${sessions} are expected`,
        remedy: "Share the model among more cards, set cache.dtype to fp8, or keep conversations shorter.",
      };
    },
  },
  {
    id: "vllm/sessions-beyond-batch",
    severity: "warning",
    source: "vllm/config/scheduler.py max_num_seqs: more wait",
    check({ expected: { sessions }, batching: { maxNumSeqs }, parallelism: { data } }) {
      if (sessions === undefined || sessions <= maxNumSeqs * data) return undefined;
      return {
        path: "batching.maxNumSeqs",
        message: `${maxNumSeqs * data} answers are written at once, and ${sessions} sessions are expected`,
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
        message: `a ${gpuName} has 24 GiB, and ${gpuMemoryGib} are written; boards with more are rebuilt ones`,
        remedy: "Measure: nvidia-smi --query-gpu=memory.total --format=csv.",
      };
    },
  },
  {
    id: "vllm/utilization",
    severity: "warning",
    source: "vllm/config/cache.py gpu_memory_utilization; the driver and other processes share the card",
    check({ cache: { gpuMemoryUtilization } }) {
      if (gpuMemoryUtilization <= 0.97) return undefined;
      return {
        path: "cache.gpuMemoryUtilization",
        message: `${gpuMemoryUtilization} leaves nothing for what vLLM does not count: fragments, the driver, other processes`,
        remedy: "Set it to 0.95 at most.",
      };
    },
  },
];
