import { fish } from "./fish/record.ts";
import { piper } from "./piper/record.ts";
import type { AnyEngine, EngineKind } from "./record.ts";
import { speech } from "./speech/record.ts";
import { transcribe } from "./transcribe/record.ts";
import { vits } from "./vits/record.ts";
import { vllm } from "./vllm/record.ts";

/**
 * All engines, keyed by name. If no engine of a kind is configured, a stand-in is used for the first engine of that
 * kind that has one.
 */
export const engines = { vllm, fish, speech, vits, piper, transcribe };

/** The name of an engine. */
export type EngineName = keyof typeof engines;

/** An engine's part of the config with all defaults filled in. */
export type PlanOf<Name extends EngineName> = ReturnType<(typeof engines)[Name]["complete"]>;

/** The plans of the engines that a config describes. */
export type Plans = { readonly [Name in EngineName]: PlanOf<Name> | undefined };

/** Every engine. */
export const allEngines: readonly AnyEngine[] = Object.values(engines);

/** All engines of a kind. */
export function enginesOf(kind: EngineKind): readonly AnyEngine[] {
  return allEngines.filter((engine) => engine.kind === kind);
}
