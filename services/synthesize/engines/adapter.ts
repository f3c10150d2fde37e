import type { Clock } from "../../../infra/clock/clock.ts";
import type { ProcessConfig } from "../../../infra/config/read-process.ts";
import type { Difference } from "../../common/engine/drift.ts";
import type { Engine, EngineWorker } from "./engine.ts";

/** What an adapter needs, besides the settings, to open its engine. */
export interface EngineTools {
  readonly clock: Clock;
}

/**
 * How Synthesize works with one kind of engine: everything that Synthesize knows about the kind is in its adapter and
 * in the `Engine` that the adapter opens. `Settings` is the engine's group of settings, `Plan` its part of the config
 * with all defaults filled in.
 */
export interface EngineAdapter<Settings, Plan> {
  /** Opens the engine at `settings.url`. Throws an Error that names the setting if a setting is invalid. */
  open(settings: Settings, tools: EngineTools): Engine;
  /** How the engine's observed servers differ from the config. A server that was not reached does not differ. */
  compare(plan: Plan, workers: readonly EngineWorker[]): Difference[];
}

/** An engine that speaks, with its settings and config. */
export type SpeechEngine = ProcessConfig<"synthesize">["engines"][number];

/** An adapter for each engine that speaks, by its name in infra/engines. */
export type Adapters = {
  readonly [Used in SpeechEngine as Used["name"]]: EngineAdapter<Used["settings"], NonNullable<Used["plan"]>>;
};
