import type { Calibration } from "../calibrations.ts";
import { type Client, startClient } from "../client/client.ts";
import { type Engines, type ModelHabits, startEngines } from "../engines/engines.ts";
import { machineClock } from "../processes/clock.ts";
import { watchMachine } from "../processes/machine.ts";
import type { CellRun } from "../record.ts";
import type { Runner } from "../runner.ts";
import type { Cell } from "../scenarios/scenario.ts";
import type { SideName } from "../sides/names.ts";
import { type RunningSide, startSide } from "../sides/start.ts";
import type { ProbeTools } from "./probe-tools.ts";
import { probeCell } from "./probes.ts";

/** How a run on real processes is made. */
export interface RealOptions {
  readonly repliesFile: string;
  readonly seed: number;
  /** A folder for CPU profiles of the sides' processes, which end up there when the run stops. */
  readonly profileInto?: string | undefined;
  /** Whether Duet's callers take compressed messages. Default false. */
  readonly gzip?: boolean;
  /** Settings of Duet that differ from the shipped ones. */
  readonly settings?: Record<string, string>;
  /** What the model does that it does not always do. */
  readonly habits?: ModelHabits;
}

/** Everything that runs before one calibration. */
interface Stand {
  readonly calibration: Calibration;
  readonly engines: Engines;
  readonly sides: Map<SideName, RunningSide>;
}

/**
 * Runs cells on real processes over loopback. The engines of a calibration, and each side before them, are started when
 * they are first asked for and stay, so that all are warm and each cell waits for none; a side that has no load does
 * next to nothing.
 */
export function createRealRunner(options: RealOptions): Runner {
  const { repliesFile, seed, profileInto, settings, habits, gzip = false } = options;
  let stand: Stand | undefined;
  let client: Client | undefined;

  async function stopStand(): Promise<void> {
    for (const side of stand?.sides.values() ?? []) await side.stop();
    await stand?.engines.stop();
    stand = undefined;
  }

  async function standFor({ calibration }: Cell): Promise<Stand> {
    if (stand?.calibration.name === calibration.name && stand.calibration.workers === calibration.workers) return stand;
    await stopStand();
    stand = { calibration, engines: await startEngines(calibration, seed, habits), sides: new Map() };
    return stand;
  }

  return {
    // The other sides speak Fish-Speech's HTTP alone.
    takes: ({ side, calibration }) => side === "duet" || side === "relay" || calibration.voice.kind === "serial",
    async run(cell): Promise<CellRun> {
      client ??= await startClient({ repliesFile, gzip });
      const { engines, sides } = await standFor(cell);
      const start: ProbeTools["start"] = (differs) => startSide({ name: cell.side, engines, settings, ...differs });
      const side = sides.get(cell.side) ?? (await startSide({ name: cell.side, engines, settings, profileInto }));
      sides.set(cell.side, side);

      await engines.untilQuiet();
      const observed = [client.process, ...engines.processes, ...side.processes];
      await Promise.all(observed.map((process) => process.use()));
      const own = process.cpuUsage();
      const endWatch = watchMachine();
      const { beganAtMs, turns } = await client.run({ cell, url: side.url });
      const elapsedMs = machineClock.now() - beganAtMs;
      const processes = await Promise.all(observed.map((process) => process.use()));
      const { user, system } = process.cpuUsage(own);
      const oursMs = processes.reduce((sum, { cpuMs }) => sum + cpuMs, (user + system) / 1000);
      return {
        time: "real",
        elapsedMs,
        turns,
        processes,
        machine: endWatch(oursMs),
        engineWork: await engines.workSince(beganAtMs),
        probes: await probeCell({ cell, engines, side, start, client }),
      };
    },
    async stop() {
      await stopStand();
      await client?.process.stop();
      client = undefined;
    },
  };
}
