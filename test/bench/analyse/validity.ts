import type { CellRun } from "../record.ts";
import type { Summary } from "./summary.ts";

/** Where a run stops to tell something of its side. */
const most = {
  /** Of one core: a thread that is busier than this makes others wait. */
  coreShare: 0.8,
  /** The 99th percentile of how late a client's or an engine's event loop may be. */
  loopDelayMs: 25,
  /** The 99th percentile of how late a turn may be begun. */
  lateMs: 25,
  /** Of the machine, used by others or taken away by its host. */
  otherShare: 0.1,
  stolenShare: 0.02,
};

/** Why what was measured is not the side but what measured it; empty if it is the side. */
export function judgeRun(
  run: Pick<CellRun, "processes" | "machine" | "elapsedMs">,
  { lateP99Ms }: Pick<Summary, "lateP99Ms">,
): string[] {
  const faults: string[] = [];
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  for (const { name, role, cpuMs, loopDelayP99Ms } of run.processes) {
    if (role === "side") continue;
    const share = cpuMs / run.elapsedMs;
    if (share > most.coreShare) faults.push(`${name} was the bottleneck: ${percent(share)} of a core`);
    if (loopDelayP99Ms > most.loopDelayMs)
      faults.push(`${name} was late: its event loop by ${Math.round(loopDelayP99Ms)} ms`);
  }
  if (lateP99Ms > most.lateMs) faults.push(`turns began late: ${Math.round(lateP99Ms)} ms`);
  if (run.machine === undefined) return faults;
  const { busy, ours, stolen } = run.machine;
  if (busy - ours > most.otherShare)
    faults.push(`the machine was busy with something else: ${percent(busy - ours)} of it`);
  if (stolen > most.stolenShare) faults.push(`its host took ${percent(stolen)} of the machine away`);
  return faults;
}
