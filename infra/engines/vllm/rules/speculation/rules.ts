import type { Rule } from "../../../rule.ts";
import type { VllmPlan } from "../../plan.ts";
import { methodRules } from "./method.ts";
import { togetherRules } from "./together.ts";

/**
 * What vLLM rejects or handles wrongly about speculative decoding: in each method, and in combination with other parts
 * of the config.
 */
export const speculationRules: readonly Rule<VllmPlan>[] = [...methodRules, ...togetherRules];
