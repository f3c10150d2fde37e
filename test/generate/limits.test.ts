/** Each limit of a request to Generate from both sides: what is just allowed, and what is one more. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { InvalidRequestError } from "../../services/common/errors/request-error.ts";
import { type DeepPartial, GenerateRequest, Role } from "../../services/gen/duet/generate/v1/generate.ts";
import { readRequest } from "../../services/generate/wire.ts";

type Fields = DeepPartial<GenerateRequest>;
const defaults = { requestId: "r", maxTokens: 512, traceparent: undefined };

/** The fields that are wrong with a request. */
function faultsOf(fields: Fields): string[] {
  try {
    readRequest(GenerateRequest.fromPartial({ messages: [{ role: Role.USER, content: "Why?" }], ...fields }), defaults);
    return [];
  } catch (error) {
    assert.ok(error instanceof InvalidRequestError, String(error));
    return error.violations.map(({ field }) => field);
  }
}

// A character outside the basic plane counts as one.
const long = (count: number) => "😀".repeat(count);
const user = (content: string) => ({ role: Role.USER, content });
const sampling = (name: string, value: number): Fields => ({ sampling: { [name]: value } });
const biases = (count: number, bias = 1): Fields => ({
  sampling: { logitBias: Object.fromEntries(Array.from({ length: count }, (_, token) => [token, bias])) },
});
const least = 1e-6;

const rows: readonly (readonly [field: string, allowed: Fields, refused: Fields])[] = [
  ["request_id", { requestId: "a._-Z9".padEnd(64, "x") }, { requestId: "x".repeat(65) }],
  ["request_id", { requestId: "" }, { requestId: "a b" }],
  ["session_id", { sessionId: "x".repeat(64) }, { sessionId: "x".repeat(65) }],
  ["max_tokens", { maxTokens: 32_768 }, { maxTokens: 32_769 }],
  ["stop", { stop: Array(4).fill("x") }, { stop: Array(5).fill("x") }],
  ["stop[1]", { stop: ["x", " "] }, { stop: ["x", ""] }],
  ["messages", { messages: [user("x")] }, { messages: [] }],
  ["messages", { messages: [user(long(999_999)), user("x")] }, { messages: [user(long(999_999)), user("xx")] }],
  ["messages[0].role", { messages: [user("x")] }, { messages: [{ role: Role.UNSPECIFIED, content: "x" }] }],
  ["messages[0].content", { messages: [user(" ")] }, { messages: [user("")] }],
  ["openings", { openings: Array.from({ length: 32 }, (_, n) => `${n}`) }, { openings: Array(33).fill("x") }],
  ["openings[0]", { openings: [long(100)] }, { openings: [long(101)] }],
  ["tools", { tools: Array(128).fill("{}") }, { tools: Array(129).fill("{}") }],
  ["tools[0]", { tools: ["{}"] }, { tools: ["[]"] }],
  ["tool_choice", { tools: ["{}"], toolChoice: '"auto"' }, { tools: ["{}"], toolChoice: "auto" }],
  ["tool_choice", { tools: ["{}"], toolChoice: "{}" }, { toolChoice: "{}" }],
  ["sampling.temperature", sampling("temperature", 0), sampling("temperature", -least)],
  ["sampling.temperature", sampling("temperature", 2), sampling("temperature", 2 + least)],
  ["sampling.top_p", sampling("topP", least), sampling("topP", 0)],
  ["sampling.top_p", sampling("topP", 1), sampling("topP", 1 + least)],
  ["sampling.top_k", sampling("topK", -1), sampling("topK", -2)],
  ["sampling.min_p", sampling("minP", 0), sampling("minP", -least)],
  ["sampling.min_p", sampling("minP", 1), sampling("minP", 1 + least)],
  ["sampling.presence_penalty", sampling("presencePenalty", -2), sampling("presencePenalty", -2 - least)],
  ["sampling.presence_penalty", sampling("presencePenalty", 2), sampling("presencePenalty", 2 + least)],
  ["sampling.frequency_penalty", sampling("frequencyPenalty", -2), sampling("frequencyPenalty", -2 - least)],
  ["sampling.frequency_penalty", sampling("frequencyPenalty", 2), sampling("frequencyPenalty", 2 + least)],
  ["sampling.repetition_penalty", sampling("repetitionPenalty", least), sampling("repetitionPenalty", 0)],
  ["sampling.repetition_penalty", sampling("repetitionPenalty", 1e9), sampling("repetitionPenalty", Infinity)],
  ["sampling.logit_bias", biases(1024), biases(1025)],
  ["sampling.logit_bias", biases(1, 100), biases(1, 100 + least)],
  ["sampling.logit_bias", biases(1, -100), biases(1, -100 - least)],
  [
    "json_schema",
    { constraint: { $case: "jsonSchema", value: "{}" } },
    { constraint: { $case: "jsonSchema", value: "7" } },
  ],
  ["regex", { constraint: { $case: "regex", value: " " } }, { constraint: { $case: "regex", value: "" } }],
  [
    "choice.options",
    { constraint: { $case: "choice", value: { options: ["x"] } } },
    { constraint: { $case: "choice", value: { options: [] } } },
  ],
  [
    "choice.options[1]",
    { constraint: { $case: "choice", value: { options: ["x", " "] } } },
    { constraint: { $case: "choice", value: { options: ["x", ""] } } },
  ],
];

describe("a request to Generate", () => {
  for (const [index, [field, allowed, refused]] of rows.entries())
    it(`is refused for ${field}, and not for less (${index})`, () => {
      assert.deepEqual(faultsOf(allowed), []);
      assert.deepEqual(faultsOf(refused), [field]);
    });

  it("is told all that is wrong with it, twenty faults at most", () => {
    assert.equal(faultsOf({ messages: Array(20).fill(user("")) }).length, 20);
    assert.equal(faultsOf({ messages: Array(21).fill(user("")) }).length, 20);
  });

  it("takes what belongs to a tool from messages of tools alone, and calls from the assistant", () => {
    const call = { id: "c", name: "find", arguments: "{}" };
    const rows: readonly (readonly [message: object, faults: readonly string[]])[] = [
      [{ role: Role.TOOL, content: "", toolCallId: "c" }, []],
      [{ role: Role.TOOL, content: "x" }, ["messages[0].tool_call_id"]],
      [{ role: Role.USER, content: "x", toolCallId: "c" }, ["messages[0].tool_call_id"]],
      [{ role: Role.ASSISTANT, content: "", toolCalls: [call] }, []],
      [{ role: Role.ASSISTANT, content: "" }, ["messages[0].content"]],
      [{ role: Role.USER, content: "x", toolCalls: [call] }, ["messages[0].tool_calls"]],
    ];
    for (const [message, faults] of rows) assert.deepEqual(faultsOf({ messages: [message] }), faults);
  });

  it("that says nothing has what the service takes without it", () => {
    const { requestId, maxTokens, model, sampling, stop } = readRequest(
      GenerateRequest.fromPartial({ messages: [user("x")] }),
      defaults,
    );
    assert.deepEqual([requestId, maxTokens, model, sampling, stop], ["r", 512, undefined, {}, []]);
  });
});
