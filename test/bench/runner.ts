import type { CellRun } from "./record.ts";
import type { Cell } from "./scenarios/scenario.ts";

/** What takes a cell and gives back what its users saw: on real processes, or in virtual time. */
export interface Runner {
  /** Whether it can run such a cell. */
  takes(cell: Cell): boolean;
  run(cell: Cell): Promise<CellRun>;
  /** Ends whatever it started. */
  stop(): Promise<void>;
}
