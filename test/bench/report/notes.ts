import { rowsOf, showLoad } from "./columns.ts";
import type { Report } from "./report.ts";

/** What a report says beside its tables, line by line. */
export interface Notes {
  /** What was run, when, on what. */
  readonly facts: readonly string[];
  /** Cells whose figures are not the side's, and why. */
  readonly invalid: readonly string[];
}

/** Writes them. */
export function notesOf(report: Report): Notes {
  const { command, startedAt, tookSeconds, seed, host, replies, calibrations } = report;
  return {
    facts: [
      `${command}; ${startedAt.slice(0, 10)}; ${Math.round(tookSeconds)} s; seed ${seed}.`,
      `${host.cores} cores of ${host.cpu}, Node ${host.node}, load average ${host.loadAverage.toFixed(1)} before it began.`,
      `${replies.count} replies: ${replies.meanTokens.toFixed(0)} tokens and ${replies.meanSeconds.toFixed(1)} s of speech on average.`,
      ...Object.entries(calibrations).map(([name, { about, workers }]) => `${name}: ${about}; ${workers} workers.`),
    ],
    invalid: rowsOf(report.cells).flatMap(({ side, calibration, load, cells }) =>
      [...new Set(cells.flatMap(({ invalid }) => invalid))].map(
        (why) => `${side}, ${calibration}, ${showLoad(load)}: ${why}.`,
      ),
    ),
  };
}
