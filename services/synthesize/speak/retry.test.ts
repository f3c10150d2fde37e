import assert from "node:assert/strict";
import { test } from "vitest";
import { EngineError } from "../../common/errors/engine-error.ts";
import { nextStep, type ReadingResult, signOf } from "./retry.ts";

const broken = new EngineError("broken", "it failed");
const empty = new EngineError("empty", "it sent no audio");
const misshapen = new EngineError("misshapen", "it sent a page");
const cut = new EngineError("unreachable", "it was cut off");
const unsent = new EngineError("unreachable", "it was not there", { unsent: true });
const busy = new EngineError("overloaded", "it has too much to do");
const stalled = new EngineError("stalled", "it said nothing");
const silent = new EngineError("silent", "it fell silent");
const refused = new EngineError("rejected", "it did not take the request");
const denied = new EngineError("unauthorized", "it did not take the key");

function after(result: Partial<ReadingResult>) {
  const usual = {
    fault: undefined,
    passedOn: false,
    failures: 0,
    losses: 0,
    others: false,
    overdue: false,
    trial: false,
    wanted: true,
  };
  return nextStep({ ...usual, ...result });
}

test("a reading that went well is kept", () => {
  assert.equal(after({}), "keep");
  assert.equal(after({ passedOn: true }), "keep");
});

test("what broke, is no audio or sounds wrong is read again, once, and costs this segment", () => {
  for (const fault of [broken, empty, misshapen, "silent", "short", "long"] as const) {
    assert.deepEqual(after({ fault }), { retry: "failure" });
    assert.equal(after({ fault, failures: 1 }), "keep");
  }
});

test("what never reached a worker, or came too early for one, uses up nothing", () => {
  for (const fault of [unsent, busy]) assert.deepEqual(after({ fault, failures: 1, losses: 9 }), { retry: "free" });
});

test("what has waited for as long as it may is not asked for once more: the text ends", () => {
  for (const fault of [unsent, busy]) assert.equal(after({ fault, overdue: true, others: true }), "giveUp");
});

test("what was lost with its worker is read again, but not for ever", () => {
  assert.deepEqual(after({ fault: cut, failures: 1 }), { retry: "loss" });
  assert.deepEqual(after({ fault: cut, losses: 2 }), { retry: "loss" });
  assert.equal(after({ fault: cut, losses: 3 }), "keep");
  for (const fault of [stalled, silent]) {
    assert.deepEqual(after({ fault, others: true }), { retry: "loss" });
    assert.deepEqual(after({ fault, others: true, losses: 2 }), { retry: "loss" });
    assert.equal(after({ fault, others: true, losses: 3 }), "keep");
  }
});

test("a worker's trial uses up nothing, as long as another can read instead", () => {
  for (const fault of [broken, misshapen, denied] as const) {
    assert.deepEqual(after({ fault, trial: true, others: true, failures: 1 }), { retry: "free" });
    assert.notDeepEqual(after({ fault, trial: true, failures: 1 }), { retry: "free" });
  }
});

test("what somebody has heard is not read again", () => {
  for (const fault of [broken, cut, unsent, busy, stalled, refused, "long"] as const)
    assert.equal(after({ fault, passedOn: true, others: true }), "keep");
});

test("a fault that the next segment would meet too ends the text, unless another worker may do better", () => {
  for (const fault of [refused, denied, stalled, silent]) assert.equal(after({ fault }), "giveUp");
  for (const fault of [refused, denied]) {
    assert.deepEqual(after({ fault, others: true }), { retry: "failure" });
    assert.equal(after({ fault, others: true, failures: 1 }), "giveUp");
  }
  assert.equal(after({ fault: new Error("of our own"), others: true }), "giveUp");
});

test("nothing is done for nobody", () => {
  for (const fault of [undefined, broken, refused, unsent, "silent"] as const)
    assert.equal(after({ fault, wanted: false }), "abandon");
});

test("a reading tells of its worker: not there, silent, wrong, or to be left alone for a while", () => {
  for (const [fault, sign] of [
    [undefined, "well"],
    ["silent", "well"],
    [broken, "failed"],
    [empty, "failed"],
    [refused, "failed"],
    [misshapen, "wrong"],
    [denied, "wrong"],
    [cut, "unreachable"],
    [unsent, "unreachable"],
    [busy, "busy"],
    [stalled, "silent"],
    [silent, "silent"],
    [new Error(), "nothing"],
  ] as const)
    assert.equal(signOf(fault).sign, sign);
  assert.equal(signOf(busy).pauseMs, undefined);
  assert.equal(signOf(new EngineError("overloaded", "", { retryDelayMs: 7000 })).pauseMs, 7000);
  assert.equal(signOf(new EngineError("broken", "", { retryDelayMs: 500 })).pauseMs, 500);
  assert.equal(signOf(broken).pauseMs, undefined);
});
