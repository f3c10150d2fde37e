import { showLoad } from "./columns.ts";
import { gridsOf } from "./grid.ts";
import type { CellReport, Report } from "./report.ts";

/** One line for a cell that is done: enough to see that the run goes well. */
export function cellLine(cell: CellReport): string {
  const { side, calibration, load, time, summary, capacityShare, invalid } = cell;
  const ms = (value: number | undefined) => (value === undefined ? "never" : `${value.toFixed(0)} ms`);
  const share = (count: number) => (summary.turns === 0 ? "–" : `${Math.round((100 * count) / summary.turns)} %`);
  const parts = [
    `${side}${time === "virtual" ? " (virtual)" : ""}`.padEnd(20),
    calibration.padEnd(7),
    `${showLoad(load)} (${Math.round(capacityShare * 100)} %)`.padEnd(18),
    `first sound ${ms(summary.ttfa.p50)}, p95 ${ms(summary.ttfa.p95)}`.padEnd(38),
    `underruns ${share(summary.players[100].underrunTurns)}, refused ${share(summary.ends.refused)} of ${summary.turns}`,
  ];
  return [parts.join(" "), ...invalid.map((why) => `    not valid: ${why}`)].join("\n");
}

/** The tables of a report, aligned: names to the left, figures to the right. */
export function toTerminal(report: Report): string {
  return gridsOf(report)
    .map(({ title, head, rows }) => {
      const lines = [head, ...rows.map(({ cells }) => cells)];
      const widths = head.map((_, at) => Math.max(...lines.map((line) => (line[at] as string).length)));
      const align = (cell: string, at: number) =>
        at < 3 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number);
      return `${title}\n${lines.map((line) => line.map(align).join("  ")).join("\n")}`;
    })
    .join("\n\n");
}
