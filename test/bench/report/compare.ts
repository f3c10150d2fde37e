import { percentile } from "../../support/load.ts";
import { type Column, type Row, show, showLoad } from "./columns.ts";

/** How far apart the median first sound may be in virtual time and on real processes, whichever is more. */
const near = { share: 0.15, ms: 12 };

const p50: Column = { title: "TTFA p50", of: ({ summary }) => summary.ttfa.p50, digits: 0 };
const p95: Column = { title: "p95", of: ({ summary }) => summary.ttfa.p95, digits: 0 };

/** Puts real processes and virtual time side by side, where a cell was run in both; undefined if none was. */
export function compareTimes(rows: readonly Row[]) {
  const pairs = rows.flatMap((real) => {
    const virtual = rows.find((row) => row !== real && isSame(row, real) && timeOf(row) === "virtual");
    return timeOf(real) === "real" && virtual !== undefined ? [{ real, virtual }] : [];
  });
  if (pairs.length === 0) return undefined;
  return {
    title: `Real processes | virtual time, ms (near: TTFA p50 within ${near.share * 100} % or ${near.ms} ms)`,
    head: ["side", "calibration", "load", ...[p50, p95].flatMap(({ title }) => [`${title} real`, "virtual"]), "near"],
    rows: pairs.map(({ real, virtual }) => ({
      cells: [
        real.side,
        real.calibration,
        showLoad(real.load),
        ...[p50, p95].flatMap((column) => [show(column, real), show(column, virtual)]),
        isNear(middle(real), middle(virtual)),
      ],
      invalid: real.cells.every(({ invalid }) => invalid.length > 0),
    })),
  };
}

function timeOf({ cells }: Row) {
  return cells[0]?.time;
}

function isSame(one: Row, other: Row): boolean {
  const keyOf = ({ calibration, load, cells }: Row) => JSON.stringify([calibration, load, cells[0]?.side]);
  return keyOf(one) === keyOf(other);
}

/** The middle of the repeats; undefined where most turns of most repeats were never heard. */
function middle({ cells }: Row): number | undefined {
  const values = cells.map(p50.of).filter((value) => value !== undefined);
  return values.length * 2 <= cells.length ? undefined : percentile(values, 0.5);
}

function isNear(real: number | undefined, virtual: number | undefined): string {
  if (real === undefined && virtual === undefined) return "yes";
  if (real === undefined || virtual === undefined) return "no";
  return Math.abs(real - virtual) <= Math.max(near.ms, near.share * real) ? "yes" : "no";
}
