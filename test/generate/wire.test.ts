import assert from "node:assert/strict";
import { test } from "vitest";
import { InvalidRequestError } from "../../services/common/errors/request-error.ts";
import { type DeepPartial, GenerateRequest, Role } from "../../services/gen/duet/generate/v1/generate.ts";
import { readRequest } from "../../services/generate/wire.ts";

const defaults = { requestId: "made-up", maxTokens: 512, traceparent: undefined };
const messages = [{ role: Role.USER, content: "hi" }];
const read = (request: DeepPartial<GenerateRequest>) => readRequest(GenerateRequest.fromPartial(request), defaults);

test("what a request leaves open is filled in, and only that", () => {
  assert.deepEqual(read({ messages }), {
    requestId: "made-up",
    model: undefined,
    messages: [{ role: "user", content: "hi" }],
    maxTokens: 512,
    sampling: {},
    stop: [],
    constraint: undefined,
    priority: 0,
    traceparent: undefined,
  });
  const given = read({
    messages,
    requestId: "a.B-9_",
    model: "m",
    maxTokens: 32_768,
    sampling: { temperature: 0, seed: 0 },
  });
  assert.deepEqual([given.requestId, given.model, given.maxTokens], ["a.B-9_", "m", 32_768]);
  const placed = read({ messages, sessionId: "s", firstTokenTimeoutMs: 300, sampling: { logitBias: { 7: -100 } } });
  assert.deepEqual(
    [placed.sessionId, placed.firstTokenTimeoutMs, placed.sampling],
    ["s", 300, { logitBias: { 7: -100 } }],
  );
  assert.deepEqual(given.sampling, { temperature: 0, seed: 0 });
});

test("every limit may be reached", () => {
  for (const sampling of [
    { temperature: 2, topP: 1, topK: -1, minP: 1, presencePenalty: 2, frequencyPenalty: 2, repetitionPenalty: 0.01 },
    { temperature: 0, topP: 0.01, topK: 0, minP: 0, presencePenalty: -2, frequencyPenalty: -2, repetitionPenalty: 5 },
  ])
    assert.deepEqual(read({ messages, sampling }).sampling, sampling);
  assert.equal(read({ messages, stop: ["a", "b", "c", "d"] }).stop.length, 4);
  assert.equal(read({ messages, requestId: "x".repeat(64) }).requestId.length, 64);
  // A character outside the basic plane is one, though it takes two units.
  const longest = [{ role: Role.USER, content: "😀".repeat(1_000_000) }];
  assert.equal(read({ messages: longest }).messages.length, 1);
});

const bad: [request: DeepPartial<GenerateRequest>, field: string][] = [
  [{}, "messages"],
  [{ messages: [{ role: Role.USER, content: "" }] }, "messages[0].content"],
  [{ messages: [...messages, { content: "x" }] }, "messages[1].role"],
  [{ messages: [{ role: 9 as Role, content: "x" }] }, "messages[0].role"],
  [{ messages: [{ role: Role.USER, content: "x".repeat(1_000_001) }] }, "messages"],
  [{ messages, requestId: "no spaces" }, "request_id"],
  [{ messages, requestId: "x".repeat(65) }, "request_id"],
  [{ messages, requestId: "line\n" }, "request_id"],
  [{ messages, sessionId: "no spaces" }, "session_id"],
  [{ messages, sampling: { logitBias: { 1: 101 } } }, "sampling.logit_bias"],
  [{ messages, maxTokens: 32_769 }, "max_tokens"],
  [{ messages, stop: ["a", "b", "c", "d", "e"] }, "stop"],
  [{ messages, stop: ["a", ""] }, "stop[1]"],
  [{ messages, sampling: { temperature: 2.1 } }, "sampling.temperature"],
  [{ messages, sampling: { temperature: Number.NaN } }, "sampling.temperature"],
  [{ messages, sampling: { topP: 0 } }, "sampling.top_p"],
  [{ messages, sampling: { topK: -2 } }, "sampling.top_k"],
  [{ messages, sampling: { minP: 1.1 } }, "sampling.min_p"],
  [{ messages, sampling: { presencePenalty: -3 } }, "sampling.presence_penalty"],
  [{ messages, sampling: { frequencyPenalty: 3 } }, "sampling.frequency_penalty"],
  [{ messages, sampling: { repetitionPenalty: 0 } }, "sampling.repetition_penalty"],
  [{ messages, sampling: { repetitionPenalty: Number.POSITIVE_INFINITY } }, "sampling.repetition_penalty"],
  [{ messages, constraint: { $case: "jsonSchema", value: "{" } }, "json_schema"],
  [{ messages, constraint: { $case: "jsonSchema", value: "[]" } }, "json_schema"],
  [{ messages, constraint: { $case: "regex", value: "" } }, "regex"],
  [{ messages, constraint: { $case: "choice", value: { options: [] } } }, "choice.options"],
  [{ messages, constraint: { $case: "choice", value: { options: ["a", ""] } } }, "choice.options[1]"],
];

for (const [request, field] of bad)
  test(`refused: ${field} in ${JSON.stringify(request).slice(0, 80)}`, () => {
    assert.throws(
      () => read(request),
      (error) => {
        assert.ok(error instanceof InvalidRequestError);
        assert.deepEqual(
          error.violations.map((violation) => violation.field),
          [field],
        );
        return true;
      },
    );
  });

test("all faults are told at once, but not a million of them", () => {
  const many = Array.from({ length: 1000 }, () => ({ content: "" }));
  assert.throws(
    () => read({ messages: many }),
    (error) => error instanceof InvalidRequestError && error.violations.length === 20,
  );
});
