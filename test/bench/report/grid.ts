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

/**
 * The tables of a report, without columns that are empty. Brief ones leave out details, and virtual time where real
 * processes were run too: the table that compares the two has it.
 */
export function gridsOf(report: Pick<Report, "cells" | "published">, { brief = false } = {}): Grid[] {
  const all = rowsOf(report.cells);
  const compared = compareTimes(all);
  const rows = brief && compared !== undefined ? all.filter(({ cells }) => cells[0]?.time === "real") : all;
  const tables = tablesOf(report).flatMap(({ title, columns }) => {
    const told = columns.filter((column) => !(brief && column.detail) && rows.some((row) => show(column, row) !== "–"));
    if (told.length === 0) return [];
    return {
      title,
      head: ["side", "calibration", "load", ...told.map((column) => column.title)],
      rows: rows.map((row) => ({
        cells: [row.side, row.calibration, showLoad(row.load), ...told.map((column) => show(column, row))],
        invalid: row.cells.every(({ invalid }) => invalid.length > 0),
      })),
    };
  });
  return compared === undefined ? tables : [...tables, compared];
}
