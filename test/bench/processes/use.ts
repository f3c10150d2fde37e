import { fileURLToPath } from "node:url";
import { type Program, type Question, startProgram } from "../../support/processes.ts";
import type { ProcessUse } from "../record.ts";

/** Asks a process what it has used up since it was asked last. */
export interface UseQuestion extends Question {
  readonly type: "use";
  /** Collect its garbage first, so that memory is what is held. */
  readonly collect?: boolean;
}

/** What it has. */
export interface UseAnswer extends Omit<ProcessUse, "name" | "role"> {
  readonly type: "use";
  /** Heap and buffers. */
  readonly heapBytes: number;
}

/** A process of a run that tells what it uses up. */
export interface Observed extends Program {
  readonly name: string;
  readonly role: ProcessUse["role"];
  /** Since it was last asked. */
  use(collect?: boolean): Promise<ProcessUse & { heapBytes: number }>;
}

/** How an observed process is started. */
export interface ObservedOptions {
  readonly name: string;
  readonly role: ProcessUse["role"];
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
  /** A folder for a CPU profile of its whole life. */
  readonly profileInto?: string | undefined;
}

const observer = fileURLToPath(new URL("observe.ts", import.meta.url));

/** Starts a process of the repository and waits until it listens. */
export async function startObserved(main: string, options: ObservedOptions): Promise<Observed> {
  const { name, role, env = {}, args = [], profileInto } = options;
  const profile =
    profileInto === undefined
      ? []
      : ["--cpu-prof", `--cpu-prof-dir=${profileInto}`, `--cpu-prof-name=${name}.cpuprofile`];
  const program = await startProgram(main, env, { args, nodeArgs: ["--import", observer, ...profile] });
  const { url, pid, ask, stop } = program;
  return {
    name,
    role,
    url,
    pid,
    ask,
    stop,
    get written() {
      return program.written;
    },
    async use(collect = false) {
      const { type: _, ...used } = await ask<UseAnswer>({ type: "use", collect } as UseQuestion);
      return { name, role, ...used };
    },
  };
}
