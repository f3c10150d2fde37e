import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { toldOutward } from "./outward.ts";

const named: [code: string, reason: string, message: string][] = [
  ["RESOURCE_EXHAUSTED", "OVERLOADED", "64 texts are being spoken, which is the limit (DUET_SYNTHESIZE_MAX_SESSIONS)"],
  ["UNAVAILABLE", "SYNTHESIZE_UNREACHABLE", "Synthesize does not answer at https://gpu.example:50052: start it"],
  ["UNAVAILABLE", "ENGINE_UNREACHABLE", "Fish-Speech at http://127.0.0.1:8080/v1/tts does not answer"],
  ["UNAVAILABLE", "ENGINE_BROKEN", "connect ECONNREFUSED 10.1.2.3:8000"],
  ["UNAVAILABLE", "ENGINE_BROKEN", "the worker at gpu-7.internal:8080 is gone"],
  ["UNAVAILABLE", "ENGINE_BROKEN", "the worker at [fd00::7]:8080 is gone"],
  [
    "DEADLINE_EXCEEDED",
    "ENGINE_STALLED",
    "the model server wrote nothing for 30 s: see DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS",
  ],
  ["INTERNAL", "SOMETHING_NEW", "the key of redis://state:6379 is refused"],
  ["INVALID_ARGUMENT", "INVALID_REQUEST", "http://x: is no field of ConverseRequest"],
  ["UNKNOWN", "", "localhost is away"],
];

const plain = [
  "the model ended its answer without a word",
  "history[3].content: has 40000 characters, at most 32000: shorten it",
  "text: must hold at least one letter or digit; voice: is not known",
  "the model server says: this model does not support chat",
  "the caller's deadline has passed: allow more time",
  "version 1.2.3 of the model, at 12:30, with a ratio of 4:3",
];

it("is not told that the deployment is at fault for what the request says", () => {
  const told = toldOutward({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST", message: "http://x: is no field" });
  assert.match(told, /request/);
});

describe("a caller", () => {
  for (const [code, reason, message] of named)
    it(`is told nothing of: ${message}`, () => {
      const told = toldOutward({ code, reason, message });
      assert.doesNotMatch(told, /DUET_|:\/\/|\d:\d|localhost|\.internal/);
      assert.match(told, /: /, "what is wrong, and what to do");
    });
  for (const message of plain)
    it(`is told as it is: ${message}`, () =>
      assert.equal(toldOutward({ code: "INTERNAL", reason: "", message }), message));
});
