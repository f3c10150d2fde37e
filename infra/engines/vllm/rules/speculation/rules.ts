import type { Rule } from "../../../rule.ts";
import type { VllmPlan } from "../../plan.ts";
import { methodRules } from "./method.ts";
import { togetherRules } from "./together.ts";

/** What vLLM refuses of speculation, or gets wrong with it: of each method by itself, and together with other parts of the config. */
export const speculationRules: readonly Rule<VllmPlan>[] = [...methodRules, ...togetherRules];
