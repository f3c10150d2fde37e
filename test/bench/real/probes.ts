import type { Client } from "../client/client.ts";
import type { Engines } from "../engines/engines.ts";
import type { Cell } from "../scenarios/scenario.ts";
import type { RunningSide } from "../sides/start.ts";

/** What a probe has at hand. */
export interface ProbeTools {
  readonly cell: Cell;
  readonly engines: Engines;
  /** The side that the cell ran on. */
  readonly side: RunningSide;
  /** Starts another of the same. */
  readonly start: () => Promise<RunningSide>;
  readonly client: Client;
  readonly repliesFile: string;
}

/** Measures what a scenario asks for besides turns, after its cell; figures by name, each name ending with its unit. */
export async function probeCell(_tools: ProbeTools): Promise<Record<string, number>> {
  return {};
}
