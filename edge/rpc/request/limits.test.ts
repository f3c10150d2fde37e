/** Each limit of a request from both sides, and that what a refusal says holds no word of the caller's. */
import assert from "node:assert/strict";
import { create, type DescMessage, type MessageInitShape } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import fc from "fast-check";
import { describe, it } from "vitest";
import { Failure } from "../../errors.ts";
import {
  ConverseRequestSchema,
  ListSessionsRequestSchema,
  OpenerMode,
  Role,
  SpeakRequestSchema,
  ThinkingMode,
  TranscribeRequestSchema,
} from "../../gen/duet/assistant/v1/assistant_pb.ts";
import { checkConverse, checkListSessions, checkSessionId, checkSpeak, checkTranscribe } from "../validate.ts";

/** The fields that a check finds wrong, each with its reason. */
function faultsOf(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    return (error.details.fields ?? []).map(({ field, reason }) => `${field} ${reason}`);
  }
}
const converse = (fields: MessageInitShape<typeof ConverseRequestSchema>) =>
  faultsOf(() => checkConverse(create(ConverseRequestSchema, { text: "Yes?", ...fields })));

// A character outside the basic plane counts as one.
const long = (count: number) => `${"😀".repeat(count - 1)}a`;
const message = (content: string) => ({ role: Role.USER, content });
const spoken = (paths: string[]) => ({
  constraint: { shape: { case: "jsonSchema", value: "{}" } as const, spoken: paths },
});
const choice = (options: string[]) => ({ constraint: { shape: { case: "choice", value: { options } } as const } });
const regex = (value: string) => ({ constraint: { shape: { case: "regex", value } as const } });
const schema = (value: string) => ({ constraint: { shape: { case: "jsonSchema", value } as const } });

type Fields = MessageInitShape<typeof ConverseRequestSchema>;
const rows: readonly (readonly [allowed: Fields, refused: Fields, fault: string])[] = [
  [{ text: long(8_000) }, { text: long(8_001) }, "text TOO_LONG"],
  [{ text: "1" }, { text: "?!" }, "text NOT_SPEAKABLE"],
  [{ instructions: long(32_000) }, { instructions: long(32_001) }, "instructions TOO_LONG"],
  [{ sessionId: "a".repeat(64) }, { sessionId: "a".repeat(65) }, "session_id INVALID_FORMAT"],
  [{ userId: "a".repeat(128) }, { userId: "a".repeat(129) }, "user_id INVALID_FORMAT"],
  [{ userId: "a@b:c" }, { userId: "a b" }, "user_id INVALID_FORMAT"],
  [{ sessionId: "a._-Z9" }, { sessionId: "a@b" }, "session_id INVALID_FORMAT"],
  [{ requestId: "a._-Z9".padEnd(64, "x") }, { requestId: "x".repeat(65) }, "request_id INVALID_FORMAT"],
  [{ requestId: "" }, { requestId: "a@b" }, "request_id INVALID_FORMAT"],
  [{ resumeWindowMs: 300_000 }, { resumeWindowMs: 300_001 }, "resume_window_ms OUT_OF_RANGE"],
  [{ opener: OpenerMode.LIST }, { opener: 9 as OpenerMode }, "opener UNKNOWN_VALUE"],
  [
    { generation: { thinking: ThinkingMode.ON } },
    { generation: { thinking: 9 as ThinkingMode } },
    "generation.thinking UNKNOWN_VALUE",
  ],
  [{ history: [message("a")] }, { history: [message("a")], sessionId: "s" }, "history NOT_ALLOWED"],
  [{ history: Array(200).fill(message("a")) }, { history: Array(201).fill(message("a")) }, "history TOO_MANY"],
  [{ history: [message(long(32_000))] }, { history: [message(long(32_001))] }, "history[0].content TOO_LONG"],
  [{ history: [message("a")] }, { history: [message("a"), message("")] }, "history[1].content REQUIRED"],
  [{ history: [message("a")] }, { history: [{ content: "a" }] }, "history[0].role REQUIRED"],
  [{ history: [message("a")] }, { history: [{ role: 7 as Role, content: "a" }] }, "history[0].role UNKNOWN_VALUE"],
  [{ stop: ["a", "b", "c", "d"] }, { stop: ["a", "b", "c", "d", "e"] }, "stop TOO_MANY"],
  [{ stop: [long(200)] }, { stop: [long(201)] }, "stop[0] TOO_LONG"],
  [{ stop: ["a"] }, { stop: ["a", ""] }, "stop[1] REQUIRED"],
  [{ generation: { maxTokens: 1 } }, { generation: { maxTokens: 0 } }, "generation.max_tokens OUT_OF_RANGE"],
  [{ generation: { maxTokens: 8_192 } }, { generation: { maxTokens: 8_193 } }, "generation.max_tokens OUT_OF_RANGE"],
  [{ generation: { temperature: 0 } }, { generation: { temperature: -0.01 } }, "generation.temperature OUT_OF_RANGE"],
  [{ generation: { temperature: 2 } }, { generation: { temperature: 2.01 } }, "generation.temperature OUT_OF_RANGE"],
  [{ generation: { temperature: 1 } }, { generation: { temperature: NaN } }, "generation.temperature OUT_OF_RANGE"],
  [{ generation: { topP: 0.01 } }, { generation: { topP: 0 } }, "generation.top_p OUT_OF_RANGE"],
  [{ generation: { topP: 1 } }, { generation: { topP: 1.01 } }, "generation.top_p OUT_OF_RANGE"],
  [{ language: "zh-Hans" }, { language: "Chinese?" }, "language INVALID_FORMAT"],
  [spoken(Array(16).fill("a")), spoken(Array(17).fill("a")), "constraint.spoken TOO_MANY"],
  [spoken([long(200)]), spoken([long(201)]), "constraint.spoken[0] TOO_LONG"],
  [spoken(["a"]), { constraint: { ...regex("a").constraint, spoken: ["a"] } }, "constraint.spoken NOT_ALLOWED"],
  [choice(Array(64).fill("a")), choice(Array(65).fill("a")), "constraint.choice.options TOO_MANY"],
  [choice(["a"]), choice([]), "constraint.choice.options REQUIRED"],
  [choice([long(8_000)]), choice([long(8_001)]), "constraint.choice.options[0] TOO_LONG"],
  [regex("a".repeat(2_000)), regex("a".repeat(2_001)), "constraint.regex TOO_LONG"],
  [regex("a"), regex(""), "constraint.regex REQUIRED"],
  [schema("{}"), schema("[]"), "constraint.json_schema INVALID_FORMAT"],
  [schema("{}"), schema("null"), "constraint.json_schema INVALID_FORMAT"],
  [schema(`{}${" ".repeat(31_998)}`), schema(`{}${" ".repeat(31_999)}`), "constraint.json_schema TOO_LONG"],
  [{}, { constraint: {} }, "constraint REQUIRED"],
];

describe("a request", () => {
  for (const [allowed, refused, fault] of rows)
    it(`is refused for ${fault}, and not for less`, () => {
      assert.deepEqual(converse(allowed), []);
      assert.deepEqual(converse(refused), [fault]);
    });

  it("is told all that is wrong with it, ten faults at most", () => {
    const faults = (count: number) => converse({ text: "?", history: Array(count).fill(message("")) });
    assert.equal(faults(8).length, 9);
    assert.equal(faults(9).length, 10);
    assert.equal(faults(10).length, 10);
  });

  it("for a page of sessions asks for a hundred at most, after a page that there was", () => {
    const list = (fields: MessageInitShape<typeof ListSessionsRequestSchema>) =>
      faultsOf(() => checkListSessions(create(ListSessionsRequestSchema, { userId: "u", ...fields })));
    assert.deepEqual(list({ pageSize: 100, pageToken: "1".repeat(20) }), []);
    assert.deepEqual(list({ pageSize: 101, pageToken: "1".repeat(21) }), [
      "page_size OUT_OF_RANGE",
      "page_token INVALID_FORMAT",
    ]);
    assert.deepEqual(
      faultsOf(() => checkSessionId("")),
      ["session_id REQUIRED"],
    );
  });

  it("for a text of a recording has hints of a thousand characters at most", () => {
    const transcribe = (hints: string) => faultsOf(() => checkTranscribe(create(TranscribeRequestSchema, { hints })));
    assert.deepEqual(transcribe(long(1_000)), []);
    assert.deepEqual(transcribe(long(1_001)), ["hints TOO_LONG"]);
  });
});

describe("what is said of a request", () => {
  const mark = "Zwetschgenmus";
  const text = fc.constantFrom(
    mark,
    `${mark} `,
    `{"${mark}":`,
    `${mark}\u0000`,
    mark.repeat(700),
    `${mark}-de`,
    "",
    " ",
  );

  /** Any request of a kind, its texts drawn from those above and its numbers from anywhere. */
  function anyOf<D extends DescMessage>(desc: D, depth = 0): fc.Arbitrary<ReturnType<typeof create<D>>> {
    return fc.gen().map((draw) => {
      const value = create(desc);
      const message = reflect(desc, value);
      for (const field of desc.fields) {
        if (draw(fc.boolean) && field.fieldKind !== "scalar") continue;
        if (field.fieldKind === "scalar" && field.scalar === 9)
          message.set(
            field,
            draw(() => text),
          );
        if (field.fieldKind === "scalar" && (field.scalar === 5 || field.scalar === 13))
          message.set(field, draw(fc.nat));
        if (field.fieldKind === "enum")
          message.set(
            field,
            draw(() => fc.integer({ min: 0, max: 9 })),
          );
        if (field.fieldKind === "message" && depth < 3)
          message.set(
            field,
            reflect(
              field.message,
              draw(() => anyOf(field.message, depth + 1)),
            ),
          );
        if (field.fieldKind === "list")
          for (let count = draw(() => fc.nat(3)); count > 0; count--) {
            if (field.listKind === "scalar" && field.scalar === 9) message.get(field).add(draw(() => text));
            if (field.listKind === "message" && depth < 3)
              message.get(field).add(
                reflect(
                  field.message,
                  draw(() => anyOf(field.message, depth + 1)),
                ),
              );
          }
      }
      return value;
    });
  }

  const saysNothing = (check: () => unknown) => {
    try {
      check();
    } catch (error) {
      assert.ok(error instanceof Failure, String(error));
      assert.ok(
        !`${error.stack}${JSON.stringify(error)}${JSON.stringify(error.details)}${error.cause}`.includes(mark),
        error.message,
      );
    }
  };

  it("holds no word of it, whatever is wrong with it", () => {
    const holds = <D extends DescMessage>(desc: D, check: (request: ReturnType<typeof create<D>>) => unknown) =>
      // Requests of long texts are made smaller for minutes, and say no more then.
      fc.assert(
        fc.property(anyOf(desc), (request) => saysNothing(() => check(request))),
        { numRuns: 200, endOnFailure: true },
      );
    holds(ConverseRequestSchema, checkConverse);
    holds(SpeakRequestSchema, checkSpeak);
    holds(TranscribeRequestSchema, checkTranscribe);
    holds(ListSessionsRequestSchema, checkListSessions);
    for (const id of [mark, `${mark} `, mark.repeat(9)]) saysNothing(() => checkSessionId(id));
  });
});
