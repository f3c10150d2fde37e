import { Role, type SessionMessage } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import { createTurn, isRunning, type Turn } from "../turn/turn.ts";

/** The turns of a conversation that the server keeps, oldest first: those that this page knows as it knows them, the others as they were kept. */
export function recallTurns(messages: readonly SessionMessage[], known: readonly Turn[]): Turn[] {
  const kept = new Map<string, { question?: SessionMessage; answer?: SessionMessage }>();
  for (const message of messages) {
    const turn = kept.get(message.turnId) ?? {};
    kept.set(
      message.turnId,
      message.role === Role.USER ? { ...turn, question: message } : { ...turn, answer: message },
    );
  }
  const turns = [...kept].map(([id, { question, answer }]) => {
    const own = known.find((turn) => turn.id === id);
    const turn = own ?? createTurn(question?.text ?? "", 0, { recalled: true });
    turn.id = id;
    if (answer !== undefined) adopt(turn, answer);
    return turn;
  });
  const others = known.filter((turn) => !turns.includes(turn));
  // A conversation that has grown long loses its beginning. A question that never came to its answer is kept nowhere else.
  return [...others.filter(({ id }) => id !== ""), ...turns, ...others.filter(({ id }) => id === "")];
}

/** Takes over what is kept of an answer. Of one that was heard on this page only where it was stopped: the rest is known better here. */
function adopt(turn: Turn, { text, heardEnd, interrupted, running }: SessionMessage): void {
  if (turn.recalled) {
    turn.written = text;
    turn.outcome = running ? undefined : interrupted ? "stopped" : "completed";
  } else if (isRunning(turn) || turn.outcome !== "stopped" || turn.written !== text) return;
  turn.heard = [...text].slice(0, heardEnd).join("").length;
}
