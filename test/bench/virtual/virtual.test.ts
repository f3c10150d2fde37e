import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, test } from "vitest";
import { exactLaw } from "../../../infra/cost/law.ts";
import { measureQuiet } from "../analyse/quiet.ts";
import { measureTurn } from "../analyse/turn.ts";
import { calibrations } from "../calibrations.ts";
import type { TurnRecord } from "../record.ts";
import { ownReplies } from "../replies.ts";
import type { Cell } from "../scenarios/scenario.ts";
import { closed, usualTime } from "../scenarios/usual.ts";
import type { SideName } from "../sides/names.ts";
import { hopsOf } from "./hops.ts";
import { createVirtualRunner, type VirtualOptions } from "./runner.ts";

const folder = mkdtempSync(join(tmpdir(), "duet-virtual-"));
afterAll(() => rmSync(folder, { recursive: true }));
const oneReply = join(folder, "replies.tsv");
writeFileSync(oneReply, "id\tlang\tstyle\tquestion\treply\nr\tzh\tplain\t门呢？\t好的，门在左边。灯亮了\n");

const cellOf = (side: SideName, users: number, differs: Partial<Cell> = {}): Cell => ({
  scenario: "test",
  side,
  calibration: calibrations.fish15,
  load: closed(users),
  time: usualTime,
  repeat: 0,
  seed: 1,
  meanTokens: undefined,
  probe: undefined,
  ...differs,
});
const run = (cell: Cell, options: Partial<VirtualOptions> = {}) =>
  createVirtualRunner({ repliesFile: ownReplies, seed: cell.seed, ...options }).run(cell);
for (const side of ["article", "sequential", "fifo", "duet"] as const)
  test(`${side}: the same seed is the same run, and another seed another`, async () => {
    const turnsOf = async (seed: number) =>
      (await run(cellOf(side, 5, { seed, time: { warmMs: 0, untilMs: 15_000, endMs: 30_000 } }))).turns;
    const turns = await turnsOf(1);
    assert.ok(turns.length >= 4 && turns.some(({ end }) => end === "finished"));
    assert.deepEqual(await turnsOf(1), turns);
    assert.notDeepEqual(await turnsOf(2), turns);
  });

/** Steps of 20 ms whatever is in them; half a second for each second of speech. */
const plain = {
  ...calibrations.fish15,
  vllm: { ...calibrations.fish15.vllm, stepMs: 20, tokenMs: 0, contextMs: 0 },
  voice: { kind: "serial" as const, cost: { startMs: 45, realTimeFactor: 0.5 } },
};
/** What a worker takes for so many codec frames of 2048 samples. */
const speakingMs = (frames: number) => 45 + (frames * 2048 * 500) / 44_100;
// 好的 | ， | 门在 | 左 | 边 | 。 | 灯亮 | 了 and the end of the text: nine tokens, nine steps.
const byHand: Partial<Record<SideName, (hops: ReturnType<typeof hopsOf>) => number>> = {
  // Nothing before all nine; the whole, 9 hanzi and 2 marks: 2.13 s, 46 frames. The text is less than 100 bytes: one
  // part.
  sequential: ({ questionMs, tokenMs, askMs, soundMs, callerMs }) =>
    questionMs + 9 * 20 + tokenMs + askMs + speakingMs(46) + soundMs + callerMs,
  // A clause is asked for once the token after its mark shows that it is over; 好的， is 2 hanzi and a mark: 0.51 s, 12
  // frames.
  fifo: ({ questionMs, tokenMs, askMs, soundMs, callerMs }) =>
    questionMs + 3 * 20 + tokenMs + askMs + speakingMs(12) + soundMs + callerMs,
  // 好的， alone is noise too often, so that it waits for what follows, up to a 。 that nothing could follow: 6 hanzi and 2
  // marks, 1.47 s, 32 frames.
  duet: ({ questionMs, tokenMs, askMs, soundMs, callerMs }) =>
    questionMs + 6 * 20 + tokenMs + askMs + speakingMs(32) + soundMs + callerMs,
};
for (const [side, expected] of Object.entries(byHand) as [SideName, (hops: ReturnType<typeof hopsOf>) => number][])
  test(`${side}: alone, the first sound comes after the sum of what is before it`, async () => {
    const cell = cellOf(side, 1, { calibration: plain, time: { warmMs: 0, untilMs: 5000, endMs: 9000 } });
    const { turns, engineWork } = await run(cell, { repliesFile: oneReply, law: () => exactLaw });
    const finished = turns.filter(({ end }) => end === "finished");
    assert.ok(finished.length > 0);
    // From the second on Duet knows how slow the engine is, and that the wait would cost more than the noise.
    for (const turn of side === "duet" ? finished.slice(0, 1) : finished)
      assert.equal(measureTurn(turn as TurnRecord).ttfaMs.toFixed(6), expected(hopsOf(side)).toFixed(6));
    const last = engineWork.findLast(({ kind }) => kind === "speak")?.text;
    assert.equal(last?.endsWith("灯亮了。"), side === "duet", "Duet never asks for words without a final mark");
  });

test("words that stop at a soft border are asked for with a comma, and all others with a final mark", async () => {
  const { engineWork } = await run(cellOf("duet", 5, { time: { warmMs: 0, untilMs: 15_000, endMs: 30_000 } }));
  const asked = engineWork.flatMap(({ kind, text }) => (kind === "speak" ? [text] : []));
  const goesOn = asked.filter((text) => /[,，]$/u.test(text));
  assert.ok(goesOn.some((text) => text.endsWith("，")) && goesOn.length < asked.length / 2, `${goesOn.length}`);
  for (const text of asked) assert.match(text, /[,，.!?。！？…]["'”’」』）)]*$/u);
});

test("a caller who leaves gives up his place at the model, and not the worker that speaks for him", async () => {
  const leaving = async (stepMs: number) => {
    const cell = cellOf("duet", 1, {
      calibration: { ...plain, vllm: { ...plain.vllm, stepMs } },
      time: { warmMs: 0, untilMs: 20_000, endMs: 30_000 },
      probe: { kind: "cancel", afterFirstSoundMs: 300 },
    });
    const found = await run(cell);
    const cancelled = found.turns.filter(({ end }) => end === "cancelled");
    assert.ok(cancelled.length > 0);
    for (const { sounds, endedAtMs } of cancelled)
      assert.equal((endedAtMs - (sounds[0]?.atMs ?? 0)).toFixed(6), "300.000000");
    return measureQuiet(cell, found);
  };
  // So slow that it still writes while its first words are heard.
  const { model } = await leaving(100);
  assert.ok((model.p99 ?? 0) > 0 && (model.p99 ?? 0) < 10, "the model hears of it after a hop");
  // So fast that there is always something to be spoken.
  const { voice } = await leaving(20);
  assert.ok((voice.p50 ?? 0) > 100, "Fish-Speech speaks to the end of what it has begun");
});

test("settings of Duet hold: one more text than may be spoken at once is refused", async () => {
  const cell = cellOf("duet", 4, { calibration: plain, time: { warmMs: 0, untilMs: 20_000, endMs: 40_000 } });
  const endsWith = async (settings: Record<string, string>) =>
    new Set((await run(cell, { settings })).turns.map(({ end }) => end));
  assert.ok(!(await endsWith({})).has("refused"));
  assert.ok((await endsWith({ DUET_SYNTHESIZE_MAX_SESSIONS: "1" })).has("refused"));
});

test("what measures processes is not taken", () => {
  const { takes } = createVirtualRunner({ repliesFile: ownReplies, seed: 1 });
  assert.ok(takes(cellOf("duet", 1)));
  assert.ok(!takes(cellOf("relay", 1)) && !takes(cellOf("duet", 1, { probe: { kind: "cold-start" } })));
});
