import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import type { ChatMessage } from "../chat.ts";
import { cutHistory } from "./cut-history.ts";

const tokensOf = ({ content }: ChatMessage) => content.length;
const total = (messages: readonly ChatMessage[]) => messages.reduce((sum, message) => sum + tokensOf(message), 0);
const message = (role: ChatMessage["role"], tokens: number, name = "x"): ChatMessage => ({
  role,
  content: name.padEnd(tokens, ".").slice(0, tokens),
});

/** A conversation of so many exchanges, all of the same lengths, that ends with a question. */
function conversation(exchanges: number): ChatMessage[] {
  const turns = Array.from({ length: exchanges }, (_, i) => [
    message("user", 20, `q${i}`),
    message("assistant", 80, `a${i}`),
  ]);
  return [message("system", 50), ...turns.flat(), message("user", 20, "now")];
}

describe("history", () => {
  it("is left as it is while it fits", () => {
    const messages = conversation(9);
    assert.equal(cutHistory(messages, tokensOf, 970), messages);
  });

  it("loses whole exchanges, the oldest, until there is room for several turns", () => {
    const messages = conversation(10);
    const cut = cutHistory(messages, tokensOf, 970);
    assert.ok(total(cut) <= 0.7 * 970);
    assert.deepEqual(cut[0], messages[0]);
    assert.equal(cut[1]?.role, "user");
    assert.deepEqual(cut.slice(1), messages.slice(-cut.length + 1));
  });

  it("is cut above its budget, and to 70 % of it, not a message further", () => {
    const left = (exchanges: number, system: number, question: number, budget: number) => {
      const turns = conversation(exchanges).slice(1, -1);
      const messages = [message("system", system), ...turns, message("user", question)];
      return (cutHistory(messages, tokensOf, budget).length - 2) / 2;
    };
    // Ten exchanges of 100 tokens, what the system says, and a question.
    assert.deepEqual([left(10, 50, 20, 1070), left(10, 50, 20, 1069)], [10, 6]);
    // 700 of 1000 are 180, five exchanges and 20.
    assert.deepEqual([left(9, 180, 20, 1000), left(9, 180, 21, 1000)], [5, 4]);
  });

  it("counts the last exchange as far as it goes, and earlier ones by their questions", () => {
    const answered = [...conversation(2).slice(0, -1), message("user", 20), message("assistant", 80)];
    assert.equal(cutHistory(answered, tokensOf, 350), answered);
    assert.equal(cutHistory(answered, tokensOf, 349).length, 3, "244 are 50 and one exchange of 100");
    const early = [message("user", 10), message("assistant", 500), message("user", 10)];
    assert.deepEqual(cutHistory(early, tokensOf, 520), early);
    assert.deepEqual(cutHistory(early, tokensOf, 519), early.slice(2));
  });

  it("takes questions one after the other for one", () => {
    const messages = [message("user", 300), message("user", 10), message("assistant", 50), message("user", 10)];
    assert.equal(cutHistory(messages, tokensOf, 370), messages);
    assert.deepEqual(cutHistory(messages, tokensOf, 369), messages.slice(3));
  });

  it("is what the system says, if nobody asks", () => {
    const messages = [message("system", 500), message("system", 500)];
    assert.equal(cutHistory(messages, tokensOf, 10), messages);
  });

  it("begins alike for several turns after a cut", () => {
    const beginnings = Array.from(
      { length: 30 },
      (_, turn) => cutHistory(conversation(turn), tokensOf, 970)[1]?.content,
    );
    const changes = beginnings.filter((beginning, turn) => turn > 0 && beginning !== beginnings[turn - 1]).length;
    // Every turn from the tenth on would cut, if each cut only what it had to.
    assert.ok(changes > 2 && changes <= 8, `${changes}`);
  });

  it("keeps what the system said and the question, however long they are", () => {
    const messages = [message("system", 500), message("user", 10), message("assistant", 10), message("user", 900)];
    assert.deepEqual(cutHistory(messages, tokensOf, 100), [messages[0], messages[3]]);
  });

  it("keeps to the budget wherever it can, in order, and never parts an exchange", () => {
    const roles = fc.constantFrom("user" as const, "assistant" as const);
    const some = fc.array(fc.tuple(roles, fc.integer({ min: 1, max: 120 })), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.nat(80), some, fc.integer({ min: 50, max: 1500 }), (system, turns, budget) => {
        const messages = [
          message("system", system + 1),
          ...turns.map(([role, tokens], i) => message(role, tokens, `${i} `)),
        ];
        const cut = cutHistory(messages, tokensOf, budget);
        assert.deepEqual(cut[0], messages[0]);
        const rest = cut.slice(1);
        assert.deepEqual(rest, messages.slice(messages.length - rest.length));
        const fits = total(cut) <= budget;
        const users = rest.filter(({ role }, i) => role === "user" && i > 0 && rest[i - 1]?.role !== "user");
        assert.ok(fits || users.length === 0, "one exchange alone may be too long");
        if (cut !== messages) assert.ok(rest[0] === undefined || rest[0].role === "user");
      }),
    );
  });
});
