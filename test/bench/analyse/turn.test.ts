import assert from "node:assert/strict";
import { test } from "vitest";
import { turn } from "./known.ts";
import { measureTurn } from "./turn.ts";

const sound = (atMs: number, segment: number, seconds: number, silentSeconds = 0) => ({
  atMs,
  segment,
  seconds,
  silentSeconds,
});

test("every latency counts from when the turn was meant to begin, not from when the client came to it", () => {
  const { ttftMs, ttfaMs, endToEndMs } = measureTurn(turn({ startedAtMs: 1030 }));
  assert.deepEqual([ttftMs, ttfaMs, endToEndMs], [50, 400, 500]);
});

test("silence that the sound begins with is not heard", () => {
  assert.equal(measureTurn(turn({ sounds: [sound(1400, 0, 1, 0.25)] })).ttfaMs, 650);
  const silentAtFirst = [sound(1400, 0, 0.5, 0.5), sound(1410, 0, 0.5, 0.1)];
  assert.equal(measureTurn(turn({ sounds: silentAtFirst })).ttfaMs, 1000, "the second piece is played after the first");
});

test("an opener is heard and informs of nothing", () => {
  const segments = [{ text: "好的，" }, { text: "今天晴天。" }];
  const { ttfaMs, ttfiMs } = measureTurn(turn({ segments, sounds: [sound(1200, 0, 0.5), sound(1250, 1, 1)] }));
  assert.deepEqual([ttfaMs, ttfiMs], [200, 700], "what follows came in time and is heard after it");
  const late = measureTurn(turn({ segments, sounds: [sound(1200, 0, 0.5), sound(2600, 1, 1, 0.1)] }));
  assert.equal(Math.round(late.ttfiMs), 1700, "what follows came late and begins with silence");
});

test("an opener at the head of a longer piece is left out by its length", () => {
  const { ttfaMs, ttfiMs } = measureTurn(
    turn({ segments: [{ text: "好的，今天晴天。" }], sounds: [sound(1200, 0, 2)] }),
  );
  assert.equal(ttfaMs, 200);
  assert.equal(Math.round(ttfiMs), Math.round(200 + (2 / 4.5 + 1 / 15) * 1000));
});

test("what never came is infinitely late", () => {
  const { ttftMs, ttfaMs, ttfiMs, endToEndMs } = measureTurn(turn({ textsAtMs: [], sounds: [], end: "failed" }));
  for (const ms of [ttftMs, ttfaMs, ttfiMs, endToEndMs]) assert.equal(ms, Number.POSITIVE_INFINITY);
  assert.equal(measureTurn(turn({ sounds: [sound(1400, 0, 1, 1)] })).ttfaMs, Number.POSITIVE_INFINITY, "all silence");
});
