import assert from "node:assert/strict";
import { test } from "vitest";
import { createExpectation } from "./expectation.ts";

test("an answer may take as long as its tokens, and is let in where there is room for a usual one", () => {
  const rows: [maxTokens: number | undefined, least: number, most: number][] = [
    [undefined, 10, 10],
    [8, 2.8, 2.8],
    [28, 9.8, 9.8],
    [100, 10, 35],
    [8_192, 10, 2_867.2],
  ];
  for (const [maxTokens, leastSeconds, mostSeconds] of rows) {
    const audio = createExpectation().audioOf("", maxTokens);
    for (const [name, seconds] of Object.entries({ leastSeconds, mostSeconds }))
      assert.ok(Math.abs(audio[name as keyof typeof audio] - seconds) < 1e-9, `${maxTokens}: ${name}`);
  }
});

test("what is usual is learnt from what was sent, of each profile for itself", () => {
  const answers = createExpectation();
  for (let count = 0; count < 60; count++) answers.learn("long", 90);
  const { leastSeconds } = answers.audioOf("long", undefined);
  assert.ok(leastSeconds > 85 && leastSeconds <= 90, `${leastSeconds}`);
  answers.learn("long", 1);
  assert.ok(answers.audioOf("long", undefined).leastSeconds > 75, "one that is unlike the others does little");
  assert.equal(answers.audioOf("", undefined).leastSeconds, 10);
});
