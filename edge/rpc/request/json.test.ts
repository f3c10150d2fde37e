import assert from "node:assert/strict";
import type { JsonValue } from "@bufbuild/protobuf";
import { describe, it } from "vitest";
import { ConverseRequestSchema } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import { readJson } from "./json.ts";

const wrong: readonly (readonly [json: JsonValue, violation: string])[] = [
  [{ text: 5 }, "text WRONG_TYPE: must be a string"],
  [{ text: ["a"] }, "text WRONG_TYPE: must be a string"],
  [{ text: "\ud800" }, "text INVALID_FORMAT: must be valid Unicode"],
  [{ voise: "x" }, "voise UNKNOWN_FIELD: is not a field of ConverseRequest, whose fields are …"],
  [
    { generation: { temprature: 1 } },
    "generation.temprature UNKNOWN_FIELD: is not a field of GenerationOptions, whose fields are …",
  ],
  [{ generation: { temperature: "hot" } }, "generation.temperature WRONG_TYPE: must be a number"],
  [
    { generation: { maxTokens: 1.5 } },
    "generation.max_tokens OUT_OF_RANGE: must be a whole number from 0 to 4294967295",
  ],
  [
    { generation: { max_tokens: -1 } },
    "generation.max_tokens OUT_OF_RANGE: must be a whole number from 0 to 4294967295",
  ],
  [
    { generation: { maxTokens: true } },
    "generation.max_tokens WRONG_TYPE: must be a whole number from 0 to 4294967295",
  ],
  [{ generation: { topP: {} } }, "generation.top_p WRONG_TYPE: must be a number"],
  [
    { generation: { thinking: "perhaps" } },
    "generation.thinking UNKNOWN_VALUE: must be one of THINKING_MODE_OFF, THINKING_MODE_ON",
  ],
  [{ generation: [] }, "generation WRONG_TYPE: must be an object"],
  [{ generation: "warm" }, "generation WRONG_TYPE: must be an object"],
  [{ history: {} }, "history WRONG_TYPE: must be a list"],
  [{ history: "hello" }, "history WRONG_TYPE: must be a list"],
  [{ history: ["hello"] }, "history[0] WRONG_TYPE: must be an object"],
  [{ history: [null] }, "history[0] WRONG_TYPE: must be an object"],
  [{ history: [{}, { role: "system" }] }, "history[1].role UNKNOWN_VALUE: must be one of ROLE_USER, ROLE_ASSISTANT"],
  [{ history: [{ role: ["user"] }] }, "history[0].role UNKNOWN_VALUE: must be one of ROLE_USER, ROLE_ASSISTANT"],
  [{ history: [{ role: 1.5 }] }, "history[0].role UNKNOWN_VALUE: must be one of ROLE_USER, ROLE_ASSISTANT"],
  [{ history: [{ content: false }] }, "history[0].content WRONG_TYPE: must be a string"],
  [{ sessionId: "a", session_id: "b" }, "session_id NOT_ALLOWED: is given twice, as sessionId and as session_id"],
];

describe("JSON that does not fit its message is told with its whole path, its kind and what would fit", () => {
  for (const [json, violation] of wrong)
    it(violation, () => {
      const told = readJson(ConverseRequestSchema, json).violations.map(
        ({ field, reason, description }) => `${field} ${reason}: ${description.replace(/(fields are) .*/, "$1 …")}`,
      );
      assert.deepEqual(told, [violation]);
    });
});

it("all that does not fit is told at once, up to what a header holds", () => {
  const json = { text: 1, voice: 2, history: Array.from({ length: 50 }, () => ({ role: "robot" })) };
  const fields = readJson(ConverseRequestSchema, json).violations.map(({ field }) => field);
  assert.deepEqual(fields.slice(0, 4), ["text", "voice", "history[0].role", "history[1].role"]);
  assert.equal(fields.length, 10);
});

describe("an enum may be written as people do", () => {
  const roles: readonly (readonly [written: JsonValue, read: JsonValue])[] = [
    ["user", "ROLE_USER"],
    ["User", "ROLE_USER"],
    ["ASSISTANT", "ROLE_ASSISTANT"],
    ["role_assistant", "ROLE_ASSISTANT"],
    ["ROLE_USER", "ROLE_USER"],
    [1, 1],
  ];
  for (const [written, read] of roles)
    it(`${written}`, () => {
      const { json, violations } = readJson(ConverseRequestSchema, { history: [{ role: written }] });
      assert.deepEqual([JSON.parse(JSON.stringify(json)), violations], [{ history: [{ role: read }] }, []]);
    });
  it("in every field", () => {
    const { json, violations } = readJson(ConverseRequestSchema, { generation: { thinking: "on" } });
    assert.deepEqual(
      [JSON.parse(JSON.stringify(json)), violations],
      [{ generation: { thinking: "THINKING_MODE_ON" } }, []],
    );
  });
});

it("nothing of a value is quoted", () => {
  const json = { text: 1, history: [{ role: "secret", content: { secret: 1 } }], generation: { topP: "secret" } };
  const told = JSON.stringify(readJson(ConverseRequestSchema, json).violations);
  assert.doesNotMatch(told, /secret/);
});

it("what is not given is passed over: null is as good as nothing", () => {
  const { json, violations } = readJson(ConverseRequestSchema, {
    text: "a",
    history: null,
    generation: { topP: null },
  });
  assert.deepEqual([JSON.parse(JSON.stringify(json)), violations], [{ text: "a", generation: {} }, []]);
});
