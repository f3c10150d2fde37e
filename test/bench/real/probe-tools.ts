import type { Client } from "../client/client.ts";
import type { Engines } from "../engines/engines.ts";
import type { Cell } from "../scenarios/scenario.ts";
import type { RunningSide, SideOptions } from "../sides/start.ts";

/** What a probe has at hand. */
export interface ProbeTools {
  readonly cell: Cell;
  readonly engines: Engines;
  /** The side that the cell ran on. */
  readonly side: RunningSide;
  /** Starts another of the same. */
  readonly start: (differs?: Partial<Pick<SideOptions, "engines" | "settings">>) => Promise<RunningSide>;
  readonly client: Client;
}
