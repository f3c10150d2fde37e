import { spokenSeconds } from "../../infra/twins/sound/speaker.ts";
import { analyse } from "./analyse/cell.ts";
import { calibrations } from "./calibrations.ts";
import { ofMeanLength, readReplies } from "./replies.ts";
import { describeHost } from "./report/host.ts";
import type { CellReport, Report } from "./report/report.ts";
import type { Runner } from "./runner.ts";
import { cellsOf } from "./scenarios/cells.ts";
import type { Scenario } from "./scenarios/scenario.ts";

/** How a scenario is run. */
export interface RunOptions {
  readonly scenario: Scenario;
  readonly repliesFile: string;
  readonly seed: number;
  /** What runs its cells; each cell is run by each of them that takes it, one after the other. */
  readonly runners: readonly Runner[];
  /** The command line, for the report. */
  readonly command: string;
  /** Told of each cell that is done, and how many there are. */
  readonly onCell: (cell: CellReport, done: number, all: number) => void;
}

/** Runs a scenario cell by cell and analyses it; stops the runners, however it ends. */
export async function runScenario(options: RunOptions): Promise<Report> {
  const { scenario, repliesFile, seed, runners, command, onCell } = options;
  const replies = ofMeanLength(readReplies(repliesFile), scenario.meanTokens);
  const startedAt = new Date().toISOString();
  const since = performance.now();
  const host = describeHost();
  const jobs = cellsOf(scenario, seed).flatMap((cell) =>
    runners.filter((runner) => runner.takes(cell)).map((runner) => ({ cell, runner })),
  );
  if (jobs.length === 0)
    throw new Error(`${scenario.name} measures processes, of which there are none in virtual time`);
  const reports: CellReport[] = [];
  try {
    for (const { cell, runner } of jobs) {
      const report = analyse(cell, await runner.run(cell), replies);
      reports.push(report);
      onCell(report, reports.length, jobs.length);
    }
  } finally {
    for (const runner of runners) await runner.stop();
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    command,
    startedAt,
    tookSeconds: (performance.now() - since) / 1000,
    host,
    scenario: scenario.name,
    about: scenario.about,
    seed,
    replies: {
      count: replies.length,
      meanTokens: mean(replies.map(({ tokens }) => tokens)),
      meanSeconds: mean(replies.map(({ text }) => spokenSeconds(text))),
    },
    calibrations: Object.fromEntries(
      scenario.calibrations.map((name) => [
        name,
        { about: calibrations[name].about, workers: calibrations[name].workers },
      ]),
    ),
    published: scenario.published,
    cells: reports,
  };
}
