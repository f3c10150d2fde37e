import type { Rule } from "../../../rule.ts";
import type { VllmPlan } from "../../plan.ts";
import { methodRules } from "./method.ts";
import { togetherRules } from "./together.ts";

/**
 * Rules about configs of speculative decoding that vLLM rejects or handles wrongly: those about a single method, and
 * those about combinations with other parts of the config.
 */
export const speculationRules: readonly Rule<VllmPlan>[] = [...methodRules, ...togetherRules];
