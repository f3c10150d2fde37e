import assert from "node:assert/strict";
import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, it } from "vitest";
import { classify, codeName, failure, invalidRequest, toTurnError } from "./errors.ts";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "./wellknown/gen/google/rpc/error_details_pb.ts";

/** An error as a service's client throws it: its details are bytes. */
function upstream(code: Code, message: string, reason: string): ConnectError {
  const error = new ConnectError(message, code);
  const info = create(ErrorInfoSchema, { reason, domain: "duet" });
  const retry = create(RetryInfoSchema, { retryDelay: { seconds: 1n, nanos: 500_000_000 } });
  error.details = [
    { type: ErrorInfoSchema.typeName, value: toBinary(ErrorInfoSchema, info) },
    { type: RetryInfoSchema.typeName, value: toBinary(RetryInfoSchema, retry) },
    { type: "example.Unknown", value: new Uint8Array([1]) },
  ];
  return error;
}

describe("what was caught, and what its caller is told", () => {
  const own = failure(Code.NotFound, "TURN_NOT_FOUND", "no such turn");
  const rows: readonly (readonly [string, unknown, "deadline" | "interrupted" | undefined, Code, string])[] = [
    ["our own failure", own, undefined, Code.NotFound, "TURN_NOT_FOUND"],
    [
      "what a service said",
      upstream(Code.ResourceExhausted, "full", "FULL"),
      undefined,
      Code.ResourceExhausted,
      "FULL",
    ],
    ["a service's error without details", new ConnectError("hm", Code.DataLoss), undefined, Code.DataLoss, "DATA_LOSS"],
    ["a bug", new TypeError("x is undefined"), undefined, Code.Internal, "INTERNAL"],
    ["something that is no error", "oops", undefined, Code.Internal, "INTERNAL"],
    ["an abort that nobody asked for", AbortSignal.abort().reason, undefined, Code.Internal, "INTERNAL"],
    [
      "a call cut by the deadline",
      new ConnectError("cancelled", Code.Canceled),
      "deadline",
      Code.DeadlineExceeded,
      "DEADLINE_EXCEEDED",
    ],
    [
      "a call cut by the drain",
      new ConnectError("cancelled", Code.Canceled),
      "interrupted",
      Code.Unavailable,
      "DRAINING",
    ],
  ];
  for (const [what, caught, stopped, code, reason] of rows)
    it(what, () => {
      const told = toTurnError(classify(caught, stopped));
      assert.deepEqual([told.code, told.reason], [code, reason]);
    });

  it("a bug's own words stay in the log", () => {
    const told = classify(new Error("the user said hello"));
    assert.doesNotMatch(told.message, /hello/);
    assert.match(String(told.cause), /hello/);
  });

  it("details that came as bytes can be read, and unknown ones pass", () => {
    const told = classify(upstream(Code.Unavailable, "down", "DOWN"));
    assert.equal(told.details.length, 3);
    assert.ok("desc" in (told.details[0] ?? {}));
    assert.equal(toTurnError(told).retryDelayMs, 1500);
  });
});

it("a wrong request names every field in message and details", () => {
  const error = invalidRequest([
    { field: "text", description: "must not be empty" },
    { field: "history[2].role", description: "must be a role" },
  ]);
  assert.equal(error.rawMessage, "text: must not be empty; history[2].role: must be a role");
  assert.deepEqual(
    error.findDetails(BadRequestSchema)[0]?.fieldViolations.map(({ field }) => field),
    ["text", "history[2].role"],
  );
});

it("codes are named as gRPC names them", () => {
  assert.deepEqual([Code.Canceled, Code.NotFound, Code.FailedPrecondition, Code.Unauthenticated].map(codeName), [
    "CANCELLED",
    "NOT_FOUND",
    "FAILED_PRECONDITION",
    "UNAUTHENTICATED",
  ]);
});
