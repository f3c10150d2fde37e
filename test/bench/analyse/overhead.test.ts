import assert from "node:assert/strict";
import { test } from "vitest";
import { calibrations } from "../calibrations.ts";
import { cuesOf } from "../client/cues.ts";
import { questionId } from "../draw.ts";
import type { EngineWork, TurnRecord } from "../record.ts";
import type { Cell } from "../scenarios/scenario.ts";
import { turn } from "./known.ts";
import { measureOverhead } from "./overhead.ts";
import { measureQuiet } from "./quiet.ts";

const cell: Cell = {
  scenario: "overhead",
  side: "fifo",
  calibration: calibrations.fish15,
  load: { kind: "closed", users: 1, thinkMs: 0 },
  time: { warmMs: 0, untilMs: 10_000, endMs: 10_000 },
  repeat: 0,
  seed: 1,
  meanTokens: undefined,
  probe: { kind: "overhead" },
};
const reply = { id: "r", question: "?", text: "今天天气很好，适合出门。明天有雨。", tokens: 14 };
const cues = cuesOf({ reply });
/** Tokens come every 10 ms from 1100 on. */
const tokensAtMs = Array.from({ length: 14 }, (_, index) => 1100 + index * 10);
const cutAtMs = tokensAtMs[(cues[0]?.afterToken as number) - 1] as number;

const write: EngineWork = {
  kind: "write",
  text: `${questionId(cell, 0, 0)} ? [[say:${reply.text}]]`,
  receivedAtMs: 1007,
  startedAtMs: 1007,
  writtenAtMs: tokensAtMs,
  endedAtMs: 1300,
  left: false,
};
/** The first clause is asked for 4 ms after its cut, takes 200 ms once a worker is free, and is 3 ms on its way. */
const speak: EngineWork = {
  kind: "speak",
  text: `${cues[0]?.words}。`,
  receivedAtMs: cutAtMs + 4,
  startedAtMs: cutAtMs + 4,
  writtenAtMs: [cutAtMs + 204],
  endedAtMs: cutAtMs + 204,
  left: false,
};
const heard: TurnRecord = turn({
  textsAtMs: tokensAtMs.map((at) => at + 2),
  segments: [{ text: cues[0]?.words as string }],
  sounds: [
    { atMs: cutAtMs + 207, segment: 0, seconds: 0.3, silentSeconds: 0 },
    { atMs: cutAtMs + 208, segment: 0, seconds: 0.3, silentSeconds: 0 },
  ],
  endedAtMs: 2000,
});
const measure = (turns: readonly TurnRecord[], engineWork: readonly EngineWork[]) =>
  measureOverhead(cell, { turns, engineWork }, [reply]);

test("the first clause of a reply is cut before the reply is whole", () => {
  assert.ok(cues.length > 1 && (cues[0]?.afterToken as number) < 14, JSON.stringify(cues));
});

test("what a side adds is told apart from what the engines take", () => {
  const { questionToModel, textDelta, audioFrame, cutToSound, cutToVoice, turns, leftOut } = measure(
    [heard],
    [write, speak],
  );
  assert.equal(questionToModel.p50, 7);
  assert.deepEqual([textDelta.p50, textDelta.p99], [2, 2]);
  assert.deepEqual([audioFrame.p50, audioFrame.p99], [3, 3], "the second piece waited for the first");
  assert.equal(cutToSound.p50, 7);
  assert.equal(cutToVoice.p50, 4);
  assert.deepEqual([turns, leftOut], [1, 0]);
});

test("a turn whose work cannot be told is left out and counted", () => {
  const otherWords = { ...speak, text: "另外的话" };
  const tooEarly = { ...speak, receivedAtMs: 900 };
  const otherTurn = { ...write, text: `${questionId(cell, 0, 1)} ?` };
  for (const work of [[write, otherWords], [write, tooEarly], [otherTurn, speak], []]) {
    const { turns, leftOut } = measure([heard], work);
    assert.deepEqual([turns, leftOut], [0, 1]);
  }
  assert.equal(measure([{ ...heard, textsAtMs: [1100] }], [write, speak]).leftOut, 1, "tokens came joined");
});

test("of two turns that say the same at once, each has work of its own", () => {
  const later = { ...heard, nth: 1 };
  const works = [
    write,
    { ...write, text: `${questionId(cell, 0, 1)} ?` },
    speak,
    { ...speak, receivedAtMs: speak.receivedAtMs + 1 },
  ];
  assert.deepEqual([measure([heard, later], works).turns, measure([heard, later], works.slice(0, 3)).leftOut], [2, 1]);
});

test("work that the engines do for a caller who has left is told, and whose it is", () => {
  const left = turn({ end: "cancelled", endedAtMs: 1500 });
  const engineWork: EngineWork[] = [
    { ...write, endedAtMs: 1512, left: true },
    { ...speak, startedAtMs: 1300, endedAtMs: 1900 },
    { ...speak, receivedAtMs: 1400, startedAtMs: 1900, endedAtMs: 2000 },
    // Of the turn after it.
    { ...speak, receivedAtMs: 3100, startedAtMs: 3100, endedAtMs: 4000 },
  ];
  const turns = [left, turn({ startedAtMs: 3000, nth: 1 })];
  const {
    model,
    voice,
    begunAfter,
    wastedSeconds,
    turns: count,
  } = measureQuiet(cell, { turns, engineWork, elapsedMs: 5000 });
  assert.deepEqual([model.p50, voice.p50, begunAfter, count], [12, 500, 1, 1]);
  assert.equal(wastedSeconds, 0.5);
});
