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
});
