/**
 * Everything that duet.yaml may contain besides `engine`, assembled from its declarations: the groups of Duet's
 * processes in infra/settings, and those of the engines in their records.
 */
import { allEngines, type EngineName, type engines } from "../engines/registry.ts";
import { edge } from "../settings/edge.ts";
import { generate } from "../settings/generate.ts";
import { assistants } from "../settings/profiles.ts";
import { type PathOf, type Setting, settingsOf, variableOf } from "../settings/setting.ts";
import { shared, start, stores } from "../settings/shared.ts";
import { synthesize } from "../settings/synthesize.ts";

/** For each engine, by its name, the group of settings with which Duet reaches it. */
export type EngineGroups = { readonly [Name in EngineName]: (typeof engines)[Name]["settings"] };

const engineGroups = Object.fromEntries(allEngines.map(({ name, settings }) => [name, settings])) as EngineGroups;

/** All settings, as duet.yaml groups them. */
export const declared = { ...shared, edge, generate, synthesize, ...engineGroups, ...stores, ...assistants, ...start };

/** The path of a setting in duet.yaml, such as `edge.listen`. */
export type SettingPath = PathOf<typeof declared>;

/** A setting with its names in the file and in the environment. */
export interface Declared {
  /** The setting's path in duet.yaml. */
  readonly path: string;
  /** The name of the environment variable for the setting. */
  readonly variable: string;
  readonly setting: Setting<unknown>;
}

/** Every setting. */
export const allSettings: readonly Declared[] = [...settingsOf(declared)].map(([path, setting]) => ({
  path,
  variable: variableOf(path),
  setting,
}));

/** The name of the environment variable that sets a setting, for messages and for child processes. */
export function nameOf(path: SettingPath): string {
  return variableOf(path);
}
