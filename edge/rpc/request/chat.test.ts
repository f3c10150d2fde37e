import assert from "node:assert/strict";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, it } from "vitest";
import { Failure } from "../../errors.ts";
import {
  ChatRequestSchema,
  OutputEncoding,
  ReportPlaybackRequestSchema,
  Role,
  SubmitChatRequestSchema,
} from "../../gen/duet/assistant/v1/assistant_pb.ts";
import { checkTurnId, readReport } from "../validate.ts";
import { checkChat, checkSubmit } from "./chat.ts";

function faultsOf(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    return (error.details.fields ?? []).map(({ field, reason }) => `${field} ${reason}`);
  }
}

type Fields = MessageInitShape<typeof ChatRequestSchema>;
const rows: [allowed: Fields, refused: Fields, fault: string][] = [
  [{ text: "a".repeat(8_000) }, { text: "a".repeat(8_001) }, "text TOO_LONG"],
  [{}, { text: "" }, "text NOT_SPEAKABLE"],
  [{ userId: "u" }, { userId: "u v" }, "user_id INVALID_FORMAT"],
  [{ history: [{ role: Role.USER, content: "a" }] }, { history: [{ role: Role.USER }] }, "history[0].content REQUIRED"],
  [{ instructions: "a".repeat(32_000) }, { instructions: "a".repeat(32_001) }, "instructions TOO_LONG"],
  [{ language: "zh" }, { language: "?" }, "language INVALID_FORMAT"],
  [{ generation: { topP: 1 } }, { generation: { topP: 2 } }, "generation.top_p OUT_OF_RANGE"],
  [
    { output: { encoding: OutputEncoding.MP3 } },
    { output: { encoding: 99 as OutputEncoding } },
    "output.encoding UNKNOWN_VALUE",
  ],
];

describe("a question whose speech is stored", () => {
  it.each(rows)("may hold %j, and not %j", (allowed, refused, fault) => {
    const chat = (fields: Fields) => create(ChatRequestSchema, { text: "Yes?", ...fields });
    const job = (fields: Fields) => create(SubmitChatRequestSchema, { chat: chat(fields) });
    assert.deepEqual(
      [allowed, refused].map((fields) => faultsOf(() => checkChat(chat(fields)))),
      [[], [fault]],
    );
    assert.deepEqual(
      [allowed, refused].map((fields) => faultsOf(() => checkSubmit(job(fields)))),
      [[], [`chat.${fault}`]],
    );
  });

  it("belongs to a session if it is answered at once, and to none as a job", () => {
    const chat = create(ChatRequestSchema, { text: "Yes?", sessionId: "s" });
    assert.deepEqual(
      faultsOf(() => checkChat(chat)),
      [],
    );
    assert.deepEqual(
      faultsOf(() => checkSubmit(create(SubmitChatRequestSchema, { chat }))),
      ["chat.session_id NOT_ALLOWED"],
    );
  });

  it("is what a job holds, under a name or none", () => {
    const chat = create(ChatRequestSchema, { text: "Yes?" });
    const submit = (requestId: string) => checkSubmit(create(SubmitChatRequestSchema, { chat, requestId }));
    for (const requestId of ["", "a._-9"]) assert.equal(submit(requestId).text, "Yes?");
    assert.deepEqual(
      faultsOf(() => submit("a b")),
      ["request_id INVALID_FORMAT"],
    );
    assert.deepEqual(
      faultsOf(() => checkSubmit(create(SubmitChatRequestSchema))),
      ["chat REQUIRED"],
    );
  });
});

it("a report names a turn, and how far it was heard", () => {
  const report = (fields: MessageInitShape<typeof ReportPlaybackRequestSchema>) =>
    faultsOf(() => readReport(create(ReportPlaybackRequestSchema, fields)));
  assert.deepEqual(report({ turnId: "t", played: {} }), []);
  assert.deepEqual(report({ turnId: "t" }), ["played REQUIRED"]);
  assert.deepEqual(report({ played: {} }), ["turn_id REQUIRED"]);
  assert.deepEqual(
    faultsOf(() => checkTurnId("t")),
    [],
  );
});
