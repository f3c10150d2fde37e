import type { Setup } from "../record.ts";
import type { Rule } from "../rule.ts";
import type { FishPlan } from "./plan.ts";
import type { fishSettings } from "./settings.ts";

/** What has to fit together between Fish-Speech and the settings of Duet. */
export const fishSetupRules: readonly Rule<Setup<FishPlan, typeof fishSettings>>[] = [
  {
    id: "duet/fish-mode",
    severity: "error",
    source: "the wire differs between versions of Fish-Speech",
    check({ own: { mode }, plan: { version } }) {
      if (mode === undefined || version === mode || version.startsWith(`${mode}.`)) return undefined;
      const right = version.startsWith("1.4") ? "1.4" : version;
      return {
        path: "fish.mode",
        message: `Synthesize speaks to Fish-Speech as ${mode}, and ${version} is what runs`,
        remedy: `Set it to ${right}.`,
      };
    },
  },
  {
    id: "duet/fish-servers",
    severity: "warning",
    source: "each server speaks one text at a time: what is not named stays idle",
    check({ own: { url }, plan: { gpus } }) {
      if (url === undefined || url.length === gpus.length) return undefined;
      return {
        path: "fish.url",
        message: `${url.length} servers are named, and engine.fish.gpus starts ${gpus.length}`,
        remedy: "Name each of them once.",
      };
    },
  },
  {
    id: "duet/text-length",
    severity: "error",
    source: "fish-speech tools/server/views.py: Text is too long",
    check({ synthesize: { segmentMaxCharacters: most }, plan: { maxTextLength } }) {
      if (most === undefined || maxTextLength === 0 || maxTextLength >= 2 * most) return undefined;
      return {
        path: "engine.fish.maxTextLength",
        message: `segments of ${most} written characters, longer when spoken, would be refused beyond ${maxTextLength}`,
        remedy: `Set it to 0, or to ${2 * most} and more.`,
      };
    },
  },
];
