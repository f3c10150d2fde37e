import type { ChatMessage } from "../chat.ts";

/**
 * The fraction of the budget that is filled right after a cut: the rest leaves room for several more turns with the
 * same prefix.
 */
const filled = 0.7;

/**
 * The part of a conversation to send, so that its prompt fits into `budget` tokens: the leading system messages, and
 * the newest exchanges. Whole exchanges are dropped, oldest first. Once any have to be dropped, enough are dropped that
 * the rest fills at most 70 % of the budget: then the next turns keep the same prefix, which is in the prefix cache.
 * The cut depends on the conversation alone: it is computed by replaying every turn from the first, so the next turn
 * cuts at the same place. The system messages and the last message are always sent.
 */
export function cutHistory(
  messages: readonly ChatMessage[],
  tokensOf: (message: ChatMessage) => number,
  budget: number,
): readonly ChatMessage[] {
  const firstTurn = messages.findIndex(({ role }) => role !== "system");
  if (firstTurn === -1) return messages;
  const head = messages.slice(0, firstTurn);
  const fixed = head.reduce((sum, message) => sum + tokensOf(message), 0);
  const exchanges = toExchanges(messages.slice(firstTurn));
  const counts = exchanges.map((exchange) => exchange.map(tokensOf));
  const all = counts.map(sum);

  let start = 0;
  let kept = fixed;
  for (const [turn, [question = 0]] of counts.entries()) {
    // The tokens of this turn in its own prompt: at an earlier turn only the question, at the last turn everything.
    const asked = turn === counts.length - 1 ? (all[turn] as number) : question;
    if (kept + asked > budget)
      while (start < turn && kept + asked > filled * budget) {
        kept -= all[start] as number;
        start++;
      }
    kept += all[turn] as number;
  }
  return start === 0 ? messages : [...head, ...exchanges.slice(start).flat()];
}

/** Splits messages into exchanges: each is a question and everything that follows it, up to the next question. */
function toExchanges(messages: readonly ChatMessage[]): ChatMessage[][] {
  const exchanges: ChatMessage[][] = [];
  for (const message of messages) {
    const last = exchanges.at(-1);
    if (last === undefined || (message.role === "user" && last.at(-1)?.role !== "user")) exchanges.push([message]);
    else last.push(message);
  }
  return exchanges;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
