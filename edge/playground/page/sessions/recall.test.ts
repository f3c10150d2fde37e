import assert from "node:assert/strict";
import { create } from "@bufbuild/protobuf";
import { test } from "vitest";
import { Role, type SessionMessage, SessionMessageSchema } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import { createTurn, isRunning, stateOf } from "../turn/turn.ts";
import { recallTurns } from "./recall.ts";

const asked = (turnId: string, text: string) => create(SessionMessageSchema, { role: Role.USER, turnId, text });
const answered = (turnId: string, text: string, rest: Partial<SessionMessage> = {}) =>
  create(SessionMessageSchema, { role: Role.ASSISTANT, turnId, text, heardEnd: [...text].length, ...rest });

test("shows what was kept as it was heard, beyond the basic plane too", () => {
  const turns = recallTurns(
    [
      asked("a", "Hello"),
      answered("a", "Hi."),
      asked("b", "And?"),
      answered("b", "😀😀 rest", { heardEnd: 2, interrupted: true }),
    ],
    [],
  );
  assert.deepEqual(
    turns.map(({ question, written, heard, recalled }) => ({ question, written, heard, recalled })),
    [
      { question: "Hello", written: "Hi.", heard: 3, recalled: true },
      { question: "And?", written: "😀😀 rest", heard: 4, recalled: true },
    ],
  );
  assert.deepEqual(turns.map(stateOf), ["done", "stopped"]);
});

test("an answer that runs elsewhere runs here, until it is read again and has ended", () => {
  const running = [asked("a", "?"), answered("a", "One", { heardEnd: 0, running: true, interrupted: false })];
  const turns = recallTurns(running, []);
  assert.ok(isRunning(turns[0] ?? createTurn("", 0)));
  const again = recallTurns([asked("a", "?"), answered("a", "One two")], turns);
  assert.equal(again[0], turns[0], "it is the same turn");
  assert.deepEqual([again[0]?.written, again.map(stateOf)], ["One two", ["done"]]);
});

test("keeps the turns of this page, in the order in which they are kept, and what is kept nowhere", () => {
  const [own, unasked, trimmed] = [createTurn("mine", 0), createTurn("never answered", 0), createTurn("old", 0)];
  Object.assign(own, { id: "b", written: "Mine.", outcome: "completed", heard: 5 });
  Object.assign(unasked, { outcome: "failed" });
  Object.assign(trimmed, { id: "0", outcome: "completed" });
  const turns = recallTurns(
    [asked("a", "theirs"), answered("a", "Theirs."), asked("b", "mine"), answered("b", "Mine.", { heardEnd: 2 })],
    [trimmed, own, unasked],
  );
  assert.deepEqual(
    turns.map(({ question }) => question),
    ["old", "theirs", "mine", "never answered"],
  );
  assert.equal(own.heard, 5, "what was heard to its end here was heard");
});

test("of an answer that was stopped here what is kept counts: the model goes by it", () => {
  const own = createTurn("?", 0);
  Object.assign(own, { id: "a", written: "One two", outcome: "stopped", heard: 7 });
  recallTurns([asked("a", "?"), answered("a", "One two", { heardEnd: 3, interrupted: true })], [own]);
  assert.equal(own.heard, 3);
});

test("a text that was spoken without a question is a turn too", () => {
  const turns = recallTurns([answered("a", "Dinner is ready.")], []);
  assert.deepEqual([turns[0]?.question, turns[0]?.written], ["", "Dinner is ready."]);
});
