import { measureTurn } from "../analyse/turn.ts";
import { machineClock } from "../processes/clock.ts";
import type { TurnRecord } from "../record.ts";
import type { ProbeTools } from "./probe-tools.ts";

/**
 * Starts the side once more and asks it at once. Duet keeps what Node has compiled, beside the packages or where
 * `NODE_COMPILE_CACHE` says: what is warm is so from the start before.
 */
export async function startCold({ cell, start, client }: ProbeTools): Promise<Record<string, number>> {
  const since = machineClock.now();
  const side = await start();
  const readyMs = machineClock.now() - since;
  try {
    // The same replies twice, one turn after the other: the very first turn is cold, the same one of the second round
    // is warm.
    const ask = async (thinkMs: number) => {
      const load = { kind: "closed", users: 1, thinkMs } as const;
      const { turns } = await client.run({ cell: { ...cell, load }, url: side.url });
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
