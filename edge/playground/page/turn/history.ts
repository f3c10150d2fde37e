/** A turn as the next one remembers it. */
export interface Remembered {
  /** What was asked. */
  readonly question: string;
  /** What of the answer was heard; all of it, unless it was broken off. */
  readonly answer: string;
}

/** A message of the history. */
export interface Spoken {
  readonly role: "user" | "assistant";
  readonly content: string;
}

const maxMessages = 200;

/**
 * The conversation before the next question, oldest first: the newest that the wire takes, beginning with a question.
 * Roles take turns, as chat templates want it: a question that was never answered joins the next one.
 */
export function historyOf(turns: readonly Remembered[]): Spoken[] {
  const messages: { role: Spoken["role"]; content: string }[] = [];
  for (const { question, answer } of turns) {
    const last = messages.at(-1);
    if (last?.role === "user") last.content += `\n${question}`;
    else messages.push({ role: "user", content: question });
    if (answer.trim() !== "") messages.push({ role: "assistant", content: answer.trim() });
  }
  const kept = messages.slice(-maxMessages);
  return kept[0]?.role === "assistant" ? kept.slice(1) : kept;
}
