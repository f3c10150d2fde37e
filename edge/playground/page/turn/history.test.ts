import assert from "node:assert/strict";
import { test } from "vitest";
import { historyOf } from "./history.ts";

test("roles take turns, an unheard answer leaves none behind", () => {
  const turns = [
    { question: "a", answer: "A" },
    { question: "b", answer: " " },
    { question: "c", answer: "C " },
  ];
  assert.deepEqual(historyOf(turns), [
    { role: "user", content: "a" },
    { role: "assistant", content: "A" },
    { role: "user", content: "b\nc" },
    { role: "assistant", content: "C" },
  ]);
});

test("keeps the newest and begins with a question", () => {
  const turns = Array.from({ length: 150 }, (_, index) => ({ question: `q${index}`, answer: `a${index}` }));
  turns.push({ question: "last", answer: "" });
  const history = historyOf(turns);
  assert.equal(history.length, 199);
  assert.equal(history[0]?.role, "user");
  assert.equal(history.at(-1)?.content, "last");
});
