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

  it("leaves out what is blank", () => {
    assert.deepEqual(promptAfter(["user", " \n"], ["assistant", "Hm?"], ["user", "a?"]), ["USER: a?"]);
    assert.deepEqual(promptAfter(["user", "a?"], ["assistant", " One.", 1], ["user", "b?"]), ["USER: a?\nb?"]);
  });

  it("has no mark open", () => {
    const rows: [heard: string, rest: string, given: string][] = [
      ["It is **ve", "ry important** now", "It is **ve**"],
      ["It is **very ", "important** now", "It is **very**"],
      ["It is **very important** ", "now", "It is **very important** "],
      ["It is **very** ", "**good**", "It is **very** "],
      ["Run:\n```sh\nnpm ci", "\n```\nDone", "Run:\n```sh\nnpm ci\n```"],
      ["Run:\n```sh\nnpm ci\n", "```\nDone", "Run:\n```sh\nnpm ci\n```"],
      ["Run:\n```sh\nnpm ci\n```\n", "Done", "Run:\n```sh\nnpm ci\n```\n"],
      ["```\n**", "\n```", "```\n**\n```"],
      ["Three ``` in a line ", "are no code.", "Three ``` in a line "],
    ];
    for (const [heard, rest, given] of rows)
      assert.equal(
        promptAfter(["user", "a?"], ["assistant", heard + rest, heard.length], ["user", "b?"])[1],
        `ASSISTANT: ${given}`,
      );
  });

  describe("has the rest that was not heard", () => {
    const heard = "One. ";
    const asked = (question: string, rest = "Two. ") =>
      promptAfter(["user", "a?"], ["assistant", heard + rest, heard.length], ["user", question]).at(-1);

    it("where going on is asked for, with a note in the language in which it is", () => {
      const inEnglish = "(Your last answer was cut off. This is the rest of it, not heard yet; go on from here:)";
      const inChinese = "（你上一个回答被打断了。下面是还没有听到的部分，请从这里接着说：）";
      const inJapanese =
        "（前の回答は途中で止まりました。まだ聞かれていない続きは次のとおりです。ここから続けてください。）";
      for (const [note, questions] of [
        [inEnglish, "continue|Continue.|Go on please|Please, carry on.|please go ahead!|keep going!!|carry on talking"],
        [inEnglish, "continue where you left off|Go on from there.| continue |Go on.\n|please continue speaking"],
        [
          inChinese,
          "继续|继续。|继续！|请继续说吧。|接着讲|往下说|你继续吧|繼續說|請接著講下去|往下念|继续读下去呀～|接着来啊|\n继续 ",
        ],
        [inJapanese, "続けて|続けて　|続けてください。|続き|続きをお願いします|続きを話して下さい|続きを教えて！"],
      ] as const)
        for (const question of questions.split("|"))
          assert.equal(asked(question), `USER: ${question}\n${note}\nTwo.`, question);
    });

    it("and nowhere else", () => {
      for (const question of [
        "why?",
        "continue with the second plan",
        "Should I continue",
        "continue?",
        "Please do not go on",
        "继续教育是什么？",
        "我想继续",
        "继续吗？",
        "说下去的人",
        "続けて何をしますか",
        "この続き",
        "続きは何ですか",
      ])
        assert.equal(asked(question), `USER: ${question}`);
    });

    it("only where something is left of an answer that was interrupted, and it was the last", () => {
      assert.equal(asked("continue", ""), "USER: continue");
      assert.equal(asked("continue", " \n"), "USER: continue");
      const later = promptAfter(
        ["user", "a?"],
        ["assistant", "One. Two.", 4],
        ["user", "b?"],
        ["assistant", "Three."],
        ["user", "continue"],
      );
      assert.equal(later.at(-1), "USER: continue");
      assert.deepEqual(promptAfter(["user", "continue"]), ["USER: continue"]);
    });
  });
});
