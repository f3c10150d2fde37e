import { percentile } from "../../../support/load.ts";
import { type Column, type Row, rowsOf, showLoad } from "../columns.ts";
import type { CellReport, Report } from "../report.ts";
import { drawPlot, type Line, type Plot } from "./plot.ts";

/** What is drawn over the load, for each calibration. */
const drawn: readonly { title: string; unit: string; logarithmic: boolean; of: Column["of"] }[] = [
  { title: "First sound, median", unit: "ms", logarithmic: true, of: ({ summary }) => summary.ttfa.p50 },
  { title: "First sound, p95", unit: "ms", logarithmic: true, of: ({ summary }) => summary.ttfa.p95 },
  {
    title: "Goodput: heard within 500 ms, no underrun",
    unit: "a second",
    logarithmic: false,
    of: ({ summary }) => summary.goodput[500],
  },
  {
    title: "Turns with an underrun, 100 ms buffer",
    unit: "%",
    logarithmic: false,
    of: (cell) => share(cell, cell.summary.players[100].underrunTurns),
  },
  {
    title: "Turns refused",
    unit: "%",
    logarithmic: false,
    of: (cell) => share(cell, cell.summary.ends.refused),
  },
  {
    title: "CPU of the side per second of speech",
    unit: "ms",
    logarithmic: false,
    of: ({ cpuMsPerSpokenSecond }) => cpuMsPerSpokenSecond,
  },
];

function share({ summary }: CellReport, count: number): number | undefined {
  return summary.turns === 0 ? undefined : (100 * count) / summary.turns;
}

/** The plots of a report by calibration; of one load there is nothing to draw. */
export function plotsOf({ cells }: Report): { calibration: string; plots: string[] }[] {
  const rows = rowsOf(cells);
  const sides = [...new Set(cells.map(({ side }) => side))] as string[];
  return [...Map.groupBy(rows, ({ calibration }) => calibration)].map(([calibration, own]) => {
    const xs = [...new Set(own.map(({ load }) => showLoad(load)))];
    const plots = drawn.map(({ of, ...plot }): Plot => ({ ...plot, xs, lines: linesOf(own, sides, of) }));
    return { calibration, plots: xs.length < 2 ? [] : plots.filter(({ lines }) => lines.length > 0).map(drawPlot) };
  });
}

function linesOf(rows: readonly Row[], sides: readonly string[], of: Column["of"]): Line[] {
  return [...Map.groupBy(rows, ({ side }) => side)]
    .map(([name, own]) => ({
      name,
      color: sides.indexOf((own[0] as Row).cells[0]?.side ?? ""),
      dashed: (own[0] as Row).cells[0]?.time === "virtual",
      points: own.flatMap(({ load, cells }) => {
        const values = cells.map(of).filter((value) => value !== undefined);
        return values.length * 2 <= cells.length ? [] : [{ x: showLoad(load), y: percentile(values, 0.5) }];
      }),
    }))
    .filter(({ points }) => points.length > 0);
}
