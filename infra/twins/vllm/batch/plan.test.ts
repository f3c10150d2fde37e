import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { planAnswer } from "./plan.ts";

const free = { maxTokens: 1000, stop: [], includeStop: false };

test("an answer ends by itself with a token that has no text", () => {
  assert.deepEqual(planAnswer("one two", free), {
    deltas: ["one", " two", ""],
    finishReason: "stop",
    stopReason: null,
  });
});

test("a limit cuts it, and the last token has text", () => {
  const cut = { deltas: ["one", " two"], finishReason: "length", stopReason: null };
  assert.deepEqual(planAnswer("one two", { ...free, maxTokens: 2 }), cut);
  assert.deepEqual(planAnswer("one two three", { ...free, maxTokens: 2 }), cut);
});

test("while a stop string may begin, text is held back", () => {
  const plan = planAnswer("one two three", { ...free, stop: ["XYZ!"] });
  assert.deepEqual(plan.deltas, ["", "one ", "two th", "ree"]);
  assert.equal(plan.stopReason, null);
});

test("a stop string ends it, and is left out unless asked for", () => {
  const stop = ["wo t"];
  assert.deepEqual(planAnswer("one two three", { ...free, stop }), {
    deltas: ["", "one ", "t"],
    finishReason: "stop",
    stopReason: "wo t",
  });
  assert.equal(planAnswer("one two three", { ...free, stop, includeStop: true }).deltas.join(""), "one two t");
});

test("whatever is asked for, the text is the answer up to its end", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "一", "😀") });
  fc.assert(
    fc.property(
      text,
      fc.array(fc.string({ unit: fc.constantFrom("a", "b", "一"), minLength: 1, maxLength: 3 })),
      fc.nat(20),
      (answer, stop, most) => {
        const maxTokens = most + 1;
        const plan = planAnswer(answer, { maxTokens, stop, includeStop: false });
        const said = plan.deltas.join("");
        assert.ok(answer.startsWith(said));
        assert.ok(plan.deltas.length <= maxTokens);
        assert.ok(plan.stopReason === null || !said.includes(plan.stopReason));
        assert.ok(plan.deltas.every((delta) => delta.isWellFormed()));
        if (plan.finishReason === "stop" && plan.stopReason === null) assert.equal(said, answer);
        if (plan.stopReason !== null) assert.ok(answer.startsWith(said + plan.stopReason));
      },
    ),
  );
});
