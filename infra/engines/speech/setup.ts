import type { Setup } from "../record.ts";
import type { Rule } from "../rule.ts";
import { serversNamed } from "../servers-named.ts";
import type { SpeechPlan } from "./plan.ts";
import type { speechSettings } from "./settings.ts";

/** Rules about the config of speech servers in combination with Duet's settings. */
export const speechSetupRules: readonly Rule<Setup<SpeechPlan, typeof speechSettings>>[] = [
  {
    id: "duet/speech-server",
    severity: "error",
    source: "servers of /v1/audio/speech differ in how they stream and what they accept",
    check({ own: { server: asked }, plan: { server } }) {
      if (asked === undefined || asked === "auto" || asked === server) return undefined;
      return {
        path: "speech.server",
        message: `speech.server is ${asked}, but engine.speech.server is ${server}`,
        remedy: `Set it to auto, or to ${server}.`,
      };
    },
  },
  serversNamed("speech"),
];
