import type { Setup } from "../record.ts";
import type { Rule } from "../rule.ts";
import { serversNamed } from "../servers-named.ts";
import type { VitsPlan } from "./plan.ts";
import type { vitsSettings } from "./settings.ts";

/** Rules about the config of vits-simple-api's servers in combination with Duet's settings. */
export const vitsSetupRules: readonly Rule<Setup<VitsPlan, typeof vitsSettings>>[] = [serversNamed("vits")];
