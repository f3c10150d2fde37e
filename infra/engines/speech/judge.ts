import { cardRules } from "../cards.ts";
import { applyRules, type Judgement, type Rule } from "../rule.ts";
import type { SpeechPlan } from "./plan.ts";

/** Every rule about servers of `/v1/audio/speech`. */
export const speechRules: readonly Rule<SpeechPlan>[] = [
  ...cardRules<SpeechPlan>("speech"),
  {
    id: "speech/licence",
    severity: "warning",
    source: "the Fish Audio Research License of 2026-03-07, and CC-BY-NC on the pages of these weights",
    check({ model }) {
      if (!/\b(?:s2-pro|openaudio-s1|fish-speech|voxtral-4b-tts)/i.test(model)) return undefined;
      return {
        path: "model",
        message: `the weights of ${model} may not be used commercially without a licence from their authors`,
        remedy: "Obtain one, or use a model whose licence allows commercial use, such as openbmb/VoxCPM2.",
      };
    },
  },
];

/** Returns the errors and warnings about a plan for servers of `/v1/audio/speech`, before they are started. */
export function judgeSpeech(plan: SpeechPlan): Judgement<SpeechPlan>[] {
  return applyRules(speechRules, plan, () => true);
}
