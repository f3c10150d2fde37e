import { measureTurn } from "../analyse/turn.ts";
import type { Client } from "../client/client.ts";
import type { Engines } from "../engines/engines.ts";
import { machineClock } from "../processes/clock.ts";
import type { TurnRecord } from "../record.ts";
import type { Cell } from "../scenarios/scenario.ts";
import type { RunningSide, SideOptions } from "../sides/start.ts";
import { holdSessions } from "./sessions.ts";

/** What a probe has at hand. */
export interface ProbeTools {
  readonly cell: Cell;
  readonly engines: Engines;
  /** The side that the cell ran on. */
  readonly side: RunningSide;
  /** Starts another of the same. */
  readonly start: (differs?: Partial<Pick<SideOptions, "engines" | "settings">>) => Promise<RunningSide>;
  readonly client: Client;
  readonly repliesFile: string;
}

/** Measures what a scenario asks for besides turns, after its cell; figures by name, each name ending with its unit. */
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

/**
 * Starts the side once more and asks it at once. What Node has compiled lies in its cache if the caller's environment says where
 * (`NODE_COMPILE_CACHE`); otherwise each start compiles anew.
 */
async function startCold({ cell, start, client, repliesFile }: ProbeTools): Promise<Record<string, number>> {
  const since = machineClock.now();
  const side = await start();
  const readyMs = machineClock.now() - since;
  try {
    // The same replies twice, one turn after the other: the very first turn is cold, the same one of the second round is warm.
    const ask = async (thinkMs: number) => {
      const load = { kind: "closed", users: 1, thinkMs } as const;
      const { turns } = await client.run({ cell: { ...cell, load }, url: side.url, repliesFile });
      return measureTurn(turns[0] as TurnRecord);
    };
    const cold = await ask(1);
    const warm = await ask(2);
    return {
      "ready ms": readyMs,
      "cold: first text ms": cold.ttftMs,
      "cold: first sound ms": cold.ttfaMs,
      "the same, warm: first text ms": warm.ttftMs,
      "the same, warm: first sound ms": warm.ttfaMs,
    };
  } finally {
    await side.stop();
  }
}
