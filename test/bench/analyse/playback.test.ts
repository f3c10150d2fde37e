import assert from "node:assert/strict";
import { test } from "vitest";
import { sounds } from "./known.ts";
import { play } from "./playback.ts";

// A second of sound each: a player without a buffer has played the first at 1000, the second at 2000, ...
for (const [name, arrivals, bufferMs, underruns, stallMs] of [
  ["all in time", [0, 500, 1500], 0, 0, 0],
  ["at the last moment", [0, 1000, 2000], 0, 0, 0],
  ["a gap that nobody hears", [0, 1000.9], 0, 0, 0],
  ["late once", [0, 1050], 0, 1, 50],
  ["late once, and what follows is late no more", [0, 1300, 2300], 0, 1, 300],
  ["late twice", [0, 1300, 2500], 0, 2, 500],
  ["the buffer makes up for it", [0, 1050], 100, 0, 0],
  ["the buffer makes up for a part", [0, 1150], 100, 1, 50],
  ["a larger one for all", [0, 1150], 200, 0, 0],
  ["the buffer is there once", [0, 1150, 2250], 100, 2, 150],
  ["one sound", [700], 0, 0, 0],
  ["no sound", [], 0, 0, 0],
] as const)
  test(`a player of ${bufferMs} ms: ${name}`, () => {
    const played = play(sounds(...arrivals), bufferMs);
    assert.deepEqual([played.underruns, Math.round(played.stallMs)], [underruns, stallMs]);
  });

test("tells when each moment of the sound was played", () => {
  const { playedAtMs } = play(sounds(0, 1300, 1400), 100);
  assert.deepEqual(
    [0, 0.5, 1, 1.5, 2].map(playedAtMs),
    [100, 600, 1300, 1800, 2300],
    "the second came 200 ms after the first had been played",
  );
});
