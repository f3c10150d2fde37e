import { cardRules } from "../cards.ts";
import { applyRules, type Judgement, type Rule } from "../rule.ts";
import type { PiperPlan } from "./plan.ts";

/** Every rule that checks a Piper config. */
export const piperRules: readonly Rule<PiperPlan>[] = [
  ...cardRules<PiperPlan>("piper"),
  {
    id: "piper/licence",
    severity: "warning",
    source:
      "the voices' MODEL_CARDs: lessac is trained on data of Blizzard 2013, licensed for research; huayan states no licence; the others are fine-tuned from lessac",
    check({ voice }) {
      if (!/\b\w\w_\w\w-(?:lessac|huayan|joe)-/.test(voice)) return undefined;
      return {
        path: "voice",
        message: `the training data of ${voice} is not licensed for commercial use`,
        remedy:
          "Read its MODEL_CARD, or use a voice whose MODEL_CARD allows commercial use, such as en_US-ljspeech-high.",
      };
    },
  },
];

/** Errors and warnings about Piper's servers, before they are started. */
export function judgePiper(plan: PiperPlan): Judgement<PiperPlan>[] {
  return applyRules(piperRules, plan, () => true);
}
