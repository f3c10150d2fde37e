import { cardRules } from "../cards.ts";
import { applyRules, type Judgement, type Rule } from "../rule.ts";
import type { VitsPlan } from "./plan.ts";

/** The rules for plans of vits-simple-api servers: only those about GPUs that all engines have. */
export const vitsRules: readonly Rule<VitsPlan>[] = cardRules("vits");

/** Errors and warnings about servers of vits-simple-api, before they are started. */
export function judgeVits(plan: VitsPlan): Judgement<VitsPlan>[] {
  return applyRules(vitsRules, plan, () => true);
}
