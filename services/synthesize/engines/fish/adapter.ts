import type { FishPlan } from "../../../../infra/engines/fish/plan.ts";
import type { EngineAdapter, EngineSettings } from "../adapter.ts";
import { compareFish } from "./drift.ts";
import { createFishEngine } from "./fish.ts";
import type { FishModeName } from "./modes.ts";
import { readReferences } from "./references.ts";

/** The settings of Fish-Speech. */
export interface FishSettings extends EngineSettings {
  /** Sent as a bearer token. */
  readonly apiKey: string | undefined;
  /** Which generation answers. */
  readonly mode: FishModeName;
  /** A folder of voices that are sent with each request. */
  readonly references: string | undefined;
  /** Reference ids that may be spoken with, the default first; empty: all that there are. */
  readonly voices: readonly string[];
  /** How long one segment may take. */
  readonly timeoutMs: number;
}

/** Fish-Speech. */
export const fish: EngineAdapter<FishSettings, FishPlan> = {
  title: "Fish-Speech",
  open: (urls, { references, ...settings }, { clock }) =>
    createFishEngine({
      ...settings,
      urls,
      references: references === undefined ? new Map() : readReferences(references),
      clock,
    }),
  compare: compareFish,
};
