import type { Difference } from "../../common/engine/drift.ts";
import type { EngineAdapter, EngineSettings, EngineTools } from "./adapter.ts";
import type { Engine, EngineWorker } from "./engine.ts";

/** Kinds of engines by their names, each with settings and a plan of its own. */
export type Adapters = Readonly<Record<string, EngineAdapter<never, never>>>;

type SettingsOf<A> = A extends EngineAdapter<infer Settings, infer _> ? Settings : never;
type PlanOf<A> = A extends EngineAdapter<infer _, infer Plan> ? Plan : never;

/** What a deployment says of its engines, each by its kind. */
export interface EngineOptions<A extends Adapters> {
  /** The groups of settings. */
  readonly settings: { readonly [K in keyof A]: SettingsOf<A[K]> };
  /** The parts of the config with nothing left open; a kind that none describes is absent. */
  readonly plan: { readonly [K in keyof A]?: PlanOf<A[K]> | undefined };
  /** The same as they were written: each an `EngineConfig` in its bytes, with this part alone. */
  readonly config: { readonly [K in keyof A]?: Uint8Array | undefined };
  readonly tools: EngineTools;
}

/** An engine of this deployment, and what is known of it beforehand. */
export interface OpenedEngine {
  /** The name of its adapter. */
  readonly kind: string;
  /** What people call it, in sentences. */
  readonly title: string;
  readonly engine: Engine;
  /** Its part of the config in bytes; undefined if no config describes it. */
  readonly config: Uint8Array | undefined;
  /** Compares its servers with the config; undefined if no config describes it. */
  readonly compare: ((workers: readonly EngineWorker[]) => Difference[]) | undefined;
}

/** Makes the engine whose address is set. Throws an Error that names the settings if it is none or several. */
export function openEngine<A extends Adapters>(adapters: A, options: EngineOptions<A>): OpenedEngine {
  const kinds = Object.keys(adapters) as (keyof A & string)[];
  const [kind, ...others] = kinds.filter((one) => urlsOf(options.settings[one]).length > 0);
  if (kind === undefined)
    throw new Error(`no engine can speak: set the address of one, ${kinds.map(settingOf).join(" or ")}`);
  if (others.length > 0)
    throw new Error(
      `${[kind, ...others].map(settingOf).join(" and ")} are set, and Synthesize speaks with one engine: leave one of them`,
    );
  // The type of `options` holds that settings and plan are those of their kind.
  const adapter = adapters[kind] as unknown as EngineAdapter<EngineSettings, unknown>;
  const settings: EngineSettings = options.settings[kind];
  const plan = options.plan[kind];
  return {
    kind,
    title: adapter.title,
    engine: adapter.open(urlsOf(settings), settings, options.tools),
    config: options.config[kind],
    compare: plan === undefined ? undefined : (workers) => adapter.compare(plan, workers),
  };
}

function urlsOf({ url }: EngineSettings): readonly string[] {
  return url ?? [];
}

function settingOf(kind: string): string {
  return `${kind}.url (DUET_${kind.toUpperCase()}_URL)`;
}
