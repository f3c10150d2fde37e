import { type Column, type Row, rowsOf, show, showLoad, tablesOf } from "./columns.ts";
import type { Report } from "./report.ts";

/** Writes a report as Markdown: what was run and on what, then its tables. */
export function toMarkdown(report: Report): string {
  const { command, startedAt, tookSeconds, host, replies, calibrations, published } = report;
  const notes = [
    `\`${command}\`, ${startedAt.slice(0, 10)}, ${Math.round(tookSeconds)} s, seed ${report.seed}.`,
    `${host.cores} cores of ${host.cpu}, Node ${host.node}, load average ${host.loadAverage.toFixed(1)} before it began.`,
    `${replies.count} replies, ${replies.meanTokens.toFixed(0)} tokens and ${replies.meanSeconds.toFixed(1)} s of speech on average.`,
    ...Object.entries(calibrations).map(([name, { about, workers }]) => `${name}: ${about}; ${workers} workers.`),
  ];
  const rows = rowsOf(report.cells);
  const tables = tablesOf(report).map(({ title, columns }) => `### ${title}\n\n${table(columns, rows)}`);
  const invalid = rows.flatMap(({ side, calibration, load, cells }) =>
    [...new Set(cells.flatMap((cell) => cell.invalid))].map(
      (why) => `- ${side}, ${calibration}, ${showLoad(load)}: ${why}`,
    ),
  );
  const others = published.map(
    ({ source, users, firstAudioMs, endToEndMs, success }) =>
      `| ${source} | ${users} users | ${firstAudioMs} | ${endToEndMs} | ${(success * 100).toFixed(1)} |`,
  );
  return [
    `## ${report.scenario}`,
    report.about,
    notes.map((note) => `- ${note}`).join("\n"),
    ...tables,
    ...(others.length > 0
      ? [
          `### Published elsewhere\n\n| | load | first audio | end | ok % |\n|---|---|---|---|---|\n${others.join("\n")}`,
        ]
      : []),
    ...(invalid.length > 0 ? [`### Not valid\n\n${invalid.join("\n")}`] : []),
    "",
  ].join("\n\n");
}

/** One table; a row whose cells are all invalid is marked. */
export function table(columns: readonly Column[], rows: readonly Row[]): string {
  const told = columns.filter((column) => rows.some((row) => show(column, row) !== "–"));
  const head = ["side", "calibration", "load", ...told.map(({ title }) => title)];
  const body = rows.map((row) => [
    row.cells.every(({ invalid }) => invalid.length > 0) ? `${row.side} (not valid)` : row.side,
    row.calibration,
    showLoad(row.load),
    ...told.map((column) => show(column, row)),
  ]);
  return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
