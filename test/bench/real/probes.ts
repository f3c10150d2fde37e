import { startCold } from "./cold-start.ts";
import type { ProbeTools } from "./probe-tools.ts";
import { holdSessions } from "./sessions.ts";

/**
 * Measures what a scenario asks for besides turns, after its cell; figures by name, each name with its unit. What never
 * came is left out.
 */
export async function probeCell(tools: ProbeTools): Promise<Record<string, number>> {
  const probed = await probe(tools);
  return Object.fromEntries(Object.entries(probed).filter(([, value]) => Number.isFinite(value)));
}

async function probe(tools: ProbeTools): Promise<Record<string, number>> {
  switch (tools.cell.probe?.kind) {
    case "cold-start":
      return startCold(tools);
    case "overhead":
      return holdSessions(tools);
    default:
      return {};
  }
}
