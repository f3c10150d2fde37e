import type { UsedSettings } from "../../../../infra/engines/record.ts";
import type { VitsPlan } from "../../../../infra/engines/vits/plan.ts";
import type { vitsSettings } from "../../../../infra/engines/vits/settings.ts";
import type { EngineAdapter } from "../adapter.ts";
import { compareServers } from "../whole/drift.ts";
import { createWholeEngine } from "../whole/engine.ts";
import { vitsDialect } from "./dialect.ts";

/** The adapter of VITS. */
export const vits: EngineAdapter<UsedSettings<typeof vitsSettings>, VitsPlan> = {
  open: ({ url: urls, ...settings }, { clock }) =>
    createWholeEngine({ ...settings, urls, clock }, vitsDialect(settings)),
  compare: (plan, workers) => compareServers("engine.vits", plan, workers),
};
