import { cardRules } from "../cards.ts";
import { applyRules, type Judgement, type Rule } from "../rule.ts";
import type { TranscribePlan } from "./plan.ts";

/** Every rule about recognizers. */
export const transcribeRules: readonly Rule<TranscribePlan>[] = [
  ...cardRules<TranscribePlan>("transcribe"),
  {
    id: "transcribe/licence",
    severity: "warning",
    source: "FunASR Model License 1.1: it requires attribution, and ends if its authors are disparaged",
    check({ model }) {
      if (!/sensevoice|paraformer|fun-?asr/i.test(model)) return undefined;
      return {
        path: "model",
        message: `the weights of ${model} are under the authors' own licence, which requires attribution and can be terminated`,
        remedy: "Read the FunASR Model License, or use Whisper (MIT) or Qwen3-ASR (Apache-2.0).",
      };
    },
  },
];

/** Returns the errors and warnings about a recognizer's config, before the recognizer is started. */
export function judgeTranscribe(plan: TranscribePlan): Judgement<TranscribePlan>[] {
  return applyRules(transcribeRules, plan, () => true);
}
