/** The processes that run in production, and the settings that each of them uses: defined only here. */
import type { EngineKind } from "../engines/record.ts";
import { enginesOf } from "../engines/registry.ts";
import type { assistants } from "../settings/profiles.ts";
import { shared, type stores } from "../settings/shared.ts";

/** A process that runs in production. */
export interface Process {
  /** The script that the process runs, relative to the root of the source tree. */
  readonly script: string;
  /** The kind of engine that the process talks to. The process uses the settings of all engines of this kind. */
  readonly engines: EngineKind;
  /** Further groups of settings, which other processes use too: those of stores, profiles and openings. */
  readonly also: readonly (keyof typeof stores | keyof typeof assistants)[];
}

/**
 * The processes that run in production. Each of them uses these groups of settings: the group with its own name, the
 * groups of its engines, the groups listed here in `also`, and the groups that all processes share.
 */
export const processes = {
  edge: { script: "edge/main.ts", engines: "hearing", also: ["redis", "profiles", "openings"] },
  generate: { script: "services/generate/main.ts", engines: "chat", also: [] },
  synthesize: { script: "services/synthesize/main.ts", engines: "speech", also: ["redis", "profiles", "openings"] },
} as const satisfies Record<string, Process>;

/** The name of a process. */
export type ProcessName = keyof typeof processes;

/**
 * The names of the groups of settings that a process uses, except those that all processes share: its own group, the
 * groups in `also` (such as those of stores), and the groups of the engines that it may talk to.
 */
export function groupsOf(process: ProcessName): readonly string[] {
  const { engines: kind, also } = processes[process];
  return [process, ...also, ...enginesOf(kind).map(({ name }) => name)];
}

/** Whether a process uses the setting at `path`. */
export function takes(process: ProcessName, path: string): boolean {
  const group = path.split(".")[0] as string;
  return isShared(path) || groupsOf(process).includes(group);
}

/** Whether all processes use the setting at `path`. */
export function isShared(path: string): boolean {
  return Object.hasOwn(shared, path.split(".")[0] as string);
}
