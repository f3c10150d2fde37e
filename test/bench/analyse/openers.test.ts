import assert from "node:assert/strict";
import { test } from "vitest";
import { usualOpenings } from "../../../infra/settings/openings.ts";
import { spokenSeconds } from "../../../infra/twins/sound/speaker.ts";
import { openerSeconds } from "./openers.ts";

const never = Number.POSITIVE_INFINITY;

for (const [text, seconds] of [
  ["好的，", never],
  ["好的。没问题！", never],
  ["Sure!", never],
  ["I'm sorry.", never],
  ["今天晴天。", 0],
  ["好的今天晴天。", 0],
  ["Surely not.", 0],
  ["It costs $5.", 0],
  ["", never],
] as const)
  test(`${JSON.stringify(text)} says something after ${seconds} s`, () => assert.equal(openerSeconds(text), seconds));

test("an opener that something follows is as long as it is spoken", () => {
  assert.ok(Math.abs(openerSeconds("好的，今天晴天。") - (2 / 4.5 + 1 / 15)) < 1e-9);
  assert.ok(Math.abs(openerSeconds("Of course, it rains.") - 10 / 15) < 0.1);
});

test("the openings of the usual lists last until the words behind them are there, and no longer than they must", () => {
  const { zh = [], en = [] } = usualOpenings;
  for (const text of [...zh, ...en]) {
    const seconds = spokenSeconds(text);
    assert.ok(seconds >= 0.9 && seconds <= 1.6, `${text} ${seconds}`);
  }
});
