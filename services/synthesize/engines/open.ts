import { engines } from "../../../infra/engines/registry.ts";
import type { Difference } from "../../common/engine/drift.ts";
import type { EngineAdapter, EngineTools, SpeechEngine } from "./adapter.ts";
import type { Engine, EngineWorker } from "./engine.ts";
import { adapters } from "./registry.ts";

/** An engine of this deployment, with its names and its config. */
export interface OpenedEngine {
  /** The name under which the engine has a record in infra/engines and an adapter. */
  readonly kind: string;
  /** The engine's name for people, as used in sentences. */
  readonly title: string;
  readonly engine: Engine;
  /** The engine's part of the config, serialized; undefined if no config describes the engine. */
  readonly config: Uint8Array | undefined;
  /** Compares the engine's servers with the config; undefined if no config describes the engine. */
  readonly compare: ((workers: readonly EngineWorker[]) => Difference[]) | undefined;
}

/** Opens an engine with its adapter. Throws an Error that names the invalid setting. */
export function openEngine({ name, settings, plan, bytes }: SpeechEngine, tools: EngineTools): OpenedEngine {
  // The cast is safe: the type `Adapters` guarantees that an adapter accepts the settings and the plan of its engine.
  const adapter = adapters[name] as EngineAdapter<typeof settings, NonNullable<typeof plan>>;
  return {
    kind: name,
    title: engines[name].title,
    engine: adapter.open(settings, tools),
    config: bytes,
    compare: plan === undefined ? undefined : (workers) => adapter.compare(plan, workers),
  };
}
