/**
 * How soon texts are heard by each way to begin them, and what it costs, in virtual time: 10 and 20 users on
 * Fish-Speech 1.5, over the replies of the bench.
 *
 *     node test/bench/openers.ts
 *     node test/bench/openers.ts --borders
 *
 * For `fifo` and each opener of Duet: first sound and first sound that informs (p50 and p95, and the latter over
 * replies that do not begin with a pleasantry, whose own length no schedule can shorten); the median of each turn's
 * first sound to that of `fifo`; turns that ran dry with a player without a buffer; first segments that are so short
 * that the stand-in of Fish-Speech garbles some, and the share of turns that would begin with noise. `no order` is
 * `soft` without the rule that weighs noise against the wait. `--borders` prints the soft borders that 10 users'
 * segments end at instead, to be read by somebody who knows the languages: `|` between phrases and words alike.
 */
import { usualGarble } from "../../infra/twins/fish/sound/garble.ts";
import { spokenSeconds } from "../../infra/twins/sound/speaker.ts";
import { percentile } from "../support/load.ts";
import { openerSeconds } from "./analyse/openers.ts";
import { measureTurn, type TurnFigures } from "./analyse/turn.ts";
import { calibrations } from "./calibrations.ts";
import type { TurnRecord } from "./record.ts";
import { ownReplies } from "./replies.ts";
import { closed } from "./scenarios/usual.ts";
import { createVirtualRunner } from "./virtual/runner.ts";

const seeds = [1, 2, 3];
const time = { warmMs: 5000, untilMs: 150_000, endMs: 180_000 };
const ways = {
  fifo: {},
  written: { DUET_SYNTHESIZE_OPENER_MODE: "written" },
  soft: {},
  "no order": { DUET_SYNTHESIZE_OPENER_MIN_SECONDS: "0" },
} as const satisfies Record<string, Record<string, string>>;

interface Turn {
  readonly key: string;
  readonly record: TurnRecord;
  readonly figures: TurnFigures;
}

async function turnsOf(way: keyof typeof ways, users: number): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (const [repeat, seed] of seeds.entries()) {
    const runner = createVirtualRunner({ repliesFile: ownReplies, seed, settings: ways[way] });
    const side = way === "fifo" ? "fifo" : "duet";
    const calibration = calibrations.fish15;
    const load = closed(users);
    const cell = { scenario: "openers", side, calibration, load, time, repeat, seed } as const;
    const run = await runner.run({ ...cell, meanTokens: undefined, probe: undefined });
    for (const record of run.turns)
      if (record.intendedAtMs >= time.warmMs && record.intendedAtMs < time.untilMs)
        turns.push({ key: `${seed}/${record.user}/${record.nth}`, record, figures: measureTurn(record) });
  }
  return turns;
}

const write = (line: string) => process.stdout.write(`${line}\n`);
const ms = (values: readonly number[]) => [0.5, 0.95].map((at) => percentile([...values], at).toFixed(0)).join("/");
const percent = (count: number, of: number) => `${((100 * count) / of).toFixed(1)} %`;
const textOf = ({ record }: Turn) => record.segments.map(({ text }) => text).join("");
const firstOf = ({ record }: Turn) => record.segments[0]?.text ?? "";

async function printRows(): Promise<void> {
  for (const users of [10, 20]) {
    const fifo = new Map<string, Turn>();
    for (const way of Object.keys(ways) as (keyof typeof ways)[]) {
      const turns = await turnsOf(way, users);
      if (way === "fifo") for (const turn of turns) fifo.set(turn.key, turn);
      const ratios = turns.flatMap(({ key, figures }) => {
        const other = fifo.get(key);
        return other === undefined ? [] : [figures.ttfaMs / other.figures.ttfaMs];
      });
      const informed = turns.filter((turn) => openerSeconds(textOf(turn)) === 0);
      const short = turns.filter((turn) => spokenSeconds(firstOf(turn)) < usualGarble.belowSeconds).length;
      const dry = turns.filter(({ figures }) => figures.stalls[0].underruns > 0).length;
      write(
        `${users} users ${way.padEnd(9)} ${turns.length} turns  TTFA ${ms(turns.map(({ figures }) => figures.ttfaMs))}  ` +
          `TTFI ${ms(turns.map(({ figures }) => figures.ttfiMs))} (no pleasantry ${ms(informed.map(({ figures }) => figures.ttfiMs))})  ` +
          `of fifo ${percentile(ratios, 0.5).toFixed(3)}  dry ${percent(dry, turns.length)}  ` +
          `short ${percent(short, turns.length)}  noise ${percent(short * usualGarble.probability, turns.length)}`,
      );
    }
  }
}

/** Marks a segment ends with, and a text. */
const marked = /[\p{P}\n]["”’」』）)]*$/u;

async function printBorders(): Promise<void> {
  let ends = 0;
  const lines = new Set<string>();
  for (const { record } of await turnsOf("soft", 10))
    for (const [index, { text }] of record.segments.entries()) {
      ends++;
      const next = record.segments[index + 1];
      if (next !== undefined && !marked.test(text)) lines.add(`${text} | ${next.text}`);
    }
  for (const line of lines) write(line);
  write(`${lines.size} different soft borders among ${ends} ends of segments`);
}

await (process.argv.includes("--borders") ? printBorders() : printRows());
