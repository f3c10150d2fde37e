import { execFileSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";

/** The processes that a process has started, and those that they have, by id. */
export function descendantsOf(pid: number): number[] {
  const parents = processes();
  const found: number[] = [];
  for (const parent of [pid, ...found]) collect(parent);
  return found;

  function collect(parent: number): void {
    for (const child of parents.filter((entry) => entry.parent === parent)) {
      found.push(child.pid);
      collect(child.pid);
    }
  }
}

/** Which of the processes still run; one that has ended and waits to be counted by its parent does not. */
export function stillRunning(pids: readonly number[]): number[] {
  const alive = new Set(processes().map(({ pid }) => pid));
  return pids.filter((pid) => alive.has(pid));
}

/** Resolves as soon as `holds` does, with the milliseconds that took; rejects after `limitMs`. */
export async function until(what: string, limitMs: number, holds: () => boolean | Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAt > limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await wait(20);
  }
  return performance.now() - startedAt;
}

function processes(): { pid: number; parent: number }[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith("Z"))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}
