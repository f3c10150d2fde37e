import { Role, type SessionMessage } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import { createTurn, isRunning, type Turn } from "../turn/turn.ts";

/**
 * The turns of a stored conversation, oldest first: turns known to this page stay as they are, the others are rebuilt
 * from the stored messages.
 */
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
  // Turns that only this page knows are kept: at the beginning, turns whose messages the server has removed, as happens
  // in a long conversation; at the end, questions that were never answered.
  return [...others.filter(({ id }) => id !== ""), ...turns, ...others.filter(({ id }) => id === "")];
}

/**
 * Updates an answer from the stored message. If the answer was heard on this page, only the point where it was stopped
 * is taken from the message, since this page knows the rest better.
 */
function adopt(turn: Turn, { text, heardEnd, interrupted, running }: SessionMessage): void {
  if (turn.recalled) {
    turn.written = text;
    turn.outcome = running ? undefined : interrupted ? "stopped" : "completed";
  } else if (isRunning(turn) || turn.outcome !== "stopped" || turn.written !== text) return;
  turn.heard = [...text].slice(0, heardEnd).join("").length;
}
