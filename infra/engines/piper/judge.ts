import { cardRules } from "../cards.ts";
import { applyRules, type Judgement, type Rule } from "../rule.ts";
import type { PiperPlan } from "./plan.ts";

/** Every rule about Piper. */
export const piperRules: readonly Rule<PiperPlan>[] = [
  ...cardRules<PiperPlan>("piper"),
  {
    id: "piper/licence",
    severity: "warning",
    source:
      "their MODEL_CARDs: lessac is trained on Blizzard 2013's data, which is for research; huayan names no licence; the others are finetuned from lessac",
    check({ voice }) {
      if (!/\b\w\w_\w\w-(?:lessac|huayan|joe)-/.test(voice)) return undefined;
      return {
        path: "voice",
        message: `nobody allows the commercial use of all that ${voice} was trained on`,
        remedy: "Read its MODEL_CARD, or take a voice whose card allows it, such as en_US-ljspeech-high.",
      };
    },
  },
];

/** Errors and warnings about its servers, before they are started. */
export function judgePiper(plan: PiperPlan): Judgement<PiperPlan>[] {
  return applyRules(piperRules, plan, () => true);
}
