import assert from "node:assert/strict";
import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, it } from "vitest";
import { codeNumbers, Failure, toTurnError } from "../errors.ts";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "../wellknown/gen/google/rpc/error_details_pb.ts";
import { toConnectError, toFailure } from "./errors.ts";

/** An error as a service's client throws it: its details are bytes. */
function fromService(code: Code, message: string, reason: string): ConnectError {
  const error = new ConnectError(message, code);
  const info = create(ErrorInfoSchema, { reason, domain: "duet", metadata: { of: "the service" } });
  const retry = create(RetryInfoSchema, { retryDelay: { seconds: 1n, nanos: 500_000_000 } });
  error.details = [
    { type: ErrorInfoSchema.typeName, value: toBinary(ErrorInfoSchema, info) },
    { type: RetryInfoSchema.typeName, value: toBinary(RetryInfoSchema, retry) },
    { type: "example.Unknown", value: new Uint8Array([1]) },
  ];
  return error;
}

describe("what was thrown on our side of Connect", () => {
  const own = new Failure("NOT_FOUND", "TURN_NOT_FOUND", "no such turn");
  const rows: readonly (readonly [string, unknown, string, string])[] = [
    ["our own failure", own, "NOT_FOUND", "TURN_NOT_FOUND"],
    ["our own, made for the wire", toConnectError(own), "NOT_FOUND", "TURN_NOT_FOUND"],
    ["our own, wrapped by Connect", ConnectError.from(own), "NOT_FOUND", "TURN_NOT_FOUND"],
    ["what a service said", fromService(Code.ResourceExhausted, "full", "FULL"), "RESOURCE_EXHAUSTED", "FULL"],
    ["a service's error without details", new ConnectError("hm", Code.DataLoss), "DATA_LOSS", "DATA_LOSS"],
    ["a code that gRPC does not know", new ConnectError("hm", 99 as Code), "UNKNOWN", "UNKNOWN"],
    ["a bug", new TypeError("x is undefined"), "INTERNAL", "INTERNAL"],
  ];
  for (const [what, thrown, code, reason] of rows)
    it(what, () => {
      const failure = toFailure(thrown);
      assert.deepEqual([failure.code, failure.reason], [code, reason]);
    });
});

describe("on the wire", () => {
  it("what a service said reaches the caller: known details can be read, and unknown ones pass", () => {
    const failure = toFailure(fromService(Code.Unavailable, "down", "DOWN"));
    assert.equal(toTurnError(failure, false).retryDelayMs, 1500);
    const told = toConnectError(failure);
    assert.deepEqual([told.code, told.details.length], [Code.Unavailable, 3]);
    assert.deepEqual(told.findDetails(ErrorInfoSchema)[0]?.metadata, { of: "the service" });
    assert.doesNotMatch(told.rawMessage, /down/, "its sentence is for those who run it");
    assert.equal(toConnectError(failure, { inFull: true }).rawMessage, "down");
    assert.ok("desc" in (told.details[0] ?? {}), "so that it can be written as JSON");
    assert.deepEqual(told.details[1], { type: "example.Unknown", value: new Uint8Array([1]) });
  });

  it("a service's error without details gets its code as the reason, and the RPC", () => {
    const told = toConnectError(toFailure(new ConnectError("hm", Code.DataLoss)), { rpc: "a.B/C" });
    const [info] = told.findDetails(ErrorInfoSchema);
    assert.deepEqual([info?.reason, info?.metadata], ["DATA_LOSS", { rpc: "a.B/C" }]);
  });

  it("our own names its reason, the fields that are wrong and the time to wait", () => {
    const fields = [{ field: "text", reason: "REQUIRED", description: "must not be empty" } as const];
    const told = toConnectError(new Failure("INVALID_ARGUMENT", "BAD", "bad", { fields, retryDelayMs: 250 }));
    assert.equal(told.findDetails(ErrorInfoSchema)[0]?.reason, "BAD");
    const [violation] = told.findDetails(BadRequestSchema)[0]?.fieldViolations ?? [];
    assert.deepEqual([violation?.field, violation?.reason], ["text", "REQUIRED"]);
    assert.equal(told.findDetails(RetryInfoSchema)[0]?.retryDelay?.nanos, 250_000_000);
  });
});

it("codes have the numbers that Connect gives them", () => {
  const spelt = (code: string) => code.toLowerCase().replace("canceled", "cancelled").replaceAll("_", "");
  const theirs = Object.entries(Code).flatMap(([name, number]) => (typeof number === "number" ? [[name, number]] : []));
  assert.deepEqual(
    theirs.map(([name, number]) => [spelt(String(name)), number]),
    Object.entries(codeNumbers).map(([code, number]) => [spelt(code), number]),
  );
});
