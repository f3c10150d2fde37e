import { rowsOf, show, showLoad, tablesOf } from "./columns.ts";
import { compareTimes } from "./compare.ts";
import type { Report } from "./report.ts";

/** A table as text, whatever it is then written as. */
export interface Grid {
  readonly title: string;
  /** The first three name the row; the others are figures. */
  readonly head: readonly string[];
  /** `invalid`: in no repeat were the figures the side's. */
  readonly rows: readonly { readonly cells: readonly string[]; readonly invalid: boolean }[];
}

/** The tables of a report, without the columns that nobody has a figure for. */
export function gridsOf(report: Pick<Report, "cells" | "published">): Grid[] {
  const rows = rowsOf(report.cells);
  const tables = tablesOf(report).map(({ title, columns }) => {
    const told = columns.filter((column) => rows.some((row) => show(column, row) !== "–"));
    return {
      title,
      head: ["side", "calibration", "load", ...told.map((column) => column.title)],
      rows: rows.map((row) => ({
        cells: [row.side, row.calibration, showLoad(row.load), ...told.map((column) => show(column, row))],
        invalid: row.cells.every(({ invalid }) => invalid.length > 0),
      })),
    };
  });
  const compared = compareTimes(rows);
  return compared === undefined ? tables : [...tables, compared];
}
