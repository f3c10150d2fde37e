import type { Clock } from "../../../infra/clock/clock.ts";
import type { ProcessConfig } from "../../../infra/config/read-process.ts";
import type { Difference } from "../../common/engine/drift.ts";
import type { Engine, EngineWorker } from "./engine.ts";

/** What every engine is made with. */
export interface EngineTools {
  readonly clock: Clock;
}

/**
 * How Synthesize speaks with a kind of engine: all that it knows of it is here and in the `Engine` that it makes. `Settings` is
 * its group of settings, `Plan` its part of the config with nothing left open.
 */
export interface EngineAdapter<Settings, Plan> {
  /** Makes the engine at `settings.url`. Throws an Error that names the setting that cannot be right. */
  open(settings: Settings, tools: EngineTools): Engine;
  /** Where its servers, as they were found, are not what the config says. One that was not reached says nothing. */
  compare(plan: Plan, workers: readonly EngineWorker[]): Difference[];
}

/** An engine that speaks, as the settings and the config have it. */
export type SpeechEngine = ProcessConfig<"synthesize">["engines"][number];

/** An adapter for each engine that speaks, by the name of its record in infra/engines. */
export type Adapters = {
  readonly [Used in SpeechEngine as Used["name"]]: EngineAdapter<Used["settings"], NonNullable<Used["plan"]>>;
};
