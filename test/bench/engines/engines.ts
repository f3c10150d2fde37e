import { sleep } from "../../../infra/clock/clock.ts";
import type { VllmCost } from "../../../infra/cost/cost.ts";
import type { Question } from "../../support/processes.ts";
import type { Calibration, VoiceCost } from "../calibrations.ts";
import { machineClock } from "../processes/clock.ts";
import { type Observed, startObserved } from "../processes/use.ts";
import type { EngineWork } from "../record.ts";

/** What the model does that it does not always do. */
export interface ModelHabits {
  /** A fault of every answer. */
  readonly fault?: string;
  /** The share of answers, 0 to 1, that begin as they are asked to. */
  readonly openings?: number;
}

/** What a process of engines is. */
export type EngineOptions =
  | ({ readonly kind: "write"; readonly cost: VllmCost; readonly seed: number } & ModelHabits)
  | { readonly kind: "speak"; readonly voice: VoiceCost; readonly workers: number };

/** Asks for the work that had not ended before a moment of the machine's clock. */
export interface WorkQuestion extends Question {
  readonly type: "work";
  readonly sinceMs: number;
}

/** The work, its moments on the machine's clock. */
export interface WorkAnswer extends Question {
  readonly type: "work";
  readonly work: readonly EngineWork[];
}

/** The engines that all sides of a run share. */
export interface Engines {
  readonly vllmUrl: string;
  readonly voiceUrls: readonly string[];
  readonly voice: VoiceCost["kind"];
  readonly processes: readonly Observed[];
  /** Work that had not ended before a moment of the machine's clock, its own moments counted from there. */
  workSince(sinceMs: number): Promise<EngineWork[]>;
  /**
   * Waits until they have ended what they had begun: Fish-Speech speaks on for callers who have left, and the cell
   * after them would pay for it. Throws if that takes longer than any text of a run.
   */
  untilQuiet(): Promise<void>;
  stop(): Promise<void>;
}

const quietWithinMs = 180_000;
const lookEveryMs = 50;

const main = "test/bench/engines/main.ts";

/** Starts the engines of a calibration, each kind in a process of its own. */
export async function startEngines(
  { vllm, voice, workers }: Calibration,
  seed: number,
  habits: ModelHabits = {},
): Promise<Engines> {
  const start = (name: string, options: EngineOptions) =>
    startObserved(main, { name, role: "engine", args: [JSON.stringify(options)] });
  const processes = await Promise.all([
    start("vllm", { kind: "write", cost: vllm, seed, ...habits }),
    start("voice", { kind: "speak", voice, workers }),
  ]);
  const workSince: Engines["workSince"] = async (sinceMs) => {
    const question = { type: "work", sinceMs } as const satisfies WorkQuestion;
    const answers = await Promise.all(
      processes.map(({ ask }) => ask<WorkAnswer>(question as WorkAnswer & WorkQuestion)),
    );
    const shift = (at: number) => at - sinceMs;
    return answers
      .flatMap(({ work }) => work)
      .map((work) => ({
        ...work,
        receivedAtMs: shift(work.receivedAtMs),
        startedAtMs: shift(work.startedAtMs),
        writtenAtMs: work.writtenAtMs.map(shift),
        endedAtMs: shift(work.endedAtMs),
      }));
  };
  return {
    vllmUrl: processes[0].url,
    voiceUrls: processes[1].url.split(","),
    voice: voice.kind,
    processes,
    workSince,
    async untilQuiet() {
      const since = machineClock.now();
      while ((await workSince(machineClock.now())).length > 0) {
        if (machineClock.now() - since > quietWithinMs) throw new Error("the engines work on, though nobody asks");
        await sleep(machineClock, lookEveryMs);
      }
    },
    async stop() {
      await Promise.all(processes.map((process) => process.stop()));
    },
  };
}
