import assert from "node:assert/strict";
import { it } from "vitest";
import { type Breaker, createBreaker } from "./breaker.ts";

function fail(breaker: Breaker, now: number, times = 1): void {
  for (let i = 0; i < times; i++) {
    breaker.begin(now);
    breaker.failed(now);
  }
}

it("opens after three failures in a row", () => {
  const breaker = createBreaker();
  fail(breaker, 0, 2);
  breaker.succeeded();
  fail(breaker, 0, 2);
  assert.equal(breaker.allows(0), true);
  fail(breaker, 0);
  assert.equal(breaker.allows(0), false);
});

it("lets one try after a pause, and closes if that goes well", () => {
  const breaker = createBreaker();
  fail(breaker, 0, 3);
  assert.equal(breaker.allows(999), false);
  assert.equal(breaker.allows(1000), true);
  breaker.begin(1000);
  assert.equal(breaker.allows(1000), false, "one at a time");
  breaker.succeeded();
  assert.equal(breaker.allows(1000), true);
});

it("pauses twice as long after each trial that fails", () => {
  const breaker = createBreaker();
  fail(breaker, 0, 3);
  fail(breaker, 1000);
  assert.deepEqual([2999, 3000].map(breaker.allows), [false, true]);
  for (let now = 3000, i = 0; i < 10; i++, now += 30_000) fail(breaker, now);
  assert.deepEqual([302_999, 303_000].map(breaker.allows), [false, true]);
});

it("does not take work that began before it opened for its trial", () => {
  const breaker = createBreaker();
  fail(breaker, 0, 3);
  breaker.failed(900);
  assert.equal(breaker.allows(1000), true);
});

it("is tried again if its trial was called off", () => {
  const breaker = createBreaker();
  fail(breaker, 0, 3);
  breaker.begin(1000);
  breaker.ended();
  assert.equal(breaker.allows(1000), true);
});

it("opens at the first failure that leaves no doubt", () => {
  const breaker = createBreaker();
  breaker.trip(0);
  breaker.trip(500);
  assert.equal(breaker.isOpen, true);
  assert.equal(breaker.trialAt, 1000, "what was under way does not put the trial off");
  breaker.begin(1000);
  assert.equal(breaker.trialAt, undefined);
  breaker.trip(1000);
  assert.equal(breaker.trialAt, 3000);
});

it("pauses for as long as it would have, if the server was there and fails all the same", () => {
  const breaker = createBreaker();
  fail(breaker, 0, 3);
  breaker.reset();
  assert.deepEqual([breaker.isOpen, breaker.trialAt, breaker.allows(0)], [false, undefined, true]);
  fail(breaker, 100, 2);
  assert.equal(breaker.isOpen, false, "its failures are counted anew");
  fail(breaker, 100);
  assert.equal(breaker.trialAt, 2100);
  breaker.succeeded();
  breaker.trip(3000);
  assert.equal(breaker.trialAt, 4000);
});

it("opens again if a trial fails, be it the first failure that was counted", () => {
  const breaker = createBreaker();
  breaker.trip(0);
  fail(breaker, 1000);
  assert.deepEqual([breaker.trialAt, breaker.allows(2999), breaker.allows(3000)], [3000, false, true]);
});

it("takes nothing for its trial that begins before its pause is over", () => {
  const breaker = createBreaker();
  breaker.trip(0);
  breaker.begin(999);
  assert.deepEqual([breaker.trialAt, breaker.allows(1000)], [1000, true]);
});
