import type { FishPlan } from "../../../../infra/engines/fish/plan.ts";
import type { fishSettings } from "../../../../infra/engines/fish/settings.ts";
import type { UsedSettings } from "../../../../infra/engines/record.ts";
import type { EngineAdapter } from "../adapter.ts";
import { compareFish } from "./drift.ts";
import { createFishEngine } from "./engine.ts";
import { readReferences } from "./references.ts";

/** The adapter of Fish-Speech. */
export const fish: EngineAdapter<UsedSettings<typeof fishSettings>, FishPlan> = {
  open: ({ url: urls, references, ...settings }, { clock }) =>
    createFishEngine({
      ...settings,
      urls,
      references: references === undefined ? new Map() : readReferences(references),
      clock,
    }),
  compare: compareFish,
};
