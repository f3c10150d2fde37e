/**
 * Everything that duet.yaml may hold besides `engine`, put together from where it is declared: the groups of Duet's processes in
 * infra/settings, and those of the engines in their records. Which process takes which group is said here, and nowhere else.
 */
import type { EngineKind } from "../engines/record.ts";
import { allEngines, type EngineName, type engines, enginesOf } from "../engines/registry.ts";
import { edge } from "../settings/edge.ts";
import { generate } from "../settings/generate.ts";
import { type PathOf, type Setting, settingsOf, variableOf } from "../settings/setting.ts";
import { shared, start, stores } from "../settings/shared.ts";
import { synthesize } from "../settings/synthesize.ts";

/** A process that runs in production. */
export interface Process {
  /** What is run, from the root of the tree. */
  readonly script: string;
  /** The engines that it speaks to, if it speaks to any: it takes the group of the one that is set. */
  readonly engines: EngineKind | undefined;
}

/** The processes that run in production. Each takes the group of its own name, that of its engine, and what all share. */
export const processes = {
  edge: { script: "edge/main.ts", engines: undefined },
  generate: { script: "services/generate/main.ts", engines: "chat" },
  synthesize: { script: "services/synthesize/main.ts", engines: "speech" },
} as const satisfies Record<string, Process>;

/** The name of a process. */
export type ProcessName = keyof typeof processes;

/** The groups by which engines are reached, by the engines' names. */
export type EngineGroups = { readonly [Name in EngineName]: (typeof engines)[Name]["settings"] };

const engineGroups = Object.fromEntries(allEngines.map(({ name, settings }) => [name, settings])) as EngineGroups;

/** All settings, as duet.yaml groups them. */
export const declared = { ...shared, edge, generate, synthesize, ...engineGroups, ...stores, ...start };

/** Where a setting stands in duet.yaml, such as `edge.listen`. */
export type SettingPath = PathOf<typeof declared>;

/** A setting with its names. */
export interface Declared {
  /** Where it stands in duet.yaml. */
  readonly path: string;
  /** The variable that sets it. */
  readonly variable: string;
  readonly setting: Setting<unknown>;
}

/** Every setting. */
export const allSettings: readonly Declared[] = [...settingsOf(declared)].map(([path, setting]) => ({
  path,
  variable: variableOf(path),
  setting,
}));

/** The variable of a setting, for messages and for processes that are started. */
export function nameOf(path: SettingPath): string {
  return variableOf(path);
}

/** The names that stand first in the paths of a process's own settings: its own, and those of the engines that it may speak to. */
export function groupsOf(process: ProcessName): readonly string[] {
  const kind = processes[process].engines;
  return [process, ...(kind === undefined ? [] : enginesOf(kind).map(({ name }) => name))];
}

/** Whether a process takes a setting. */
export function takes(process: ProcessName, path: string): boolean {
  const group = path.split(".")[0] as string;
  return isShared(path) || groupsOf(process).includes(group);
}

/** Whether every process takes a setting. */
export function isShared(path: string): boolean {
  return Object.hasOwn(shared, path.split(".")[0] as string);
}
