import { type FishCost, fishCosts, textsAtOnce } from "../../cost/cost.ts";
import type { Setup } from "../record.ts";
import type { Rule } from "../rule.ts";
import type { FishPlan } from "./plan.ts";
import type { fishSettings } from "./settings.ts";

/** Rules about combinations of Fish-Speech's config and Duet's settings. */
export const fishSetupRules: readonly Rule<Setup<FishPlan, typeof fishSettings>>[] = [
  {
    id: "duet/fish-mode",
    severity: "error",
    source: "the protocol differs between versions of Fish-Speech",
    check({ own: { mode }, plan: { version } }) {
      if (mode === undefined || version === mode || version.startsWith(`${mode}.`)) return undefined;
      const right = version.startsWith("1.4") ? "1.4" : version;
      return {
        path: "fish.mode",
        message: `fish.mode is ${mode}, but engine.fish.version is ${version}`,
        remedy: `Set it to ${right}.`,
      };
    },
  },
  {
    id: "duet/fish-servers",
    severity: "warning",
    source: "each server speaks one text at a time: a server that is not listed stays idle",
    check({ own: { url }, plan: { gpus } }) {
      if (url === undefined || url.length === gpus.length) return undefined;
      return {
        path: "fish.url",
        message: `servers listed: ${url.length}; servers that engine.fish.gpus starts, one on each GPU: ${gpus.length}`,
        remedy: "List the address of each server exactly once.",
      };
    },
  },
  {
    id: "duet/fish-capacity",
    severity: "warning",
    source:
      "infra/cost/cost.ts: a server speaks one segment at a time, several times faster than real time, and is planned to be busy 74 % of the time",
    check({ synthesize: { maxSessions: most }, plan: { gpus, compile, device, release } }) {
      const holds = textsAtOnce(costOf({ compile, device, release }), gpus.length);
      if (most === undefined || most <= holds) return undefined;
      return {
        path: "synthesize.maxSessions",
        message: `Synthesize takes ${most} texts at once, and ${gpus.length === 1 ? "one server keeps" : `${gpus.length} servers keep`} up with about ${holds}: speech would be generated more slowly than it is played`,
        remedy: `Set it to ${holds}, leave it out, or start more servers.`,
      };
    },
  },
  {
    id: "duet/fish-key",
    severity: "error",
    source: "fish-speech tools/server/api_utils.py: a wrong key is answered with 401",
    check({ own: { apiKey }, plan: { requireApiKey } }) {
      if (!requireApiKey || apiKey !== undefined) return undefined;
      return {
        path: "engine.fish.requireApiKey",
        message: "Fish-Speech would require an API key, and Synthesize has none to send",
        remedy: "Set fish.apiKey: { env: DUET_FISH_API_KEY }, or remove engine.fish.requireApiKey.",
      };
    },
  },
  {
    id: "duet/fish-key-unasked",
    severity: "warning",
    source: "fish-speech tools/api_server.py --api-key",
    check({ own: { apiKey }, plan: { requireApiKey } }) {
      if (requireApiKey || apiKey === undefined) return undefined;
      return {
        path: "fish.apiKey",
        message: "an API key is sent, but Fish-Speech is started without requiring one",
        remedy: "Set engine.fish.requireApiKey to true, or remove fish.apiKey.",
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
        message: `segments may have ${most} characters, and more once numbers and symbols are spelled out, but Fish-Speech refuses more than ${maxTextLength}`,
        remedy: `Set it to 0, or to at least ${2 * most}.`,
      };
    },
  },
];

/** The computing cost of speech with this release, device and compilation. */
function costOf({ compile, device, release }: Pick<FishPlan, "compile" | "device" | "release">): FishCost {
  if (!compile || device !== "cuda") return fishCosts.uncompiled;
  return release.memoryGib > 4 ? fishCosts.s1 : fishCosts.compiled;
}
