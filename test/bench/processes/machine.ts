import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { MachineUse } from "../record.ts";

/**
 * Looks at the machine until the returned function is called, which is given the CPU time that the bench itself used.
 * Undefined where the kernel does not tell (not Linux).
 */
export function watchMachine(): (oursMs: number) => MachineUse | undefined {
  const before = readTicks();
  const since = performance.now();
  return (oursMs) => {
    const after = readTicks();
    if (before === undefined || after === undefined) return undefined;
    const ticks = after.total - before.total;
    const cores = availableParallelism();
    return {
      cores,
      busy: ticks === 0 ? 0 : (after.busy - before.busy) / ticks,
      ours: oursMs / (cores * (performance.now() - since)),
      stolen: ticks === 0 ? 0 : (after.stolen - before.stolen) / ticks,
    };
  };
}

/** All cores' time since the machine was started. */
function readTicks(): { total: number; busy: number; stolen: number } | undefined {
  let line: string | undefined;
  try {
    [line] = readFileSync("/proc/stat", "utf8").split("\n", 1);
  } catch {
    return undefined;
  }
  // user, nice, system, idle, iowait, irq, softirq, steal; guests are part of user.
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, stolen = 0] = (line ?? "")
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const busy = user + nice + system + irq + softirq;
  return { total: busy + idle + iowait + stolen, busy, stolen };
}
