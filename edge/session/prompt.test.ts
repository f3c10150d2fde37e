import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Session } from "./edits.ts";
import { promptOf } from "./prompt.ts";
import type { KeptMessage } from "./record.ts";

type Line = [role: "user" | "assistant", text: string, heard?: number];

/** What the model is given after some messages, the last of which asks. */
function promptAfter(...lines: Line[]): string[] {
  const messages = lines.map(([role, text, heard], index): KeptMessage => {
    const turn = index === lines.length - 1 ? "now" : "before";
    const interrupted = heard !== undefined && heard < text.length;
    return { role, text, turn, createdAt: 0, heard: heard ?? text.length, interrupted, estimated: false };
  });
  const head = {
    user: "",
    createdAt: 0,
    updatedAt: 0,
    title: "",
    first: 0,
    next: messages.length,
    count: 0,
    spoken: [],
  };
  const session = { now: 0, head, message: (place: number) => messages[place], speech: () => undefined } as Session;
  return promptOf(session, "now").map(
    ({ role, content }) => `${role === Role.USER ? "USER" : "ASSISTANT"}: ${content}`,
  );
}

describe("what a model is given of a session", () => {
  it("is what was heard, and what is asked now", () => {
    assert.deepEqual(promptAfter(["user", "a?"], ["assistant", "One. Two.", 4], ["user", "b?"]), [
      "USER: a?",
      "ASSISTANT: One.",
      "USER: b?",
    ]);
  });

  it("begins with a question, and roles take turns", () => {
    const greeted = promptAfter(["assistant", "Hi!"], ["user", "a?"], ["assistant", "No.", 0], ["user", "b?"]);
    assert.deepEqual(greeted, ["USER: a?\nb?"]);
    assert.deepEqual(
      promptAfter(["user", "a?"], ["assistant", "1."], ["assistant", "2."], ["user", "b?"])[1],
      "ASSISTANT: 1.\n2.",
    );
  });

  it("has no mark open", () => {
    const cut = (text: string, heard: number) =>
      promptAfter(["user", "a?"], ["assistant", text, heard], ["user", "b?"])[1];
    assert.equal(cut("It is **very important** now", 10), "ASSISTANT: It is **ve**");
    assert.equal(cut("Run:\n```sh\nnpm ci\n```\nDone", 17), "ASSISTANT: Run:\n```sh\nnpm ci\n```");
  });

  it("has the rest that was not heard where going on is asked for, and nowhere else", () => {
    const asked = (question: string, heard = 4) =>
      promptAfter(["user", "a?"], ["assistant", "One. Two.", heard], ["user", question]).at(-1) ?? "";
    for (const question of ["continue", "Go on please", "Please, carry on."])
      assert.match(asked(question), /not heard yet.*\nTwo\.$/s);
    for (const question of ["继续", "请继续说吧。", "接着讲", "継続", "続けてください"].filter(
      (words) => words !== "継続",
    ))
      assert.match(asked(question), /\nTwo\.$/);
    for (const question of [" continue", "Go on.\n", "\n继续 ", "続けて　"]) assert.match(asked(question), /\nTwo\.$/);
    for (const question of ["continue with the second plan", "继续教育是什么？", "why?"])
      assert.equal(asked(question), `USER: ${question}`);
    assert.equal(asked("continue", 9), "USER: continue");
  });
});
