import { create, toBinary } from "@bufbuild/protobuf";
import type { AnyEngine, EngineKind, UsedSettings } from "../engines/record.ts";
import { type EngineName, type engines, enginesOf, type PlanOf } from "../engines/registry.ts";
import { EngineConfigSchema } from "../gen/duet/config/v1/engine_pb.ts";
import type { Log } from "../log/log.ts";
import type { Credentials } from "../net/credentials.ts";
import { SettingsError } from "../settings/error.ts";
import { type Values, variableOf } from "../settings/setting.ts";
import type { shared } from "../settings/shared.ts";
import type { LoadedConfig } from "./config.ts";
import type { declared, SettingPath } from "./declared.ts";
import { loadConfig } from "./load.ts";
import { readCredentials } from "./named/credentials.ts";
import { type Problem, writeFault, writeOrigin } from "./problem.ts";
import { isShared, type ProcessName, processes, takes } from "./processes.ts";

/** The configuration that every process has, whatever it does. */
export interface SharedConfig {
  readonly log: Values<typeof shared.log>;
  readonly drainTimeoutMs: number;
}

/** An engine that a service talks to. */
export interface UsedEngine<Name extends EngineName> {
  readonly name: Name;
  /** The settings with which the engine is reached. */
  readonly settings: UsedSettings<(typeof engines)[Name]["settings"]>;
  /** The engine's config with all defaults filled in; undefined if there is none, or it is invalid. */
  readonly plan: PlanOf<Name> | undefined;
  /**
   * The engine's config as written: a serialized `EngineConfig` that contains only this engine, for code that another
   * protobuf generator has made.
   */
  readonly bytes: Uint8Array | undefined;
  /** The errors in the engines' part of the config. If there are any, no engine can have been started with it. */
  readonly errors: readonly Problem[];
}

type EngineOfKind<Kind> = {
  [Name in EngineName]: (typeof engines)[Name]["kind"] extends Kind ? UsedEngine<Name> : never;
}[EngineName];

/** The configuration of a process: its own group of settings, other groups by name, and its engine or engines. */
export type ProcessConfig<Name extends ProcessName> = SharedConfig & {
  /** How the process authenticates itself, and what it requires of its peers. */
  readonly credentials: Credentials;
  /** Reads the credentials again from the same files, which may have changed. Throws SettingsError. */
  readonly readCredentials: () => Credentials;
} & {
  readonly [Group in Name | (typeof processes)[Name]["also"][number]]: Values<(typeof declared)[Group]>;
} & ((typeof processes)[Name]["engines"] extends "chat" ? { readonly engine: EngineOfKind<"chat"> } : unknown) &
  ((typeof processes)[Name]["engines"] extends "speech"
    ? {
        /** The engines in order: the first one speaks if a voice does not name its engine. */
        readonly engines: readonly [EngineOfKind<"speech">, ...EngineOfKind<"speech">[]];
      }
    : unknown) &
  ((typeof processes)[Name]["engines"] extends "hearing"
    ? {
        /** The speech recognizer; undefined if there is none, so that recordings are not accepted. */
        readonly engine: EngineOfKind<"hearing"> | undefined;
      }
    : unknown);

/**
 * Reads a process's configuration from file and environment, once. Throws SettingsError with all faults at once: those
 * of its own settings, and every unknown name. Certificate files are read last, once the settings themselves are valid,
 * and their faults are reported together. A fault in the engines' part does not keep the process from running: see
 * `tellEngineErrors`.
 */
export function readProcess<Name extends ProcessName>(name: Name, env: NodeJS.ProcessEnv): ProcessConfig<Name> {
  const loaded = loadConfig(env);
  const lines = faultsOf(loaded, (path) => takes(name, path));
  const { engines: kind } = processes[name];
  const used = usedEngines(kind, loaded);
  if (!mayUse(kind, used.length)) lines.push(explainChoice(enginesOf(kind), used, loaded));
  if (lines.length > 0) throw new SettingsError(lines.join("\n"));
  const settings = loaded.config.settings as Values<typeof declared>;
  const { log, drainTimeoutMs } = settings;
  const config = {
    log,
    drainTimeoutMs,
    credentials: readCredentials(settings),
    readCredentials: () => readCredentials(settings),
    [name]: settings[name],
    ...Object.fromEntries(processes[name].also.map((group) => [group, settings[group]])),
    ...(kind === "chat" && { engine: describe(used[0] as AnyEngine, loaded) }),
    ...(kind === "hearing" && { engine: used[0] && describe(used[0], loaded) }),
    ...(kind === "speech" && { engines: used.map((engine) => describe(engine, loaded)) }),
  };
  return config as unknown as ProcessConfig<Name>;
}

/** Reads the configuration that every process needs. Throws SettingsError with all faults at once. */
export function readShared(env: NodeJS.ProcessEnv): SharedConfig {
  const loaded = loadConfig(env);
  const lines = faultsOf(loaded, isShared);
  if (lines.length > 0) throw new SettingsError(lines.join("\n"));
  return loaded.config.settings as Values<typeof shared>;
}

/** If the config's part about engines has errors, logs that the running engines cannot be compared with it. */
export function tellEngineErrors({ errors }: { readonly errors: readonly Problem[] }, log: Log): void {
  if (errors.length === 0) return;
  log.error(
    { errors: errors.length, first: errors[0]?.path },
    "the engines in the config file cannot be compared with the running ones, because the config has errors: npm run duet -- config check lists them",
  );
}

/** The faults that concern every process, and those of the settings that `concerns` selects, one line each. */
export function faultsOf({ faults }: LoadedConfig, concerns: (path: string) => boolean): string[] {
  const own = [...faults.settings].filter(([path]) => concerns(path)).map(([, fault]) => fault);
  return [...faults.common, ...own].map(writeFault);
}

/** The engines of a kind whose URL is set; the one that the settings make the default comes first. */
export function usedEngines(kind: EngineKind, { given }: Pick<LoadedConfig, "given">): AnyEngine[] {
  const used = enginesOf(kind).filter(({ name }) => given.has(`${name}.url`));
  const first = kind === "speech" ? given.get("synthesize.engine" satisfies SettingPath)?.value : undefined;
  return used.toSorted((one, other) => Number(other.name === first) - Number(one.name === first));
}

/**
 * Whether this number of engines of a kind is allowed: exactly one for chat, one or more for speech, at most one for
 * hearing.
 */
export function mayUse(kind: EngineKind, count: number): boolean {
  if (kind === "hearing") return count <= 1;
  return kind === "speech" ? count > 0 : count === 1;
}

/** Why the engines of a kind cannot be used: none has a URL, or several have one where only one is allowed. */
export function explainChoice(
  all: readonly Pick<AnyEngine, "name" | "settings">[],
  used: readonly Pick<AnyEngine, "name">[],
  { given }: Pick<LoadedConfig, "given">,
): string {
  if (used.length === 0) {
    const names = all.map(({ name }) => variableOf(`${name}.url`));
    const does = all.map(({ settings }) => settings.url.does);
    return `${names.join(" or ")} is not set: ${does.join(" Or: ")}`;
  }
  const places = used.map(({ name }) => {
    const origin = given.get(`${name}.url`)?.origin;
    return origin !== undefined && "variable" in origin ? origin.variable : `${name}.url (${writeOrigin(origin)})`;
  });
  return `${places.join(" and ")} are set, but only one of them can be used: remove all but one`;
}

function describe(engine: AnyEngine, { config, faults }: LoadedConfig): UsedEngine<EngineName> {
  const name = engine.name as EngineName;
  const settings = config.settings[name] as UsedEngine<EngineName>["settings"];
  const errors = faults.engines.filter(({ severity }) => severity === "error");
  const part = config.engine[name];
  if (errors.length > 0 || part === undefined) return { name, settings, plan: undefined, bytes: undefined, errors };
  return {
    name,
    settings,
    plan: config.plan[name],
    bytes: toBinary(EngineConfigSchema, create(EngineConfigSchema, { [name]: part })),
    errors,
  } as UsedEngine<EngineName>;
}
