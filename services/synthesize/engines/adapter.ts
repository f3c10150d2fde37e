import type { Clock } from "../../../infra/clock/clock.ts";
import type { Difference } from "../../common/engine/drift.ts";
import type { Engine, EngineWorker } from "./engine.ts";

/** What the settings of every kind of engine have. */
export interface EngineSettings {
  /** Addresses of its servers. Not set or empty: this deployment has no such engine. */
  readonly url: readonly string[] | undefined;
}

/** What every engine is made with. */
export interface EngineTools {
  readonly clock: Clock;
}

/**
 * A kind of engine, as the registry has it: all that Synthesize knows of it is here and in the `Engine` that it makes. `Settings` is
 * its group of settings, `Plan` its part of the config with nothing left open.
 */
export interface EngineAdapter<Settings extends EngineSettings, Plan> {
  /** What people call it, in sentences: `Fish-Speech`. */
  readonly title: string;
  /** Makes the engine at `urls`, of which there is at least one. Throws an Error that names the setting that cannot be right. */
  open(urls: readonly string[], settings: Settings, tools: EngineTools): Engine;
  /** Where its servers, as they were found, are not what the config says. One that was not reached says nothing. */
  compare(plan: Plan, workers: readonly EngineWorker[]): Difference[];
}
