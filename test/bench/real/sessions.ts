import { setTimeout as sleep } from "node:timers/promises";
import { startEngines } from "../engines/engines.ts";
import { mostAtOnce } from "../scenarios/scenario.ts";
import type { RunningSide } from "../sides/start.ts";
import type { ProbeTools } from "./probe-tools.ts";

/** A turn is open from its question to the model's first word; this model has none. */
const time = { warmMs: 0, untilMs: 1000, endMs: 4000 };
/** When all have been open for a while. */
const lookAtMs = 2500;

/**
 * Opens a session for each user of the cell and leaves it open, before a model that never begins to answer: what does
 * one cost? Memory is what is left after a garbage collection; the sessions are opened once before, so that what a
 * process loads with its first ones is not theirs.
 */
export async function holdSessions(tools: ProbeTools): Promise<Record<string, number>> {
  const { cell, client, start } = tools;
  const engines = await startEngines({ ...cell.calibration, workers: 1 }, cell.seed, { fault: "stall-first" });
  // All of them are to be let in, though the model is slow as no model may be.
  const side = await start({ engines, settings: { DUET_GENERATE_TTFT_SLO_MS: "0" } });
  try {
    const count = mostAtOnce(cell.load);
    const hold = (thinkMs: number) =>
      client.run({
        cell: { ...cell, load: { kind: "closed", users: count, thinkMs }, time, probe: undefined },
        url: side.url,
      });
    await hold(20);
    const before = await memoryOf(side);
    const holding = hold(21);
    await sleep(lookAtMs);
    const during = await memoryOf(side);
    const open = (await holding).turns.filter(({ end }) => end === "unfinished").length;
    if (open === 0) return {};
    return {
      "open sessions": open,
      "heap bytes a session": (during.heap - before.heap) / open,
      "resident bytes a session": (during.resident - before.resident) / open,
    };
  } finally {
    await side.stop();
    await engines.stop();
  }
}

async function memoryOf({ processes }: RunningSide): Promise<{ heap: number; resident: number }> {
  const uses = await Promise.all(processes.map((process) => process.use(true)));
  return {
    heap: uses.reduce((sum, { heapBytes }) => sum + heapBytes, 0),
    resident: uses.reduce((sum, { residentBytes }) => sum + residentBytes, 0),
  };
}
