import { createEvenLaw, type Law } from "../../../infra/cost/law.ts";
import { createRandom } from "../../../infra/random/random.ts";
import { putLoad } from "../client/load.ts";
import type { CellRun } from "../record.ts";
import { ofMeanLength, readReplies } from "../replies.ts";
import type { Runner } from "../runner.ts";
import type { Cell } from "../scenarios/scenario.ts";
import { served } from "../sides/served.ts";
import { createEventClock } from "./clock.ts";
import { createDuetAnswer } from "./duet.ts";
import { createVirtualEngines } from "./engines.ts";
import { hopsOf } from "./hops.ts";
import { createLine } from "./line.ts";
import { habitOf, type VirtualOpenings } from "./openings.ts";
import { createSideAnswer } from "./sides.ts";

/** How a run in virtual time is made. */
export interface VirtualOptions {
  readonly repliesFile: string;
  /** Of the variation between the model's steps. */
  readonly seed: number;
  /** What the model's steps take in truth. Default: as the stand-in's, 3 % either way. */
  readonly law?: () => Law;
  /** Settings of Duet that differ from the shipped ones. */
  readonly settings?: Record<string, string>;
  /** Default: Duet offers none. */
  readonly openings?: VirtualOpenings;
}

/**
 * Runs cells in virtual time, each in a world of its own: the same load, the same sides, the stand-ins' costs and
 * queues. There is neither process nor wire; what these take is a constant for each hop.
 */
export function createVirtualRunner(options: VirtualOptions): Runner {
  const { repliesFile, seed, law = () => createEvenLaw(createRandom(seed)), settings = {}, openings } = options;
  const replies = readReplies(repliesFile);
  return {
    takes: ({ side, probe }) => side !== "relay" && (probe === undefined || probe.kind === "cancel"),
    async run(cell: Cell): Promise<CellRun> {
      const clock = createEventClock();
      const over = new AbortController();
      const engines = createVirtualEngines(cell.calibration, law(), clock, over.signal, openings && habitOf(openings));
      const hops = hopsOf(cell.side);
      const duet = cell.side === "duet" ? createDuetAnswer({ engines, hops, clock, settings, openings }) : undefined;
      const answer = duet ?? createSideAnswer(served[cell.side as keyof typeof served], engines, hops, clock);
      const open = async () => createLine(answer, hops.callerMs, clock);
      try {
        const own = ofMeanLength(replies, cell.meanTokens);
        const { turns } = await clock.run(putLoad({ cell, open, replies: own, clock }));
        return {
          time: "virtual",
          elapsedMs: clock.now(),
          turns,
          processes: [],
          machine: undefined,
          engineWork: engines.work(),
          probes: {},
        };
      } finally {
        over.abort();
        await duet?.close();
      }
    },
    async stop() {},
  };
}
