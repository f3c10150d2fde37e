/**
 * How soon texts could be heard at best, whoever schedules: what no rule can beat before the same engines.
 *
 *     node test/bench/bounds.ts [--users 10]
 *
 * An oracle knows each reply of the bench beforehand, may end the first segment behind any token, and always finds a
 * worker idle. The tokens come when they did in a run in virtual time, and Fish-Speech 1.5 takes as long as it does
 * there. A pleasantry is heard before what informs and takes its own time, be it a segment of its own or joined to what
 * follows, whichever is sooner. `least` is the shortest segment that it may speak alone, in seconds. `by the rules`
 * ends it where Duet's segmenter lets it end alone, after 0.6 s or at a mark: what is heard later than that waits for
 * nobody, but for a border. The last rows are listed openings at their best: their sound is at hand, and begins in the
 * moment in which their mark is written.
 */
import { parseArgs } from "node:util";
import { speakMs } from "../../infra/cost/cost.ts";
import { usualOpenings } from "../../infra/settings/openings.ts";
import { spokenSeconds } from "../../infra/twins/sound/speaker.ts";
import { tokenize } from "../../infra/twins/vllm/batch/tokens.ts";
import { endsOf } from "../../services/synthesize/schedule/sizes/ends.ts";
import { createSegmenter } from "../../services/synthesize/text/segmenter/segmenter.ts";
import { type SpeakableClause, unfinished } from "../../services/synthesize/text/speakable.ts";
import { createSpokenForm } from "../../services/synthesize/text/spoken/spoken.ts";
import { words } from "../../services/synthesize/text/words.ts";
import { percentile } from "../support/load.ts";
import { openerSeconds } from "./analyse/openers.ts";
import { calibrations } from "./calibrations.ts";
import type { TurnRecord } from "./record.ts";
import { ownReplies, readReplies } from "./replies.ts";
import { closed } from "./scenarios/usual.ts";
import { hopsOf } from "./virtual/hops.ts";
import { createVirtualRunner } from "./virtual/runner.ts";

const { values } = parseArgs({ options: { users: { type: "string", default: "10" } } });
const time = { warmMs: 5000, untilMs: 150_000, endMs: 180_000 };
const { voice } = calibrations.fish15;
const hops = hopsOf("duet");
/** After less speech no segment ends at a soft border; see schedule/sizes/opener.ts. */
const leastSoftSeconds = 0.6;
/** Who is heard within this is heard soon. */
const goalMs = 500;
const replies = new Map(readReplies(ownReplies).map((reply) => [reply.id, reply]));

/** When the first sound that informs of a turn is heard at best, in milliseconds from its question. */
function bestMs({ textsAtMs, intendedAtMs, reply }: TurnRecord, leastSeconds: number): number {
  const reading = replies.get(reply)?.text ?? "";
  const pleasantry = openerSeconds(reading);
  let text = "";
  let best = Number.POSITIVE_INFINITY;
  for (const [index, token] of tokenize(reading).entries()) {
    text += token;
    const seconds = spokenSeconds(text);
    const isPleasantry = openerSeconds(text) === seconds || openerSeconds(text) === Number.POSITIVE_INFINITY;
    if (seconds < (isPleasantry ? pleasantry - 0.07 : Math.max(leastSeconds, pleasantry))) continue;
    const soundMs = hops.askMs + speakMs(voice.cost, seconds) + hops.soundMs;
    best = Math.min(best, (textsAtMs[index] as number) - intendedAtMs + soundMs + 1000 * pleasantry);
  }
  return best;
}

/** Where a first segment may end by the rules: how much speech that is, and after which token it is known. */
async function endsIn(reading: string): Promise<readonly { readonly token: number; readonly seconds: number }[]> {
  const tokens = tokenize(reading);
  const written = async function* () {
    for (const text of tokens) yield { text };
  };
  const pending: SpeakableClause[] = [];
  const found: { token: number; seconds: number }[] = [];
  let token = 0;
  for await (const offer of words(written(), createSegmenter(), createSpokenForm())) {
    pending.push(...offer.clauses);
    const open = offer.open && unfinished(offer.open, offer.open.from, () => {});
    for (const { kind, seconds } of endsOf({ pending, open }, 2))
      if (kind === "mark" || seconds >= leastSoftSeconds) found.push({ token, seconds });
    token = Math.min(token + 1, tokens.length - 1);
  }
  return found;
}

/** When the first sound of a turn is heard at best, if its first segment ends in one of some places. */
function bestByRulesMs({ textsAtMs, intendedAtMs }: TurnRecord, ends: Awaited<ReturnType<typeof endsIn>>): number {
  const heard = ends.map(({ token, seconds }) => (textsAtMs[token] as number) + speakMs(voice.cost, seconds));
  return Math.min(...heard) - intendedAtMs + hops.askMs + hops.soundMs;
}

const write = (line: string) => process.stdout.write(`${line}\n`);
const ms = (all: readonly number[]) => [0.5, 0.95].map((at) => percentile([...all], at).toFixed(0)).join("/");

const turns: TurnRecord[] = [];
for (const seed of [1, 2, 3]) {
  const runner = createVirtualRunner({ repliesFile: ownReplies, seed });
  const load = closed(Number(values.users));
  const cell = {
    scenario: "bounds",
    side: "duet",
    calibration: calibrations.fish15,
    load,
    time,
    repeat: seed,
    seed,
  } as const;
  const { turns: all } = await runner.run({ ...cell, meanTokens: undefined, probe: undefined });
  turns.push(...all.filter(({ intendedAtMs, end }) => intendedAtMs >= time.warmMs && end === "finished"));
}
const informing = turns.filter(({ reply }) => openerSeconds(replies.get(reply)?.text ?? "") === 0);
for (const least of [0, 0.9]) {
  const of = (some: readonly TurnRecord[]) => ms(some.map((turn) => bestMs(turn, least)));
  write(
    `least ${least} s: TTFI p50/p95 ${of(turns)} ms of ${turns.length} turns, ${of(informing)} of the ${informing.length} without a pleasantry`,
  );
}

const endsByReply = new Map<string, Awaited<ReturnType<typeof endsIn>>>();
for (const { reply } of turns)
  if (!endsByReply.has(reply)) endsByReply.set(reply, await endsIn(replies.get(reply)?.text ?? ""));
const heardMs = turns.map((turn) => bestByRulesMs(turn, endsByReply.get(turn.reply) ?? []));
const soon = (100 * heardMs.filter((at) => at <= goalMs).length) / heardMs.length;
write(`by the rules: TTFA p50/p95 ${ms(heardMs)} ms, ${soon.toFixed(1)} % within ${goalMs} ms`);

const ttftMs = percentile(
  turns.map(({ textsAtMs, intendedAtMs }) => (textsAtMs[0] as number) - intendedAtMs),
  0.5,
);
const gapsMs = turns.flatMap(({ textsAtMs }) =>
  textsAtMs.slice(1, 9).map((at, index) => at - (textsAtMs[index] as number)),
);
const stepMs = percentile(gapsMs, 0.5);
for (const [language, openings] of Object.entries(usualOpenings).slice(0, 2)) {
  const counts = openings.map((opening) => tokenize(opening).length);
  const heard = counts.map((count) => ttftMs + (count - 1) * stepMs);
  const after = heard.map((at) => at.toFixed(0)).join(" ");
  write(`openings, ${language}: ${counts.join(" ")} tokens, after ${after} ms; first text after ${ttftMs.toFixed(0)}`);
}
