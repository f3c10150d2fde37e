import { applyRules, type Judgement, type Rule } from "../rule.ts";
import type { SpeechPlan } from "./plan.ts";

/** Every rule about servers of `/v1/audio/speech`. */
export const speechRules: readonly Rule<SpeechPlan>[] = [
  {
    id: "speech/cards",
    severity: "error",
    source: "CUDA_VISIBLE_DEVICES: a process sees the cards that it names and no others",
    check({ gpus, host, memoryGib }) {
      const beyond = gpus.find((gpu) => gpu >= host.gpuCount);
      if (beyond === undefined || memoryGib === 0) return undefined;
      return {
        path: "gpus",
        message: `there is no card ${beyond}: the host has ${host.gpuCount}, counted from 0`,
        remedy: `Name cards below ${host.gpuCount}, or correct engine.host.gpuCount.`,
      };
    },
  },
  {
    id: "speech/memory",
    severity: "error",
    source: "a model that does not fit ends at its start: fish-speech#1258, sglang-omni#359",
    check({ gpus, host, memoryGib }) {
      const most = Math.max(...gpus.map((gpu) => gpus.filter((other) => other === gpu).length));
      if (most * memoryGib <= host.gpuMemoryGib) return undefined;
      return {
        path: "memoryGib",
        message: `${most} of them on a card need about ${most * memoryGib} GiB, and it has ${host.gpuMemoryGib}`,
        remedy: "Put fewer on each card, or correct engine.host.gpuMemoryGib.",
      };
    },
  },
  {
    id: "speech/licence",
    severity: "warning",
    source: "the Fish Audio Research License of 2026-03-07 and CC-BY-NC on the pages of these weights",
    check({ model }) {
      if (!/\b(?:s2-pro|openaudio-s1|fish-speech|voxtral-4b-tts)/i.test(model)) return undefined;
      return {
        path: "model",
        message: `the weights of ${model} may not be used commercially without a licence of their makers`,
        remedy: "Obtain one, or take a model whose licence allows it, such as openbmb/VoxCPM2.",
      };
    },
  },
];

/** What is wrong or doubtful about the voice's servers, before they are started. */
export function judgeSpeech(plan: SpeechPlan): Judgement<SpeechPlan>[] {
  return applyRules(speechRules, plan, () => true);
}
