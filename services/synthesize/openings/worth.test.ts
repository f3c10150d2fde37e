import assert from "node:assert/strict";
import { it } from "vitest";
import { isWorthIt } from "./worth.ts";

/** First text after 60 ms, 60 more for each second that is written. */
const forecast = (firstWordsMs: number, followMs: number) => ({
  firstWordsMs: () => firstWordsMs,
  followMs: () => followMs,
  writtenMs: (seconds: number) => 60 + 60 * seconds,
});

const rows: [what: string, seconds: number, firstWordsMs: number, followMs: number, fromMs: number, worth: boolean][] =
  [
    ["first words are late, and come no later for it", 1, 1000, 400, 600, true],
    ["first words come 149 ms later for it", 0.988, 959, 400, 600, true],
    ["first words come 151 ms later for it", 0.99, 959, 400, 600, false],
    ["first words are there in time without it", 0.5, 600, 0, 600, false],
    ["first words are late by a millisecond", 0.5, 601, 0, 600, true],
    ["it is asked for whatever it holds up", 1, 300, 400, 0, true],
    ["its sound just lasts until words are there", 1, 300, 1000, 0, true],
    ["its sound ends before words are there, however it is asked for", 1, 300, 1001, 0, false],
    ["its sound ends before words are there, on an engine that is busy", 1, 1500, 1001, 600, false],
  ];
for (const [what, seconds, firstWordsMs, followMs, fromMs, worth] of rows)
  it(`${worth ? "takes" : "leaves"} an opening where ${what}`, () => {
    assert.equal(isWorthIt(seconds, forecast(firstWordsMs, followMs), fromMs), worth);
  });
