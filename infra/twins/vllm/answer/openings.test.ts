import assert from "node:assert/strict";
import { test } from "vitest";
import { hold } from "./held.ts";
import { createOpeningHabit, openingsAsked } from "./openings.ts";

const prompt = (n = 0) =>
  `Why ${n}?\n\nIf one of these fits, begin your answer with it:\n- Good question.\n- Let me think.`;

test("finds the openings that a prompt asks for, in either language", () => {
  assert.deepEqual(openingsAsked(prompt()), ["Good question.", "Let me think."]);
  assert.deepEqual(openingsAsked("为什么？\n\n如果合适，请以下面的一句开头：\n- 让我想想。\n- 问得很好。\n"), [
    "让我想想。",
    "问得很好。",
  ]);
  for (const none of ["Why?", "Begin.", "We begin here: now", "List:\n- Good question."])
    assert.deepEqual(openingsAsked(none), [], none);
});

test.each([
  [1, 10],
  [0.6, 6],
  [0.5, 5],
  [0, 0],
])("follows in a share of %d", (share, count) => {
  const habit = createOpeningHabit(share);
  const answers = Array.from({ length: 10 }, (_, n) => habit.begin("It is.", prompt(n)));
  assert.equal(answers.filter((answer) => /^(?:Good question|Let me think)\. It is\.$/.test(answer)).length, count);
  assert.equal(answers.filter((answer) => answer === "It is.").length, 10 - count);
  assert.equal(habit.begin("It is.", "Why?"), "It is.", "nobody asked");
});

test("a form holds whatever was to be said", () => {
  const openings = { type: "regex", pattern: "(?:Good question\\.|Let me think\\.)(?:.|\\n)*" } as const;
  assert.equal(hold("It is.", openings), "Good question.It is.");
  assert.equal(hold("Let me think. It is.\nSo.", openings), "Let me think. It is.\nSo.");
  assert.equal(hold("It is.", { type: "regex", pattern: "\\d{3}" }), "000");
  assert.equal(hold("yes", { type: "choice", choices: ["no", "yes"] }), "yes");
  assert.equal(hold("maybe", { type: "choice", choices: ["no", "yes"] }), "no");
  assert.equal(hold('{"a":2}', { type: "json", schema: {} }), '{"a":2}');
  assert.equal(hold("It is.", { type: "json", schema: { type: "array" } }), "[]");
});
