import assert from "node:assert/strict";
import { test } from "vitest";
import { type Listened, newsOf, unheard } from "./listened.ts";

const rows: readonly [what: string, told: Listened, now: Listened, news: Listened][] = [
  ["nothing sounds yet", unheard, unheard, { gapCount: 0, gapMs: 0 }],
  [
    "it begins",
    unheard,
    { firstSoundMs: 400, reportedMs: 410, gapCount: 0, gapMs: 0 },
    { firstSoundMs: 400, reportedMs: 410, gapCount: 0, gapMs: 0 },
  ],
  [
    "it has broken off since",
    { firstSoundMs: 400, gapCount: 1, gapMs: 30 },
    { firstSoundMs: 400, reportedMs: 910, gapCount: 3, gapMs: 100 },
    { gapCount: 2, gapMs: 70 },
  ],
  [
    "nothing is new",
    { firstSoundMs: 400, gapCount: 3, gapMs: 100 },
    { firstSoundMs: 400, gapCount: 3, gapMs: 100 },
    { gapCount: 0, gapMs: 0 },
  ],
];
for (const [what, told, now, news] of rows)
  test(`${what}: only what is new is told`, () => {
    assert.deepEqual(newsOf(now, told), news);
  });
