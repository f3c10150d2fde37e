import { execFileSync } from "node:child_process";

/** The processes that a process has started, and those that they have, by id. */
export function descendantsOf(pid: number): number[] {
  const all = processes();
  const family = [pid];
  // The list grows while it is walked: children are looked for in their turn.
  for (const member of family) family.push(...all.filter(({ parent }) => parent === member).map(({ pid }) => pid));
  return family.slice(1);
}

/** Which of the processes still run; one that has ended and waits to be counted by its parent does not. */
export function stillRunning(pids: readonly number[]): number[] {
  const alive = new Set(processes().map(({ pid }) => pid));
  return pids.filter((pid) => alive.has(pid));
}

function processes(): { pid: number; parent: number }[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith("Z"))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}
