import type { PiperPlan } from "../../../../infra/engines/piper/plan.ts";
import type { piperSettings } from "../../../../infra/engines/piper/settings.ts";
import type { UsedSettings } from "../../../../infra/engines/record.ts";
import type { EngineAdapter } from "../adapter.ts";
import { compareServers } from "../whole/drift.ts";
import { createWholeEngine } from "../whole/engine.ts";
import { piperDialect } from "./dialect.ts";

/** The adapter of Piper. */
export const piper: EngineAdapter<UsedSettings<typeof piperSettings>, PiperPlan> = {
  open: ({ url: urls, ...settings }, { clock }) =>
    createWholeEngine({ ...settings, urls, clock }, piperDialect(settings)),
  compare: (plan, workers) => compareServers("engine.piper", plan, workers),
};
