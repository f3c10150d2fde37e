import assert from "node:assert/strict";
import { it } from "vitest";
import { createPlayhead } from "./playhead.ts";

it("hears a gap where speech comes later than it is over, and none where a player's buffer covers it", () => {
  const playhead = createPlayhead();
  playhead.came(1, 500);
  playhead.came(1, 600);
  playhead.came(1, 2_540);
  assert.deepEqual([playhead.gaps, playhead.gapMs, playhead.seconds], [0, 0, 3]);
  playhead.came(0.5, 4_000);
  assert.deepEqual([playhead.gaps, playhead.gapMs], [1, 460]);
  playhead.came(0.5, 4_400);
  assert.equal(playhead.gaps, 1);
});
