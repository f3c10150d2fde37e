import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { root } from "../house/tool.ts";
import { environment } from "../support/environment.ts";
import type { Report } from "./report/report.ts";

const folder = mkdtempSync(join(tmpdir(), "duet-bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The bench as anybody runs it, in processes of its own. */
async function bench(...args: string[]): Promise<string> {
  const options = { cwd: root, env: environment() };
  const { stdout } = await promisify(execFile)(process.execPath, ["test/bench/bench.ts", ...args], options);
  return stdout;
}

test("runs sides on real processes and writes what it found as JSON, as a page, and as Markdown", async () => {
  const [json, html] = [join(folder, "report.json"), join(folder, "report.html")];
  const flags = "--sides fifo,duet --open 2 --calibrations fish15 --repeats 1 --seconds 5";
  const shown = await bench("seed-table", ...flags.split(" "), "--json", json, "--html", html);

  const report: Report = JSON.parse(readFileSync(json, "utf8"));
  assert.deepEqual(
    report.cells.map(({ side, time }) => [side, time]),
    [
      ["fifo", "real"],
      ["fifo", "virtual"],
      ["duet", "real"],
      ["duet", "virtual"],
    ],
  );
  for (const { side, time, summary, processes, cpuMsPerSpokenSecond = 0 } of report.cells) {
    assert.ok(summary.turns > 0, `${side} was asked`);
    assert.equal(summary.ends.failed, 0, side);
    // On a busy machine most turns may not be heard before the cell ends.
    const { ttft, ttfa } = summary;
    assert.ok((ttfa.p50 ?? Number.POSITIVE_INFINITY) > (ttft.p50 ?? 0), `${side} wrote before it spoke`);
    assert.ok(summary.soundSeconds > 0, side);
    if (time === "virtual") continue;
    assert.ok(cpuMsPerSpokenSecond > 0, side);
    assert.deepEqual(
      processes.filter(({ role }) => role === "side").map(({ name }) => name),
      side === "duet" ? ["edge", "generate", "synthesize"] : [side],
    );
    assert.ok(processes.every(({ cpuMs, residentBytes }) => cpuMs > 0 && residentBytes > 0));
  }

  const page = readFileSync(html, "utf8");
  assert.match(page, /^<!doctype html>[\s\S]*<\/html>\n$/);
  assert.match(page, /<td>duet<\/td>/);
  assert.match(page, /Real processes \| virtual time/);
  assert.doesNotMatch(page, /<(?:script|link|img|iframe)|\b(?:src|href)=|url\(|@import/, "nothing comes from outside");
  for (const text of [shown, await bench("tables", json)]) expect(text).toMatch(/TTFA p50/);
});

test("runs in virtual time alone, once for each cell", async () => {
  const json = join(folder, "virtual.json");
  const shown = await bench("seed-table", "--virtual", "--users", "10", "--json", json);
  const report: Report = JSON.parse(readFileSync(json, "utf8"));
  const sides = ["article", "article-pool", "sequential", "fifo", "duet"];
  assert.deepEqual(
    report.cells.map(({ side, time, calibration, invalid }) => [side, time, calibration, invalid]),
    ["fish15", "s1mini", "s2ref"].flatMap((calibration, row) =>
      (row % 2 === 0 ? sides : sides.toReversed()).map((side) => [side, "virtual", calibration, []]),
    ),
  );
  assert.match(shown, /duet \(virtual\)/);
});

for (const [args, told] of [
  [["lode"], /lode is no scenario: take one of seed-table, load, /],
  [["load", "--sides", "duett"], /--sides duett: must be of article, /],
  [["load", "--users", "0"], /--users 0: must be a number above 0/],
  [["load", "--virtual", "--gzip"], /--gzip is for processes, of which there are none with --virtual/],
  [["cold-start", "--virtual"], /cold-start measures processes, of which there are none in virtual time/],
] as const)
  test(`${args.join(" ")}: says what it takes`, async () => {
    await assert.rejects(bench(...args), ({ stderr, code }: { stderr: string; code: number }) => {
      assert.match(stderr, told);
      return code === 1;
    });
  });
