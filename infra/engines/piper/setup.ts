import type { Setup } from "../record.ts";
import type { Rule } from "../rule.ts";
import { serversNamed } from "../servers-named.ts";
import type { PiperPlan } from "./plan.ts";
import type { piperSettings } from "./settings.ts";

/** Rules about the config of Piper's servers in combination with Duet's settings. */
export const piperSetupRules: readonly Rule<Setup<PiperPlan, typeof piperSettings>>[] = [serversNamed("piper")];
