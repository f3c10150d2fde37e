import { applyRules, type Judgement, type Rule } from "../rule.ts";
import type { VllmPlan } from "./plan.ts";
import { batchingRules } from "./rules/batching.ts";
import { contextRules } from "./rules/context.ts";
import { flagRules } from "./rules/flags.ts";
import { memoryRules } from "./rules/memory.ts";
import { modelRules } from "./rules/model.ts";
import { parallelismRules } from "./rules/parallelism.ts";
import { speculationRules } from "./rules/speculation/rules.ts";
import { surfaceRules } from "./rules/surface.ts";
import { atLeast } from "./version.ts";

/** Every rule about vLLM. */
export const vllmRules: readonly Rule<VllmPlan>[] = [
  ...surfaceRules,
  ...modelRules,
  ...parallelismRules,
  ...contextRules,
  ...memoryRules,
  ...batchingRules,
  ...speculationRules,
  ...flagRules,
];

/** Errors and warnings about a vLLM server, before it is started. If the version cannot be parsed, all rules apply. */
export function judgeVllm(plan: VllmPlan): Judgement<VllmPlan>[] {
  const { parsed } = plan.version;
  return applyRules(vllmRules, plan, ({ from, before }) => {
    if (parsed === undefined) return true;
    return (from === undefined || atLeast(parsed, from)) && (before === undefined || !atLeast(parsed, before));
  });
}
