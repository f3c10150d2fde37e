import type { UsedSettings } from "../../../../infra/engines/record.ts";
import type { SpeechPlan } from "../../../../infra/engines/speech/plan.ts";
import type { speechSettings } from "../../../../infra/engines/speech/settings.ts";
import type { EngineAdapter } from "../adapter.ts";
import { compareSpeech } from "./drift.ts";
import { createSpeechEngine } from "./engine.ts";

/** The adapter of servers of `/v1/audio/speech`. */
export const speech: EngineAdapter<UsedSettings<typeof speechSettings>, SpeechPlan> = {
  open: ({ url: urls, ...settings }, { clock }) => createSpeechEngine({ ...settings, urls, clock }),
  compare: compareSpeech,
};
