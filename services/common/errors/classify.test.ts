import assert from "node:assert/strict";
import { ServerError, Status } from "nice-grpc";
import { BadRequest, ErrorInfo, RetryInfo, RichServerError } from "nice-grpc-error-details";
import { test } from "vitest";
import { toServerError } from "./classify.ts";
import { EngineError } from "./engine-error.ts";
import {
  InvalidRequestError,
  NotFoundError,
  OverloadedError,
  UnauthenticatedError,
  UnreadableRequestError,
} from "./request-error.ts";

function described(error: ServerError) {
  assert.ok(error instanceof RichServerError);
  const [info, ...rest] = error.extra;
  assert.ok(info?.$type === ErrorInfo.$type);
  const { reason, domain } = info as ErrorInfo;
  assert.equal(domain, "duet");
  return { code: Status[error.code], reason, rest };
}

const coded = (code: string, options?: ErrorOptions) =>
  Object.assign(new Error(`failed with ${code}`, options), { code });

const rows: [what: string, thrown: unknown, code: keyof typeof Status, reason: string][] = [
  ["a bad field", new InvalidRequestError({ field: "a", description: "b" }), "INVALID_ARGUMENT", "INVALID_REQUEST"],
  ["no message of its type", new UnreadableRequestError(), "INVALID_ARGUMENT", "UNREADABLE_REQUEST"],
  ["an unknown voice", new NotFoundError("no such voice"), "NOT_FOUND", "NOT_FOUND"],
  ["a wrong token", new UnauthenticatedError("not ours"), "UNAUTHENTICATED", "UNAUTHENTICATED"],
  ["admission refused", new OverloadedError("full", 250), "RESOURCE_EXHAUSTED", "OVERLOADED"],
  ["engine 429 or 503", new EngineError("overloaded", "busy"), "RESOURCE_EXHAUSTED", "ENGINE_OVERLOADED"],
  ["engine away", new EngineError("unreachable", "away"), "UNAVAILABLE", "ENGINE_UNREACHABLE"],
  ["engine silent", new EngineError("stalled", "silent"), "DEADLINE_EXCEEDED", "ENGINE_STALLED"],
  ["engine 4xx", new EngineError("rejected", "no"), "INTERNAL", "ENGINE_REJECTED"],
  ["engine 401", new EngineError("unauthorized", "who"), "INTERNAL", "ENGINE_UNAUTHORIZED"],
  ["engine failed midway", new EngineError("broken", "died"), "UNAVAILABLE", "ENGINE_BROKEN"],
  ["own deadline", new DOMException("", "TimeoutError"), "DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED"],
  [
    "own deadline around a timer, which throws AbortError",
    Object.assign(new Error("", { cause: new DOMException("", "TimeoutError") }), { name: "AbortError" }),
    "DEADLINE_EXCEEDED",
    "DEADLINE_EXCEEDED",
  ],
  ["headers that never came", coded("UND_ERR_HEADERS_TIMEOUT"), "DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED"],
  ["a bare refused connection", coded("ECONNREFUSED"), "UNAVAILABLE", "UNREACHABLE"],
  [
    "fetch, which hides it",
    new TypeError("fetch failed", { cause: coded("ECONNREFUSED") }),
    "UNAVAILABLE",
    "UNREACHABLE",
  ],
  [
    "a host with two addresses",
    new TypeError("fetch failed", { cause: new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")]) }),
    "UNAVAILABLE",
    "UNREACHABLE",
  ],
  [
    "an engine fault above its cause",
    new EngineError("broken", "cut", { cause: coded("ECONNRESET") }),
    "UNAVAILABLE",
    "ENGINE_BROKEN",
  ],
  ["an abort", new DOMException("", "AbortError"), "CANCELLED", "CANCELLED"],
  ["an abort as a cause", new Error("x", { cause: new DOMException("", "AbortError") }), "CANCELLED", "CANCELLED"],
  ["a bug", new TypeError("undefined is not a function"), "INTERNAL", "INTERNAL"],
  ["no error at all", "a string", "INTERNAL", "INTERNAL"],
  ["nothing", undefined, "INTERNAL", "INTERNAL"],
];

for (const [what, thrown, code, reason] of rows)
  test(`${what} becomes ${code}`, () => {
    const result = described(toServerError(thrown));
    assert.deepEqual([result.code, result.reason], [code, reason]);
  });

test("once the call's signal has aborted, whatever is thrown means cancelled", () => {
  const signal = AbortSignal.abort(new Error("barge-in"));
  assert.equal(described(toServerError(signal.reason, signal)).code, "CANCELLED");
  assert.equal(described(toServerError(new TypeError("torn down"), signal)).code, "CANCELLED");
});

test("a status that was thrown as such passes through", () => {
  const own = new ServerError(Status.FAILED_PRECONDITION, "no");
  assert.equal(toServerError(own), own);
});

test("details: the fields that are wrong, and how long to wait", () => {
  const bad = described(toServerError(new InvalidRequestError({ field: "stop[4]", description: "send at most 4" })));
  assert.deepEqual(bad.rest, [
    BadRequest.fromPartial({ fieldViolations: [{ field: "stop[4]", description: "send at most 4" }] }),
  ]);
  const waits = (error: unknown) => described(toServerError(error)).rest;
  const delay = (seconds: number, nanos: number) => [RetryInfo.fromPartial({ retryDelay: { seconds, nanos } })];
  assert.deepEqual(waits(new OverloadedError("full", 1250)), delay(1, 250_000_000));
  assert.deepEqual(waits(new EngineError("overloaded", "busy", { retryDelayMs: 3000 })), delay(3, 0));
  assert.deepEqual(waits(new EngineError("overloaded", "busy")), delay(1, 0));
});

test("a thousand faults fit into the trailers of a response", () => {
  const violations = Array.from({ length: 1000 }, (_, i) => ({
    field: `messages[${i}].content`,
    description: "empty",
  }));
  const error = toServerError(new InvalidRequestError(...violations));
  assert.ok(error instanceof RichServerError);
  const bytes = error.extra.reduce((sum, detail) => sum + JSON.stringify(detail).length, error.details.length);
  assert.ok(bytes < 4096, `${bytes} bytes`);
});

test("an unknown error's words stay inside: they could be a user's", () => {
  let thrown: unknown;
  try {
    JSON.parse("my secret");
  } catch (error) {
    thrown = error;
  }
  assert.doesNotMatch(toServerError(thrown).details, /secret/);
});
