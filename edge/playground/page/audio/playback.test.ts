import assert from "node:assert/strict";
import { test } from "vitest";
import { createPlayback } from "./playback.ts";
import type { FromWorklet, ToWorklet } from "./worklet.ts";

// 100 ms from the audio thread to the speaker.
const device = { sampleRate: 2000, baseLatency: 0.02, outputLatency: 0.08 };

function start() {
  const sent: ToWorklet[] = [];
  let nowMs = 0;
  const playback = createPlayback(
    1000,
    device,
    (message) => sent.push(message),
    () => nowMs,
  );
  playback.push(new Uint8Array(2000));
  playback.end();
  const report = (played: number, state: FromWorklet["state"] = "playing") =>
    playback.receive({ turn: 1, played, state, underruns: 0 });
  return { playback, sent, report, pass: (ms: number) => (nowMs += ms) };
}

test("counts what has left the speaker, at the rate of the turn", () => {
  const { playback, report } = start();
  assert.equal(playback.comeFrames, 1000);
  report(100);
  assert.equal(playback.heardFrames, 0, "it is still on its way");
  assert.equal(playback.firstHeardMs, 100);
  report(600);
  assert.equal(playback.heardFrames, 200);
});

test("is over when the last sample has left the speaker, not when it was handed on", () => {
  const { playback, report, pass } = start();
  report(2000, "drained");
  assert.deepEqual([playback.over, playback.heardFrames], [false, 900]);
  pass(100);
  assert.deepEqual([playback.over, playback.heardFrames], [true, 1000]);
});

test("a stop leaves it where the ear was: what was on its way was not heard", () => {
  const { playback, report, pass } = start();
  report(600);
  playback.stop();
  report(610, "drained");
  pass(1000);
  assert.deepEqual([playback.over, playback.heardFrames], [true, 200]);
});

test("is held until it is let go on, and not once it is over", () => {
  const { playback, sent } = start();
  playback.hold(true);
  assert.ok(playback.held);
  playback.hold(false);
  assert.ok(!playback.held);
  playback.stop();
  playback.hold(true);
  assert.ok(!playback.held);
  assert.deepEqual(
    sent.filter(({ type }) => type === "hold").map((message) => "held" in message && message.held),
    [true, false, false],
  );
});

test("a browser that claims an absurd latency ends a turn all the same", () => {
  let nowMs = 0;
  const late = { ...device, outputLatency: 15 };
  const playback = createPlayback(
    1000,
    late,
    () => {},
    () => nowMs,
  );
  playback.receive({ turn: 1, played: 2000, state: "drained", underruns: 0 });
  nowMs = 1000;
  assert.ok(playback.over);
});

test("a gap is heard where it breaks off and goes on; not at its end, and not where it is held", () => {
  let nowMs = 0;
  const playback = createPlayback(
    1000,
    { sampleRate: 1000, baseLatency: 0, outputLatency: 0 },
    () => {},
    () => nowMs,
  );
  const rows: readonly [
    ms: number,
    state: "filling" | "playing" | "drained",
    underruns: number,
    gaps: number,
    gapMs: number,
  ][] = [
    [0, "filling", 0, 0, 0],
    [100, "playing", 0, 0, 0],
    [200, "filling", 1, 0, 0],
    [230, "playing", 1, 1, 30],
    [300, "playing", 1, 1, 30],
    [400, "filling", 2, 1, 30],
    [410, "filling", 2, 1, 30],
    [450, "playing", 2, 2, 80],
  ];
  for (const [ms, state, underruns, gaps, gapMs] of rows) {
    nowMs = ms;
    playback.receive({ turn: 1, played: ms, state, underruns });
    assert.deepEqual([playback.gapCount, playback.gapMs], [gaps, gapMs], `after ${ms} ms`);
  }
  nowMs = 500;
  playback.receive({ turn: 1, played: 500, state: "filling", underruns: 3 });
  nowMs = 520;
  playback.hold(true);
  nowMs = 900;
  playback.hold(false);
  playback.receive({ turn: 1, played: 520, state: "playing", underruns: 3 });
  assert.deepEqual([playback.gapCount, playback.gapMs], [3, 100]);
  nowMs = 1000;
  playback.receive({ turn: 1, played: 600, state: "filling", underruns: 4 });
  nowMs = 1100;
  playback.receive({ turn: 1, played: 600, state: "drained", underruns: 4 });
  assert.deepEqual([playback.gapCount, playback.gapMs], [3, 100]);
});
