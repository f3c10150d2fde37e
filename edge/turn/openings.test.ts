import assert from "node:assert/strict";
import { test } from "vitest";
import { Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { openingsIn, openingsUnused } from "./openings.ts";

const lists = { zh: ["让我想想。"], en: ["Good question."], "pt-BR": ["Boa pergunta."], pt: ["Pois bem."] };

test.each([
  ["zh", ["让我想想。"]],
  ["zh-CN", ["让我想想。"]],
  ["zh-Hans-SG", ["让我想想。"]],
  // Its readers write other characters.
  ["zh-TW", []],
  ["zh-Hant", []],
  ["en-US", ["Good question."]],
  ["pt-BR", ["Boa pergunta."]],
  ["pt-PT", ["Pois bem."]],
  ["sv", []],
  ["", []],
])("an answer in %s has its own openings", (language, openings) => {
  assert.deepEqual(openingsIn(lists, language), openings);
});

test("what one of the last five answers began with is not asked for again", () => {
  const openings = ["Good question.", "Let me think."];
  const turn = (content: string) => [
    { role: Role.USER, content: "Good question. And now?" },
    { role: Role.ASSISTANT, content },
  ];
  const history = (...answers: string[]) => [...answers.flatMap(turn), { role: Role.USER, content: "Why?" }];
  const others = ["It rains.", "It snows.", "It is hot.", "It is dry."];
  assert.deepEqual(openingsUnused(openings, history(...others)), openings);
  assert.deepEqual(openingsUnused(openings, history("Good question. It is blue.", ...others)), ["Let me think."]);
  assert.deepEqual(openingsUnused(openings, history("good question! It is.")), ["Let me think."]);
  assert.deepEqual(openingsUnused(openings, history("Good question. It is.", ...others, "It is wet.")), openings);
  assert.deepEqual(openingsUnused(openings, history("It is a good question.")), openings);
  assert.deepEqual(openingsUnused(openings, [{ toolCallId: "1", content: "Good question." }]), openings);
});
