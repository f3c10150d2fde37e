import type { CalibrationName } from "../calibrations.ts";
import type { CellRun } from "../record.ts";
import type { Reply } from "../replies.ts";
import type { CellReport } from "../report/report.ts";
import type { Cell } from "../scenarios/scenario.ts";
import { capacityOf, shareOf } from "./capacity.ts";
import { measureOverhead } from "./overhead.ts";
import { measureQuiet } from "./quiet.ts";
import { summarize } from "./summary.ts";
import { judgeRun } from "./validity.ts";

/** Makes of what a runner saw what is reported. The same for real processes and for virtual time. */
export function analyse(cell: Cell, run: CellRun, replies: readonly Reply[]): CellReport {
  const summary = summarize(run, cell.time);
  const sides = run.processes.filter(({ role }) => role === "side");
  const total = (value: (use: (typeof sides)[number]) => number) => sides.reduce((sum, use) => sum + value(use), 0);
  const cpuMs = total((use) => use.cpuMs);
  // CPU is that of the whole cell, and so is the speech that it is divided by.
  const soundSeconds = run.turns.flatMap(({ sounds }) => sounds).reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    side: cell.side,
    calibration: cell.calibration.name as CalibrationName,
    load: cell.load,
    repeat: cell.repeat,
    time: run.time,
    capacityShare: shareOf(cell.load, capacityOf(cell.calibration, replies)),
    summary,
    invalid: judgeRun(run, summary),
    cpuMsPerSpokenSecond: sides.length === 0 || soundSeconds === 0 ? undefined : cpuMs / soundSeconds,
    gcShare: cpuMs === 0 ? undefined : total((use) => use.gcMs) / cpuMs,
    elapsedMs: run.elapsedMs,
    processes: run.processes,
    machine: run.machine,
    overhead: cell.probe?.kind === "overhead" ? measureOverhead(cell, run, replies) : undefined,
    quiet: cell.probe?.kind === "cancel" ? measureQuiet(cell, run) : undefined,
    probes: run.probes,
  };
}
