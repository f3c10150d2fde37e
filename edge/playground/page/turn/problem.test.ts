import assert from "node:assert/strict";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { test } from "vitest";
import { TurnErrorSchema } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import { problemOfCall, problemOfTurn } from "./problem.ts";

for (const [error, started, sentence] of [
  [ConnectError.from(new TypeError("Failed to fetch")), false, "problem.unreachable"],
  [ConnectError.from(new TypeError("network error")), true, "problem.lost"],
  [ConnectError.from("missing EndStreamResponse"), true, "problem.lost"],
  [new ConnectError("full", Code.ResourceExhausted), false, "problem.busy"],
  [new ConnectError("text: too long", Code.InvalidArgument), false, "problem.refused"],
  [new ConnectError("down", Code.Unavailable), false, "problem.engine"],
  [new ConnectError("?", Code.DataLoss), true, "problem.internal"],
] as const)
  test(`${error.message}, ${started ? "in mid-answer" : "before the answer"}: ${sentence}`, () =>
    assert.equal(problemOfCall(error, started).sentence, sentence));

test("a failed turn shows its sentence and keeps the server's words apart", () => {
  const error = create(TurnErrorSchema, {
    code: Code.DeadlineExceeded,
    reason: "ENGINE_STALLED",
    message: "no token for 20 s",
  });
  assert.deepEqual(problemOfTurn(error), { sentence: "problem.slow", detail: "ENGINE_STALLED: no token for 20 s" });
});
