import type { CardUse } from "./record.ts";
import type { Rule } from "./rule.ts";

/** The fields that some engines' plans have in common: those engines of which each server uses a part of one GPU. */
export interface OnCards {
  readonly host: { readonly gpuCount: number; readonly gpuMemoryGib: number };
  /** The GPU of each server; a GPU listed twice has two servers. */
  readonly gpus: readonly number[];
  /** GiB of GPU memory that each server takes; 0 if it needs none. */
  readonly memoryGib: number;
}

/** How much memory the servers of a plan take on each GPU. */
export function cardUse({ gpus, memoryGib }: OnCards): CardUse[] {
  if (memoryGib === 0) return [];
  const share = (card: number) => gpus.filter((gpu) => gpu === card).length * memoryGib;
  return [...new Set(gpus)].map((card) => ({ card, memoryGib: share(card) }));
}

/**
 * Rules for an engine whose servers each use a part of one GPU: the GPUs exist, and have enough memory. `engine` is the
 * prefix of the rules' names.
 */
export function cardRules<Plan extends OnCards>(engine: string): Rule<Plan>[] {
  return [
    {
      id: `${engine}/cards`,
      severity: "error",
      source: "CUDA_VISIBLE_DEVICES: a process sees only the GPUs that it lists",
      check({ gpus, host, memoryGib }) {
        const beyond = gpus.find((gpu) => gpu >= host.gpuCount);
        if (beyond === undefined || memoryGib === 0) return undefined;
        return {
          path: "gpus",
          message: `there is no GPU ${beyond}: the host has ${host.gpuCount}, numbered from 0`,
          remedy: `List only GPUs below ${host.gpuCount}, or correct engine.host.gpuCount.`,
        };
      },
    },
    {
      id: `${engine}/memory`,
      severity: "error",
      source: "a model that does not fit crashes at startup: fish-speech#1258, sglang-omni#359",
      check(plan) {
        const most = Math.max(0, ...cardUse(plan).map(({ memoryGib }) => memoryGib));
        if (most <= plan.host.gpuMemoryGib) return undefined;
        return {
          path: "memoryGib",
          message: `${Math.round(most / plan.memoryGib)} servers on one GPU need about ${most} GiB of its ${plan.host.gpuMemoryGib} GiB`,
          remedy: "Run fewer servers on each GPU, or correct engine.host.gpuMemoryGib.",
        };
      },
    },
  ];
}
