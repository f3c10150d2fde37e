import { percentile } from "../../support/load.ts";
import type { Spread } from "../analyse/summary.ts";
import type { BufferMs } from "../analyse/turn.ts";
import type { Load, Published } from "../scenarios/scenario.ts";
import type { CellReport, Report } from "./report.ts";

/** A figure of a table. */
export interface Column {
  readonly title: string;
  /** The figure of one cell; undefined: it never came to that, or is not measured here. */
  readonly of: (cell: CellReport) => number | undefined;
  readonly digits: number;
  /** Left out of brief tables. */
  readonly detail?: true;
}

/** Cells that differ in nothing but the repeat. */
export interface Row {
  readonly side: string;
  readonly calibration: string;
  readonly load: Load;
  readonly cells: readonly CellReport[];
}

const ms = (title: string, of: Column["of"]): Column => ({ title, of, digits: 0 });
const fine = (title: string, of: Column["of"]): Column => ({ title, of, digits: 2 });
const percent = (title: string, of: (cell: CellReport) => number | undefined): Column => ({
  title: `${title} %`,
  of: (cell) => {
    const share = of(cell);
    return share === undefined ? undefined : share * 100;
  },
  digits: 0,
});

const detail = (column: Column): Column => ({ ...column, detail: true });

/** A share of all turns that were meant to begin. */
const ofTurns = (count: (cell: CellReport) => number) => (cell: CellReport) =>
  cell.summary.turns === 0 ? undefined : count(cell) / cell.summary.turns;

/** Turns whose player had an underrun. */
const underruns = (bufferMs: BufferMs) =>
  percent(
    `underrun@${bufferMs}`,
    ofTurns(({ summary }) => summary.players[bufferMs].underrunTurns),
  );

/** What every scenario tells of its turns. */
const turnColumns: readonly Column[] = [
  percent("load", ({ capacityShare }) => capacityShare),
  ms("turns", ({ summary }) => summary.turns),
  ms("TTFT p50", ({ summary }) => summary.ttft.p50),
  ms("TTFA p50", ({ summary }) => summary.ttfa.p50),
  ms("p95", ({ summary }) => summary.ttfa.p95),
  detail(ms("p99", ({ summary }) => summary.ttfa.p99)),
  detail(ms("TTFI p50", ({ summary }) => summary.ttfi.p50)),
  ms("end p50", ({ summary }) => summary.endToEnd.p50),
  detail(underruns(0)),
  underruns(100),
  detail(underruns(200)),
  detail({ ...percent("stall@100", ({ summary }) => summary.players[100].stallRatio), digits: 1 }),
  detail(fine("goodput300/s", ({ summary }) => summary.goodput[300])),
  fine("goodput500/s", ({ summary }) => summary.goodput[500]),
  detail(fine("goodput800/s", ({ summary }) => summary.goodput[800])),
  detail(fine("offered/s", ({ summary }) => summary.offeredPerSecond)),
  percent("ok", ({ summary }) => summary.success),
  percent(
    "refused",
    ofTurns(({ summary }) => summary.ends.refused),
  ),
  ms("told p50", ({ summary }) => summary.refusals.atOnce.p50),
  ms("queued, told p50", ({ summary }) => summary.refusals.afterQueue.p50),
  fine("CPU ms/spoken s", ({ cpuMsPerSpokenSecond }) => cpuMsPerSpokenSecond),
  detail(percent("GC", ({ gcShare }) => gcShare)),
];

const both = (title: string, of: (cell: CellReport) => Spread | undefined): Column[] => [
  fine(`${title} p50`, (cell) => of(cell)?.p50),
  fine("p99", (cell) => of(cell)?.p99),
];

/** What `overhead` tells. */
const overheadColumns: readonly Column[] = [
  ...both("question → model", ({ overhead }) => overhead?.questionToModel),
  ...both("text delta", ({ overhead }) => overhead?.textDelta),
  ...both("audio frame", ({ overhead }) => overhead?.audioFrame),
  ...both("cut → sound, less engine", ({ overhead }) => overhead?.cutToSound),
  ...both("cut → voice asked", ({ overhead }) => overhead?.cutToVoice),
  ms("turns", ({ overhead }) => overhead?.turns),
  ms("left out", ({ overhead }) => overhead?.leftOut),
  fine("CPU ms/spoken s", ({ cpuMsPerSpokenSecond }) => cpuMsPerSpokenSecond),
  percent("GC", ({ gcShare }) => gcShare),
];

/** What `cancel` tells. */
const quietColumns: readonly Column[] = [
  ...both("model quiet", ({ quiet }) => quiet?.model),
  ...both("voice quiet", ({ quiet }) => quiet?.voice),
  ms("begun after", ({ quiet }) => quiet?.begunAfter),
  fine("wasted s/turn", ({ quiet }) => quiet?.wastedSeconds),
  ms("turns", ({ quiet }) => quiet?.turns),
];

/** A column for each figure of a scenario's probe, as named there. */
function probeColumns(cells: readonly CellReport[]): Column[] {
  const names = new Set(cells.flatMap(({ probes }) => Object.keys(probes)));
  return [...names].map((name) => ms(name, ({ probes }) => probes[name]));
}

/** How much of a core each process took, by name. */
function processColumns(cells: readonly CellReport[]): Column[] {
  const names = new Set(cells.flatMap(({ processes }) => processes.map(({ name }) => name)));
  return [...names].map((name) =>
    detail(
      percent(name, ({ processes, elapsedMs }) => {
        const use = processes.find((one) => one.name === name);
        return use === undefined ? undefined : use.cpuMs / elapsedMs;
      }),
    ),
  );
}

/** What others published for the same number of users, beside every side's own. */
function publishedColumns(published: readonly Published[]): Column[] {
  return [...Map.groupBy(published, ({ source }) => source)].flatMap(([source, rows]) => {
    const rowOf = ({ load }: CellReport) => rows.find(({ users }) => load.kind === "closed" && load.users === users);
    return [
      ms(`${source}: first audio`, (cell) => rowOf(cell)?.firstAudioMs),
      ms("end", (cell) => rowOf(cell)?.endToEndMs),
      { ...percent("ok", (cell) => rowOf(cell)?.success), digits: 1 },
    ];
  });
}

/** The tables of a report: a title and the columns that have something to tell. */
export function tablesOf({
  cells,
  published,
}: Pick<Report, "cells" | "published">): { title: string; columns: readonly Column[] }[] {
  const tables = [
    { title: "What users saw", columns: [...turnColumns, ...publishedColumns(published)] },
    { title: "What the side adds, ms", columns: overheadColumns, of: (cell: CellReport) => cell.overhead },
    { title: "After the caller has left, ms", columns: quietColumns, of: (cell: CellReport) => cell.quiet },
    { title: "Besides", columns: probeColumns(cells) },
    { title: "CPU of each process, as a share of one core", columns: processColumns(cells) },
  ];
  return tables.filter(({ columns, of }) => columns.length > 0 && (of === undefined || cells.some(of)));
}

/** Puts repeats together, in the order of the cells. */
export function rowsOf(cells: readonly CellReport[]): Row[] {
  const grouped = Map.groupBy(cells, (cell) => JSON.stringify([cell.calibration, cell.load, nameOf(cell)]));
  return [...grouped.values()].map((same) => {
    const [first] = same as [CellReport];
    return { side: nameOf(first), calibration: first.calibration, load: first.load, cells: same };
  });
}

/** Virtual time is told apart by name, wherever a side is named. */
function nameOf({ side, time }: CellReport): string {
  return time === "virtual" ? `${side} (virtual)` : side;
}

/** The middle of the repeats, and from where to where they go if there are several: `499 (487–512)`. */
export function show(column: Column, { cells }: Row): string {
  const values = cells.map(column.of).filter((value) => value !== undefined);
  if (values.length * 2 <= cells.length) return "–";
  const text = (value: number) => value.toFixed(column.digits);
  const [least, middle, most] = [Math.min(...values), percentile(values, 0.5), Math.max(...values)].map(text);
  return least === most ? `${middle}` : `${middle} (${least}–${most})`;
}

/** A load in a few characters. */
export function showLoad(load: Load): string {
  if (load.kind === "open") return `${load.perSecond}/s`;
  return load.users === 1 ? "1 user" : `${load.users} users`;
}
