/**
 * What Duet does where more users come than its voices can speak to, in virtual time: three workers of Fish-Speech 1.5, admission by what they carry.
 *
 *     node test/bench/overload.ts [USERS ...]
 *
 * Users think for 10 s between turns; a refused one thinks again before the next try. For each number of users (default 28 and 200): turns refused, and how many
 * of those had been let wait first; how soon they were told; of the admitted, how many were heard to the end, and how many ran dry with a player without
 * a buffer; their first sounds.
 */
import { summarize } from "./analyse/summary.ts";
import { calibrations } from "./calibrations.ts";
import { ownReplies } from "./replies.ts";
import { closed } from "./scenarios/usual.ts";
import { createVirtualRunner } from "./virtual/runner.ts";

const time = { warmMs: 10_000, untilMs: 60_000, endMs: 110_000 };
const given = process.argv.slice(2).map(Number);
const percent = (part: number, of: number) => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`;
const ms = (value: number | undefined) => (value === undefined ? "-" : `${value.toFixed(0)} ms`);

for (const users of given.length > 0 ? given : [28, 200]) {
  const calibration = calibrations.fish15;
  const load = closed(users);
  const cell = { scenario: "overload", side: "duet", calibration, load, time, repeat: 0, seed: 1 } as const;
  const runner = createVirtualRunner({ repliesFile: ownReplies, seed: cell.seed });
  const run = await runner.run({ ...cell, meanTokens: undefined, probe: undefined });
  const { turns, ends, refusals, players, ttfa, ttfi, goodput } = summarize(run, time);
  const admitted = turns - ends.refused;
  process.stdout.write(
    `${users} users: ${turns} turns, ${percent(ends.refused, turns)} refused (p99 after ${ms(refusals.atOnce.p99)}; ${percent(refusals.queued, turns)} had waited first); ` +
      `of ${admitted} admitted ${percent(ends.finished, admitted)} were heard to the end, ${percent(players[0].underrunTurns, admitted)} ran dry; ` +
      `TTFA p50 ${ms(ttfa.p50)}, p95 ${ms(ttfa.p95)}; TTFI p50 ${ms(ttfi.p50)}; ${goodput[500].toFixed(2)} a second within 500 ms and without a gap\n`,
  );
}
