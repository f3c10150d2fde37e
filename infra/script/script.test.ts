import assert from "node:assert/strict";
import { test } from "vitest";
import { answerTo, scriptQuestions } from "./script.ts";

test("each language has every kind of answer", () => {
  for (const language of ["zh", "en"] as const) {
    const answers = scriptQuestions.filter((entry) => entry.language === language).map(({ answer }) => answer);
    assert.equal(answers.length, 6);
    assert.equal(answers.filter((answer) => answer.includes("```python")).length, 1);
    assert.equal(answers.filter((answer) => answer.includes("| --- |")).length, 1);
    assert.equal(answers.filter((answer) => answer.includes("\n1. ")).length, 1);
    assert.equal(answers.filter((answer) => answer.includes("DUET_VLLM_URL")).length, 1);
    for (const answer of answers)
      assert.ok((answer.split(/[。.!！\n]/)[0]?.length ?? 99) < 60, "the first sentence is short");
  }
});

test("a question is known by its letters alone, or by its label", () => {
  for (const { question, label, answer } of scriptQuestions) {
    assert.equal(answerTo(` ${question.toUpperCase().replace(/[？?。.]/g, "")} !`), answer);
    assert.equal(answerTo(label), answer);
  }
});

test("of any other it says, in its language, what it knows", () => {
  const [chinese, english] = [answerTo("明天会下雨吗？"), answerTo("Will it rain tomorrow?")];
  for (const { language, question } of scriptQuestions) {
    assert.equal(chinese.includes(question), language === "zh");
    assert.equal(english.includes(question), language === "en");
  }
  assert.ok(chinese.includes("DUET_VLLM_URL") && english.includes("DUET_VLLM_URL"));
});
