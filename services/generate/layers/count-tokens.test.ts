import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { ChatMessage } from "../chat.ts";
import { createTokenCount } from "./count-tokens.ts";

const user = (content: string): ChatMessage => ({ role: "user", content });
const assistant = (content: string): ChatMessage => ({ role: "assistant", content });
const usage = (promptTokens: number, completionTokens: number) => ({ promptTokens, completionTokens, cachedTokens: 0 });

describe("the count of tokens", () => {
  it("guesses about what tokenizers make", () => {
    const count = createTokenCount();
    const near = (text: string, tokens: number) => {
      const guess = count.of(user(text)) - 5;
      assert.ok(guess > 0.7 * tokens && guess < 1.4 * tokens, `${guess} for ${tokens}`);
    };
    near("The museum opens at nine in the morning on weekdays and tickets are cheap.", 15);
    near("博物馆平日上午九点开门，门票很便宜，欢迎大家前来参观。", 17);
  });

  it("is true for a prompt that an engine has counted, and for what begins with it but for the rest", () => {
    const count = createTokenCount();
    const first = [user("Tell me of ships.")];
    count.learn(first, "Ships sail.", usage(777, 6));
    assert.deepEqual(count.ofPrompt(first), { tokens: 777, exact: true });
    const second = [...first, assistant("Ships sail."), user("More?")];
    const guess = count.ofPrompt(second);
    assert.equal(guess.exact, false);
    assert.ok(guess.tokens > 777 + 6 && guess.tokens < 777 + 40, `${guess.tokens}`);
  });

  it("learns what each message has from how prompts grow", () => {
    const count = createTokenCount();
    const first = [user("a")];
    count.learn(first, "b", usage(20, 8));
    const second = [...first, assistant("b"), user("c")];
    count.learn(second, "d", usage(20 + 12 + 50, 8));
    assert.equal(count.of(assistant("b")), 12);
    assert.equal(count.of(user("c")), 50);
  });

  it("guesses better after a while with a tokenizer of another kind", () => {
    const count = createTokenCount();
    const text = (i: number) => `question number ${i} about the harbour and the winds`;
    const before = count.of(user(text(1000)));
    for (let i = 0; i < 40; i++) count.learn([user(text(i))], "", usage(2 * count.of(user(text(i))), 0));
    assert.ok(count.of(user(text(1001))) > 1.5 * before);
  });

  it("is remembered of the last 8192 messages that were asked for", () => {
    const count = createTokenCount();
    const asked = user("Tell me of ships.");
    count.learn([asked], "", usage(500, 0));
    let other = 0;
    const askForOthers = (many: number) => {
      for (let i = 0; i < many; i++) count.of(user(`${other++}`));
    };
    for (let round = 0; round < 2; round++) {
      askForOthers(8191);
      assert.equal(count.of(asked), 497);
    }
    askForOthers(8192);
    assert.ok(count.of(asked) < 50, "it is guessed again");
    // An answer that is given again counts as asked for.
    count.learn([user("And now?")], "Ships sail.", usage(600, 30));
    askForOthers(5000);
    count.learn([user("And then?")], "Ships sail.", usage(600, 40));
    askForOthers(5000);
    assert.equal(count.of(assistant("Ships sail.")), 44);
  });

  it("guesses each character by its kind", () => {
    const count = createTokenCount();
    const guess = (text: string) => count.of(user(text)) - 5;
    const rows: [text: string, tokens: number][] = [
      ["", 0],
      ["a".repeat(400), 100],
      ["é".repeat(400), 100],
      ["Ж".repeat(400), 100],
      ["1".repeat(100), 100],
      ["!".repeat(100), 100],
      [" ".repeat(2000), 100],
      ["好".repeat(1000), 700],
      ["あ".repeat(1000), 700],
      ["⺀".repeat(1000), 700],
      ["\u2e7f".repeat(1000), 1000],
      ["𠮷".repeat(1000), 700],
      ["a", 1],
    ];
    for (const [text, tokens] of rows)
      assert.ok(Math.abs(guess(text) - tokens) <= 1, `${guess(text)} for ${tokens} of ${text.slice(0, 2)}`);
    const calls = [{ id: "c", name: "get", arguments: "1".repeat(100) }];
    assert.ok(count.of({ role: "assistant", content: "", toolCalls: calls }) > 105);
  });

  it("moves its guesses by a fifth of what a prompt shows, which is at most four times as much or as little", () => {
    const guessAfter = (times: number) => {
      const count = createTokenCount();
      const asked = [user("a".repeat(400))];
      count.learnPrompt(asked, 3 + 105 * times);
      return count.of(user("b".repeat(400))) - 5;
    };
    assert.deepEqual([2, 4, 10, 0.5, 0.25, 0.1].map(guessAfter), [120, 160, 160, 90, 85, 85]);
  });

  it("shares what a prompt has more or less among what was guessed of it", () => {
    const [a, b, c] = ["a", "b", "c"].map((letter, i) => user(letter.repeat(400 * (i + 1)))) as [
      ChatMessage,
      ChatMessage,
      ChatMessage,
    ];
    const count = createTokenCount();
    assert.deepEqual([count.of(a), count.of(b)], [105, 205]);
    assert.equal(count.guessedOf([a, b]), 310);
    count.learnPrompt([a, b], 3 + 620);
    assert.deepEqual([count.of(a), count.of(b), count.guessedOf([a, b])], [210, 410, 0]);
    // What is alone is counted, and keeps its count from then on.
    count.learnPrompt([a], 3 + 100);
    assert.equal(count.of(a), 100);
    count.learnPrompt([b, a], 3 + 400);
    assert.deepEqual([count.of(b), count.of(a)], [300, 100]);
    // If all of it is counted, the last message takes what is left.
    count.learnPrompt([b, a], 3 + 450);
    const before = count.of(c);
    count.learnPrompt([a, b], 3 + 150);
    assert.deepEqual([count.of(a), count.of(b), count.of(c)], [100, 300, before], "the prompt is known");
    count.learnPrompt([b], 3 + 310);
    assert.equal(Math.round(count.of(b)), 310);
    count.learnPrompt([a, a], 3 + 150);
    assert.equal(count.of(a), 50);
  });

  it("is at least that of a template for each message, and nothing is learnt from nothing", () => {
    const count = createTokenCount();
    const asked = user("a".repeat(400));
    for (const none of [0, -1]) count.learn([asked], "b", usage(none, 7));
    assert.deepEqual(count.ofPrompt([asked]), { tokens: 108, exact: false });
    assert.notEqual(count.of(assistant("b")), 11);
    count.learn([asked], "c", usage(108, 0));
    assert.equal(count.of(assistant("c")), 6, "it is guessed");
    const other = user("d".repeat(400));
    count.learnPrompt([other], 4);
    assert.equal(count.of(other), 5);
  });
});
