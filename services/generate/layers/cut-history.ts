import type { ChatMessage } from "../chat.ts";

/** After a cut this share of the budget is filled: room for several turns in which the beginning stays the same. */
const filled = 0.7;

/**
 * What of a conversation is sent so that its prompt keeps to `budget` tokens: what it begins with in the system's role, and the
 * newest exchanges. Exchanges go whole and oldest first, and once some have to go, as many as bring it down to 70 %: so
 * the prompt begins alike for several turns, and is found in the prefix cache. Where the cut lies depends on the conversation alone, as if
 * every turn had been seen; so the next turn cuts at the same place. The last message is always sent, with what the system said.
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
    // The prompt of that turn ended with its question; that of the last turn, with all there is.
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

/** A question with all that follows it, up to the next. */
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
