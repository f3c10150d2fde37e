import type { Setup } from "../record.ts";
import type { Rule } from "../rule.ts";
import type { SpeechPlan } from "./plan.ts";
import type { speechSettings } from "./settings.ts";

/** What has to fit together between these servers and the settings of Duet. */
export const speechSetupRules: readonly Rule<Setup<SpeechPlan, typeof speechSettings>>[] = [
  {
    id: "duet/speech-server",
    severity: "error",
    source: "servers of /v1/audio/speech differ in how they stream and what they take",
    check({ own: { server: asked }, plan: { server } }) {
      if (asked === undefined || asked === "auto" || asked === server) return undefined;
      return {
        path: "speech.server",
        message: `Synthesize speaks with ${asked}, and ${server} is what runs`,
        remedy: `Set it to auto, or to ${server}.`,
      };
    },
  },
  {
    id: "duet/speech-servers",
    severity: "warning",
    source: "what is not named stays idle",
    check({ own: { url }, plan: { gpus } }) {
      if (url === undefined || url.length === gpus.length) return undefined;
      return {
        path: "speech.url",
        message: `${url.length} servers are named, and engine.speech.gpus starts ${gpus.length}`,
        remedy: "Name each of them once.",
      };
    },
  },
];
