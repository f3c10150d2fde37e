import assert from "node:assert/strict";
import { test } from "vitest";
import { analyse } from "../analyse/cell.ts";
import { run, turn } from "../analyse/known.ts";
import type { CellRun } from "../record.ts";
import { ownReplies, readReplies } from "../replies.ts";
import { cellsOf } from "../scenarios/cells.ts";
import { quick } from "../scenarios/quick.ts";
import { seedTable } from "../scenarios/seed-table.ts";
import { gridsOf } from "./grid.ts";
import { toMarkdown } from "./markdown.ts";
import { toHtml } from "./page/html.ts";
import { evenTicks, logTicks } from "./page/plot.ts";
import type { CellReport, Report } from "./report.ts";
import { cellLine } from "./terminal.ts";

const replies = readReplies(ownReplies);
const counted = turn({ intendedAtMs: 3000, startedAtMs: 3000, textsAtMs: [3050], endedAtMs: 4000 });
const heardAfter = (ms: number) => ({
  ...counted,
  sounds: [{ atMs: 3000 + ms, segment: 0, seconds: 1, silentSeconds: 0 }],
});
const cells = cellsOf({ ...quick(seedTable), repeats: 3 }, 1);
const report = (differs: (cell: (typeof cells)[number]) => Partial<CellRun>): Report => ({
  command: "npm run bench -- <&>",
  startedAt: "2026-11-28T00:00:00.000Z",
  tookSeconds: 1,
  host: { cpu: "a cpu", cores: 2, node: "v26", loadAverage: 0.1 },
  scenario: seedTable.name,
  about: seedTable.about,
  seed: 1,
  replies: { count: 200, meanTokens: 28, meanSeconds: 8 },
  calibrations: { fish15: { about: "15 s a second", workers: 3 } },
  published: seedTable.published,
  cells: cells.map((cell) => analyse(cell, run({ turns: [heardAfter(400)], ...differs(cell) }), replies)),
});

test("repeats become one row: the middle, and from where to where they go", () => {
  const [grid] = gridsOf(report(({ repeat }) => ({ turns: [heardAfter(400 + repeat * 50)] })));
  assert.equal(grid?.rows.length, 9, "three sides under three loads");
  const at = grid?.head.indexOf("TTFA p50") ?? -1;
  assert.deepEqual(new Set(grid?.rows.map(({ cells }) => cells[at])), new Set(["450 (400–500)"]));
});

test("what was published stands beside what was measured, by users", () => {
  const [grid] = gridsOf(report(() => ({})));
  const at = grid?.head.indexOf("the seed article: first audio") ?? -1;
  const row = grid?.rows.find(({ cells }) => cells[2] === "50 users");
  assert.deepEqual(row?.cells.slice(at, at + 3), ["1400", "2800", "98.2"]);
});

test("what most turns never came to is a dash, not a figure", () => {
  const [grid] = gridsOf(
    report(({ side }) => (side === "fifo" ? { turns: [{ ...counted, sounds: [], end: "failed" }] } : {})),
  );
  const at = grid?.head.indexOf("TTFA p50") ?? -1;
  for (const { cells } of grid?.rows ?? []) assert.equal(cells[at], cells[0] === "fifo" ? "–" : "400");
});

test("a row is not valid if none of its repeats is, and why is said", () => {
  const starved = run().processes.map((one) => (one.role === "client" ? { ...one, cpuMs: 9000 } : one));
  const once = toMarkdown(
    report(({ side, repeat }) => (side === "duet" && repeat === 0 ? { processes: starved } : {})),
  );
  assert.doesNotMatch(once, /duet \(not valid\)/);
  assert.match(once, /- duet, fish15, 10 users: client was the bottleneck/);
  const always = toMarkdown(report(({ side }) => (side === "duet" ? { processes: starved } : {})));
  assert.match(always, /\| duet \(not valid\) \| fish15 \|/);
});

test("virtual time stands beside real time, under its own name", () => {
  const both = report(() => ({}));
  const virtual = cells.map((cell) =>
    analyse(cell, { ...run({ turns: [heardAfter(410)] }), time: "virtual" }, replies),
  );
  const page = toHtml({ ...both, cells: [...both.cells, ...virtual] });
  assert.match(page, /<td>duet \(virtual\)<\/td>/);
  assert.match(page, /class="c\d dashed"/);
  assert.match(cellLine(virtual[0] as CellReport), /\(virtual\)/);
});

test("a page draws a line for each side, and shows text as text", () => {
  const page = toHtml(report(() => ({})));
  assert.equal(page.match(/<svg /g)?.length, 6);
  assert.equal(page.match(/<polyline /g)?.length, 18);
  assert.ok(page.includes("npm run bench -- &#60;&#38;&#62;") && !page.includes("<&>"));
  assert.doesNotMatch(page, /NaN|undefined|Infinity/);
});

test("axes have round steps and hold all values", () => {
  assert.deepEqual(logTicks([180, 2300]), [100, 200, 500, 1000, 2000, 5000]);
  assert.deepEqual(logTicks([100]), [100, 200]);
  assert.deepEqual(evenTicks([0, 3.2]), [0, 1, 2, 3, 4]);
  assert.deepEqual(evenTicks([0, 0]), [0, 1]);
});

test("real processes and virtual time stand side by side, and what is not near is told", () => {
  const real = report(() => ({})).cells;
  const later = { sequential: 455, fifo: 462, duet: 340 } as Record<string, number>;
  const virtual = report(({ side }) => ({ time: "virtual", turns: [heardAfter(later[side] ?? 0)] })).cells;
  const both: Report = { ...report(() => ({})), cells: [...real, ...virtual] };
  const grid = gridsOf(both).at(-1);
  assert.match(grid?.title ?? "", /Real processes \| virtual time/);
  const bySide = Object.fromEntries(grid?.rows.map(({ cells: [side, , , ...figures] }) => [side, figures]) ?? []);
  assert.deepEqual(bySide, {
    sequential: ["400", "455", "400", "455", "yes"],
    fifo: ["400", "462", "400", "462", "no"],
    duet: ["400", "340", "400", "340", "yes"],
  });
  assert.equal(grid?.rows.length, 9, "three sides under three loads");
  const markdown = toMarkdown(both);
  assert.doesNotMatch(markdown, /\(virtual\)|TTFA p99|TTFI|GC|as a share of one core/, "Markdown is brief");
  assert.match(markdown, /\| side .* \| TTFA p50 \| p95 \| end p50 \| underrun@100 % \| goodput500\/s \|/);
  assert.match(toMarkdown({ ...both, cells: virtual }), /duet \(virtual\)/, "unless virtual time is all there is");
  const alone = gridsOf(report(() => ({})));
  assert.ok(
    alone.every(({ title }) => !title.includes("virtual")),
    "nothing is compared with what was not run",
  );
});
