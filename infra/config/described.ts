import type { AnyEngine, EngineKind } from "../engines/record.ts";
import { allEngines } from "../engines/registry.ts";
import type { Config } from "./config.ts";

/** An engine that a config describes, with its plan. */
export interface DescribedEngine {
  readonly engine: AnyEngine;
  readonly plan: unknown;
}

/** The engines that a config describes: all of them, or only those of one kind. */
export function describedEngines({ plan }: Pick<Config, "plan">, kind?: EngineKind): DescribedEngine[] {
  const plans: Readonly<Record<string, unknown>> = plan;
  return allEngines
    .filter((engine) => plans[engine.name] !== undefined && (kind === undefined || engine.kind === kind))
    .map((engine) => ({ engine, plan: plans[engine.name] }));
}
