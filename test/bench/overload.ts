/**
 * What Duet does as more ask than its voices can speak to, in virtual time: three workers of Fish-Speech 1.5, admission
 * by what they carry.
 *
 *     node test/bench/overload.ts [--users 10,28,200] [--open 0.75] [--seeds 1,2,3] [--minutes 5]
 *
 * Users think for 10 s between turns; a refused one thinks again before the next try. An open load is a share of what
 * the voices can speak at most (`capacityOf`), turns coming at random. For each, over all seeds and for each by itself:
 * turns refused, and how many of those had been let wait first; how soon they were told; of the admitted, how many were
 * heard to the end, and how many ran dry with a player without a buffer; their first sounds; and turns that were heard
 * within 500 ms and without a gap, as a share of what was offered.
 */
import { parseArgs } from "node:util";
import { capacityOf } from "./analyse/capacity.ts";
import { type Summary, summarize } from "./analyse/summary.ts";
import { calibrations } from "./calibrations.ts";
import type { TurnRecord } from "./record.ts";
import { ownReplies, readReplies } from "./replies.ts";
import type { CellTime, Load } from "./scenarios/scenario.ts";
import { closed } from "./scenarios/usual.ts";
import { createVirtualRunner } from "./virtual/runner.ts";

const { values } = parseArgs({
  options: {
    users: { type: "string", default: "10,28,200" },
    open: { type: "string", default: "0.75" },
    seeds: { type: "string", default: "1,2,3" },
    minutes: { type: "string", default: "5" },
  },
});
const numbers = (list: string) => list.split(",").filter(Boolean).map(Number);
const calibration = calibrations.fish15;
const warmMs = 30_000;
const countedMs = 60_000 * Number(values.minutes);
const time: CellTime = { warmMs, untilMs: warmMs + countedMs, endMs: warmMs + countedMs + 60_000 };

const percent = (part: number, of: number) => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`;
const ms = (value: number | undefined) => (value === undefined ? "-" : `${value.toFixed(0)} ms`);

function line({ turns, ends, refusals, players, ttfa, ttfi, goodput, offeredPerSecond }: Summary): string {
  const admitted = turns - ends.refused;
  return (
    `${turns} turns, ${percent(ends.refused, turns)} refused (p99 after ${ms(refusals.atOnce.p99)}; ${percent(refusals.queued, turns)} had waited first); ` +
    `of ${admitted} admitted ${percent(ends.finished, admitted)} were heard to the end, ${percent(players[0].underrunTurns, admitted)} ran dry; ` +
    `TTFA p50 ${ms(ttfa.p50)}, p95 ${ms(ttfa.p95)}; TTFI p50 ${ms(ttfi.p50)}; ${percent(goodput[500] * 1000, offeredPerSecond * 1000)} within 500 ms and without a gap`
  );
}

async function show(what: string, load: Load): Promise<void> {
  const all: TurnRecord[] = [];
  for (const seed of numbers(values.seeds)) {
    const runner = createVirtualRunner({ repliesFile: ownReplies, seed });
    const cell = { scenario: "overload", side: "duet", calibration, load, time, repeat: 0, seed } as const;
    const run = await runner.run({ ...cell, meanTokens: undefined, probe: undefined });
    process.stdout.write(`${what}, seed ${seed}: ${line(summarize(run, time))}\n`);
    all.push(...run.turns);
  }
  process.stdout.write(`${what}, all: ${line(summarize({ turns: all }, time))}\n\n`);
}

for (const users of numbers(values.users)) await show(`${users} users`, closed(users));
const { turnsPerSecond } = capacityOf(calibration, readReplies(ownReplies));
for (const share of numbers(values.open)) {
  const perSecond = share * turnsPerSecond;
  await show(`${perSecond.toFixed(2)} a second (${percent(share, 1)})`, { kind: "open", perSecond });
}
