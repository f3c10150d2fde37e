import { execFileSync } from "node:child_process";

/** A process of this machine that still runs. */
export interface RunningProcess {
  readonly pid: number;
  /** Who started it; another process if that one has ended. */
  readonly parent: number;
  /** The group that it was started in, which outlives the process that began it. */
  readonly group: number;
  /** Its command line. */
  readonly command: string;
}

/** All processes that run; one that has ended and waits to be counted by its parent does not. */
export function runningProcesses(): RunningProcess[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat=,args="], { encoding: "utf8", maxBuffer: 1 << 26 })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .flatMap((row) => (row === null || row[4]?.startsWith("Z") ? [] : [row]))
    .map(([, pid, parent, group, , command = ""]) => ({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      command,
    }));
}

/** The processes that a process has started, and those that they have; from `all` if the caller has looked already. */
export function descendantsOf(pid: number, all = runningProcesses()): number[] {
  const family = [pid];
  // The list grows while it is walked: children are looked for in their turn.
  for (const member of family) family.push(...all.filter(({ parent }) => parent === member).map(({ pid }) => pid));
  return family.slice(1);
}

/** Which of the processes still run. */
export function stillRunning(pids: readonly number[]): number[] {
  const alive = new Set(runningProcesses().map(({ pid }) => pid));
  return pids.filter((pid) => alive.has(pid));
}
