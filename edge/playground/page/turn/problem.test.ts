import assert from "node:assert/strict";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { test } from "vitest";
import { TurnErrorSchema } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import { problemOfCall, problemOfTurn } from "./problem.ts";

function withReason(code: Code, reason: string): ConnectError {
  const error = new ConnectError(reason, code);
  error.details = [{ type: "google.rpc.ErrorInfo", value: new Uint8Array(), debug: { reason, domain: "duet" } }];
  return error;
}

function refused(field: string, reason: string, description: string): ConnectError {
  const error = withReason(Code.InvalidArgument, "INVALID_REQUEST");
  const debug = { fieldViolations: [{ field, reason, description }] };
  error.details.push({ type: "google.rpc.BadRequest", value: new Uint8Array(), debug });
  return error;
}

for (const [error, started, sentence] of [
  [ConnectError.from(new TypeError("Failed to fetch")), false, "problem.unreachable"],
  [ConnectError.from(new TypeError("network error")), true, "problem.lost"],
  [ConnectError.from("missing EndStreamResponse"), true, "problem.lost"],
  [new ConnectError("full", Code.ResourceExhausted), false, "problem.busy"],
  [new ConnectError("text: too long", Code.InvalidArgument), false, "problem.refused"],
  [new ConnectError("down", Code.Unavailable), false, "problem.engine"],
  [new ConnectError("?", Code.DataLoss), true, "problem.internal"],
  [withReason(Code.Unavailable, "ENGINE_EMPTY"), false, "problem.empty"],
  [withReason(Code.Unauthenticated, "CREDENTIALS_EXPIRED"), false, "problem.key"],
  [withReason(Code.PermissionDenied, "SCOPE_MISSING"), false, "problem.denied"],
  [withReason(Code.ResourceExhausted, "AUDIO_QUOTA_USED"), false, "problem.quota"],
  [withReason(Code.Unavailable, "SESSIONS_AWAY"), false, "problem.sessionsAway"],
  [withReason(Code.PermissionDenied, "SESSION_OF_ANOTHER"), false, "problem.sessionOfAnother"],
  [withReason(Code.FailedPrecondition, "SESSION_UNREADABLE"), false, "session.unreadable"],
  [refused("text", "TOO_LONG", "has 9000 characters: shorten it to at most 8000"), false, "problem.tooLong"],
  [refused("max_tokens", "OUT_OF_RANGE", "must be at most 4"), false, "problem.refused"],
  [refused("text", "EMPTY", "must hold at least one letter or digit"), false, "problem.refused"],
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

test("a failed turn whose code says little goes by its reason", () => {
  for (const [reason, sentence] of [
    ["ENGINE_EMPTY", "problem.empty"],
    ["CLIENT_TOO_SLOW", "problem.notTaken"],
  ] as const)
    assert.equal(problemOfTurn(create(TurnErrorSchema, { code: Code.DeadlineExceeded, reason })).sentence, sentence);
});
