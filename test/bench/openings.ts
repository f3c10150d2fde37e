/**
 * What openings by list are worth, by the bench, before Fish-Speech 1.5: in virtual time, or on real processes.
 *
 *     node test/bench/openings.ts [--users 10,20] [--repeats 3] [--share 1,0.6,0] [--replies FILE] [--real]
 *
 * The same replies for the same users with `soft` and with `list`, where a share of the answers begins with an opening
 * that was asked for. Both say the same words: the model of `soft` begins with the same openings by itself. Openings
 * are used whatever they hold up (`listFromMs` 0); the last rows are those of the shipped setting. `held`: the model is
 * held to them by a pattern. Times are medians and 95th percentiles over all turns, in milliseconds, from the question:
 * TTFT to the first text, TTFA to the first sound, TTFI to the first that informs. `paired` is the median of what each
 * turn's TTFI is later than the same turn's with `soft`. On real processes the model of `soft` is asked for openings
 * too, and none of them is used. A run there takes half a minute for each row and repeat, and wants a machine that does
 * nothing else.
 */
import { parseArgs } from "node:util";
import { usualOpenings } from "../../infra/settings/openings.ts";
import { percentile } from "../support/load.ts";
import { measureTurn, type TurnFigures } from "./analyse/turn.ts";
import { calibrations } from "./calibrations.ts";
import { createRealRunner } from "./real/runner.ts";
import { ownReplies } from "./replies.ts";
import type { Runner } from "./runner.ts";
import { closed, usualTime } from "./scenarios/usual.ts";
import type { VirtualOpenings } from "./virtual/openings.ts";
import { createVirtualRunner } from "./virtual/runner.ts";

const { values } = parseArgs({
  options: {
    users: { type: "string", default: "10,20" },
    repeats: { type: "string", default: "3" },
    replies: { type: "string", default: ownReplies },
    share: { type: "string", default: "1,0.6,0" },
    real: { type: "boolean", default: false },
  },
});

interface Row {
  readonly name: string;
  readonly share: number;
  readonly asked: boolean;
  readonly held?: number;
  readonly fromMs?: number;
}

const shares = values.share.split(",").map(Number);
/** For each share, `soft` first. */
const allRows: readonly Row[] = [
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
const rows = allRows.filter(({ share }) => shares.includes(share));

const listFrom = (ms: number) => ({ DUET_SYNTHESIZE_OPENER_LIST_FROM_MS: String(ms) });
/** No first sound is as late as this: then no opening is used. */
const neverMs = 60_000;
/** The languages of the replies: what is made of others would keep workers from them. */
const { zh, en } = usualOpenings;
/** Holds the openings, and little of the replies, which come again as those of people do not. */
const openingsBytes = 4 << 20;

/** Longer than it takes to make the openings beside somebody who asks now and then. */
const untilMade = { warmMs: 0, untilMs: 8_000, endMs: 15_000 };

function virtualRunner({ share, asked, held = 0, fromMs = 0 }: Row, seed: number): Runner {
  const openings: VirtualOpenings = { lists: usualOpenings, share, asked, held };
  return createVirtualRunner({ repliesFile: values.replies, seed, settings: listFrom(fromMs), openings });
}

function realRunner({ share, asked, held = 0, fromMs = 0 }: Row, seed: number): Runner {
  const settings = {
    DUET_SYNTHESIZE_OPENER_MODE: "list",
    // A voice that each request draws anew is not kept.
    DUET_FISH_VOICES: "xiaolin",
    DUET_OPENINGS: JSON.stringify({ zh, en }),
    DUET_SYNTHESIZE_CACHE_MAX_BYTES: String(openingsBytes),
    DUET_GENERATE_HOLD_OPENINGS: String(held),
    ...listFrom(asked ? fromMs : neverMs),
  };
  return createRealRunner({ repliesFile: values.replies, seed, settings, habits: { openings: share } });
}

/** The turns that count, by user, number and repeat. */
async function run(row: Row, users: number): Promise<Map<string, TurnFigures>> {
  const turns = new Map<string, TurnFigures>();
  for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
    const seed = 1 + repeat;
    const runner = (values.real ? realRunner : virtualRunner)(row, seed);
    const drawn = { repeat, seed, meanTokens: undefined, probe: undefined };
    const cell = { scenario: "openings", side: "duet", calibration: calibrations.fish15, ...drawn } as const;
    // Openings are made while nobody needs the engine.
    if (values.real) await runner.run({ ...cell, load: closed(1), time: untilMade });
    const { turns: records } = await runner.run({ ...cell, load: closed(users), time: usualTime });
    await runner.stop();
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
