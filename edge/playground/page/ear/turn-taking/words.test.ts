import assert from "node:assert/strict";
import { test } from "vitest";
import { isEchoOf } from "./echo.ts";
import { endsAfterMs } from "./ending.ts";
import { createEnergyGate } from "./gate.ts";

for (const [ms, texts] of [
  [300, ["What is Duet?", "今天天气怎么样？", "Tell me a story.", "He said “stop.”", "好的。", "The price is 5."]],
  [500, ["what is duet", "今天天气怎么样", "stop", "对", "hand"]],
  [
    1500,
    [
      "I would like to",
      "I would like to.",
      "我想问，",
      "因为",
      "因为。",
      "Um.",
      "那个",
      "so...",
      "还有……",
      "My name is",
      "and",
    ],
  ],
] as const)
  for (const text of texts) test(`“${text}” ends after ${ms} ms of silence`, () => assert.equal(endsAfterMs(text), ms));

const played = "The river runs on, past fields and towns, and it never comes back. 它流过田野和城镇。";
for (const [said, isEcho] of [
  ["past fields and towns", true],
  ["Past fields, and TOWNS and it never", true],
  ["past the fields and town and it never", true],
  ["它流过田野和城镇", true],
  ["What is the capital of France?", false],
  ["towns and fields past", false],
  ["Stop!", false],
  ["它在哪里？", false],
  ["The river runs on, but where does it end up after that?", false],
  ["", false],
] as const)
  test(`“${said}” is ${isEcho ? "" : "not "}what was played`, () => assert.equal(isEchoOf(said, played), isEcho));

test("the gate lets through what is louder than the room, and the pauses after it", () => {
  const gate = createEnergyGate();
  const run = (count: number, loudness: number) => Array.from({ length: count }, () => gate(loudness));
  assert.ok(!run(100, 0.0005).includes(true), "a silent room");
  assert.deepEqual(run(3, 0.05), [true, true, true]);
  assert.ok(run(20, 0.0005).every(Boolean), "a pause");
  assert.equal(run(40, 0.0005).at(-1), false);
});

test("a fan closes the gate again after a while, and a voice over it opens it", () => {
  const gate = createEnergyGate();
  for (let n = 0; n < 31; n++) gate(0.0005);
  for (let n = 0; n < 31 * 25; n++) gate(0.02);
  assert.equal(gate(0.02), false);
  assert.equal(gate(0.06), true);
});
