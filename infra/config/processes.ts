/** Which processes run in production, and which settings each of them takes: said here, and nowhere else. */
import type { EngineKind } from "../engines/record.ts";
import { enginesOf } from "../engines/registry.ts";
import type { assistants } from "../settings/profiles.ts";
import { shared, type stores } from "../settings/shared.ts";

/** A process that runs in production. */
export interface Process {
  /** What is run, from the root of the tree. */
  readonly script: string;
  /** The engines that it speaks to: it takes the groups of those that are set. */
  readonly engines: EngineKind;
  /** What it takes that some other processes take too, but not all: the stores that it keeps its state in, the profiles, the openings. */
  readonly also: readonly (keyof typeof stores | keyof typeof assistants)[];
}

/** The processes that run in production. Each takes the group of its own name, that of its engine, what is named here, and what all share. */
export const processes = {
  edge: { script: "edge/main.ts", engines: "hearing", also: ["redis", "profiles", "openings"] },
  generate: { script: "services/generate/main.ts", engines: "chat", also: [] },
  synthesize: { script: "services/synthesize/main.ts", engines: "speech", also: ["redis", "profiles", "openings"] },
} as const satisfies Record<string, Process>;

/** The name of a process. */
export type ProcessName = keyof typeof processes;

/** The names that stand first in the paths of a process's own settings: its own, its stores' and the like, and those of the engines that it may speak to. */
export function groupsOf(process: ProcessName): readonly string[] {
  const { engines: kind, also } = processes[process];
  return [process, ...also, ...enginesOf(kind).map(({ name }) => name)];
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
