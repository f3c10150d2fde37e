/**
 * What openings by list are worth, by the bench in virtual time, before Fish-Speech 1.5.
 *
 *     node test/bench/openings.ts [--users 10,20] [--repeats 3] [--replies FILE]
 *
 * The same replies for the same users with `soft` and with `list`, where a share of the answers begins with an opening that was asked for. Both
 * say the same words: the model of `soft` begins with the same openings by itself. Openings are used whatever they hold up (`listFromMs` 0); the last rows are
 * those of the shipped setting. `held`: the model is held to them by a pattern. Times are medians and 95th percentiles
 * over all turns, in milliseconds, from the question: TTFT to the first text, TTFA to the first sound, TTFI to the first that informs. `paired` is the median of
 * what each turn's TTFI is later than the same turn's with `soft`.
 */
import { parseArgs } from "node:util";
import { usualOpenings } from "../../infra/settings/openings.ts";
import { percentile } from "../support/load.ts";
import { measureTurn, type TurnFigures } from "./analyse/turn.ts";
import { calibrations } from "./calibrations.ts";
import { ownReplies } from "./replies.ts";
import { closed, usualTime } from "./scenarios/usual.ts";
import type { VirtualOpenings } from "./virtual/openings.ts";
import { createVirtualRunner } from "./virtual/runner.ts";

const { values } = parseArgs({
  options: {
    users: { type: "string", default: "10,20" },
    repeats: { type: "string", default: "3" },
    replies: { type: "string", default: ownReplies },
  },
});

interface Row {
  readonly name: string;
  readonly share: number;
  readonly asked: boolean;
  readonly held?: number;
  readonly fromMs?: number;
}

/** For each share, `soft` first. */
const rows: readonly Row[] = [
  ...[1, 0.6, 0].flatMap((share) => [
    { name: "soft", share, asked: false },
    { name: "list", share, asked: true },
  ]),
  { name: "soft", share: 1, asked: false },
  { name: "list, held to 3", share: 1, asked: true, held: 3 },
  { name: "list, held to 1", share: 1, asked: true, held: 1 },
  { name: "soft", share: 0, asked: false },
  { name: "list, from 600 ms", share: 1, asked: true, fromMs: 600 },
];

/** The turns that count, by user, number and repeat. */
async function run({ share, asked, held = 0, fromMs = 0 }: Row, users: number): Promise<Map<string, TurnFigures>> {
  const openings: VirtualOpenings = { lists: usualOpenings, share, asked, held };
  const settings = { DUET_SYNTHESIZE_OPENER_LIST_FROM_MS: String(fromMs) };
  const turns = new Map<string, TurnFigures>();
  for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
    const seed = 1 + repeat;
    const runner = createVirtualRunner({ repliesFile: values.replies, seed, settings, openings });
    const { turns: records } = await runner.run({
      scenario: "openings",
      side: "duet",
      calibration: calibrations.fish15,
      load: closed(users),
      time: usualTime,
      repeat,
      seed,
      meanTokens: undefined,
      probe: undefined,
    });
    for (const turn of records)
      if (turn.intendedAtMs >= usualTime.warmMs && turn.intendedAtMs < usualTime.untilMs)
        turns.set(`${repeat}/${turn.user}/${turn.nth}`, measureTurn(turn));
  }
  return turns;
}

const write = (cells: readonly (string | number)[]) =>
  process.stdout.write(
    `${cells.map((cell, at) => (at === 0 ? String(cell).padEnd(20) : String(cell).padStart(11))).join("")}\n`,
  );
const both = (all: readonly number[]) => [0.5, 0.95].map((p) => percentile(all, p).toFixed(0)).join("/");

for (const users of values.users.split(",").map(Number)) {
  write([`${users} users`, "share", "TTFT", "TTFA", "TTFI", "paired", "dry", "turns"]);
  let soft = new Map<string, TurnFigures>();
  for (const row of rows) {
    const turns = await run(row, users);
    if (!row.asked) soft = turns;
    const all = [...turns.values()];
    const later = [...turns].flatMap(([key, { ttfiMs }]) =>
      soft.has(key) ? [ttfiMs - (soft.get(key)?.ttfiMs ?? 0)] : [],
    );
    const dry = all.filter(({ stalls }) => stalls[0].underruns > 0).length / all.length;
    write([
      row.name,
      `${100 * row.share} %`,
      both(all.map(({ ttftMs }) => ttftMs)),
      both(all.map(({ ttfaMs }) => ttfaMs)),
      both(all.map(({ ttfiMs }) => ttfiMs)),
      percentile(later, 0.5).toFixed(1),
      `${(100 * dry).toFixed(1)} %`,
      all.length,
    ]);
  }
}
