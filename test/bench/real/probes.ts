import { startCold } from "./cold-start.ts";
import type { ProbeTools } from "./probe-tools.ts";
import { holdSessions } from "./sessions.ts";

/** Measures what a scenario asks for besides turns, after its cell; figures by name, each name with its unit. */
export async function probeCell(tools: ProbeTools): Promise<Record<string, number>> {
  switch (tools.cell.probe?.kind) {
    case "cold-start":
      return startCold(tools);
    case "overhead":
      return holdSessions(tools);
    default:
      return {};
  }
}
