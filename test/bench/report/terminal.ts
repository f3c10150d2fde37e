import { rowsOf, show, showLoad, tablesOf } from "./columns.ts";
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
    `dry ${share(summary.players[100].dryTurns)}, refused ${share(summary.ends.refused)} of ${summary.turns}`,
  ];
  return [parts.join(" "), ...invalid.map((why) => `    not valid: ${why}`)].join("\n");
}

/** The tables of a report, aligned, and what was published elsewhere. */
export function toTerminal(report: Report): string {
  const rows = rowsOf(report.cells);
  const tables = tablesOf(report).map(({ title, columns }) => {
    const told = columns.filter((column) => rows.some((row) => show(column, row) !== "–"));
    const lines = [
      ["side", "calibration", "load", ...told.map((column) => column.title)],
      ...rows.map((row) => [row.side, row.calibration, showLoad(row.load), ...told.map((column) => show(column, row))]),
    ];
    const widths = (lines[0] as string[]).map((_, at) => Math.max(...lines.map((line) => (line[at] as string).length)));
    const aligned = lines.map((line) => line.map((cell, at) => align(cell, widths[at] as number, at)).join("  "));
    return `${title}\n${aligned.join("\n")}`;
  });
  const others = report.published.map(
    ({ source, users, firstAudioMs, endToEndMs, success }) =>
      `${source}: ${users} users, first audio ${firstAudioMs} ms, end ${endToEndMs} ms, ${(success * 100).toFixed(1)} % ok`,
  );
  return [...tables, ...(others.length > 0 ? [others.join("\n")] : [])].join("\n\n");
}

/** Names to the left, figures to the right. */
function align(cell: string, width: number, column: number): string {
  return column < 3 ? cell.padEnd(width) : cell.padStart(width);
}
