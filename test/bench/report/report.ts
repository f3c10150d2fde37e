import type { Overhead } from "../analyse/overhead.ts";
import type { Quiet } from "../analyse/quiet.ts";
import type { Summary } from "../analyse/summary.ts";
import type { CalibrationName } from "../calibrations.ts";
import type { CellRun, MachineUse, ProcessUse } from "../record.ts";
import type { Load, Published } from "../scenarios/scenario.ts";
import type { SideName } from "../sides/names.ts";

/** One cell as it is reported: figures, not turns. */
export interface CellReport {
  readonly side: SideName;
  readonly calibration: CalibrationName;
  readonly load: Load;
  readonly repeat: number;
  readonly time: CellRun["time"];
  /** The load as a share of what the voices can carry, 1 being all of it. */
  readonly capacityShare: number;
  readonly summary: Summary;
  /** Why the figures are not the side's; empty if they are. */
  readonly invalid: readonly string[];
  /** CPU of the side's processes for a second of speech that its callers got, in milliseconds. */
  readonly cpuMsPerSpokenSecond: number | undefined;
  /** Garbage collection as a share of the side's CPU, 0 to 1. */
  readonly gcShare: number | undefined;
  readonly elapsedMs: number;
  readonly processes: readonly ProcessUse[];
  readonly machine: MachineUse | undefined;
  readonly overhead: Overhead | undefined;
  readonly quiet: Quiet | undefined;
  readonly probes: Readonly<Record<string, number>>;
}

/** A run as it is kept: what `--json` writes, and what tables and pages are made of. */
export interface Report {
  readonly command: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly tookSeconds: number;
  readonly host: { readonly cpu: string; readonly cores: number; readonly node: string; readonly loadAverage: number };
  readonly scenario: string;
  readonly about: string;
  readonly seed: number;
  readonly replies: { readonly count: number; readonly meanTokens: number; readonly meanSeconds: number };
  readonly calibrations: Readonly<Record<string, { readonly about: string; readonly workers: number }>>;
  readonly published: readonly Published[];
  readonly cells: readonly CellReport[];
}
