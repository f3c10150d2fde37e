import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { layTimeline } from "./timeline.ts";

test("a quarter of the time is half of the way", () => {
  const { text, voice } = layTimeline({ firstWordMs: 100, lastWordMs: 400, firstSoundMs: 900, lastSoundMs: 1600 });
  assert.deepEqual(text, { left: 25, width: 25 });
  assert.deepEqual(voice, { left: 75, width: 25 });
});

test("nothing has happened yet: no bars", () => {
  const { text, voice } = layTimeline({});
  assert.equal(text, undefined);
  assert.equal(voice, undefined);
});

test("what has come and is still to be heard stands behind what was heard", () => {
  const moments = { firstWordMs: 100, firstSoundMs: 900, lastSoundMs: 1600, soundUntilMs: 2500 };
  const { voice, unheard } = layTimeline(moments);
  assert.deepEqual(voice, { left: 60, width: 20 });
  assert.deepEqual(unheard, { left: 80, width: 20 });
  assert.equal(layTimeline({ ...moments, soundUntilMs: 1700 }).unheard, undefined, "what is on its way to the ear");
});

test("bars and labels stay on the axis and labels apart, whatever the times", () => {
  const ms = fc.option(fc.double({ min: 0, max: 900_000, noNaN: true }), { nil: undefined });
  fc.assert(
    fc.property(ms, ms, ms, ms, (firstWordMs, firstSoundMs, soundUntilMs, totalMs) => {
      const lastSoundMs = firstSoundMs === undefined ? undefined : firstSoundMs * 1.5;
      const moments = { firstWordMs, firstSoundMs, lastSoundMs, soundUntilMs, totalMs };
      const { text, voice, unheard, ticks } = layTimeline(moments);
      for (const bar of [text, voice, unheard])
        if (bar !== undefined) assert.ok(bar.left >= 0 && bar.width > 0 && bar.left + bar.width <= 100.001);
      for (const [index, tick] of ticks.entries())
        assert.ok(tick.left <= 94 && (index === 0 || tick.left - (ticks[index - 1]?.left ?? 0) >= 14));
    }),
  );
});
