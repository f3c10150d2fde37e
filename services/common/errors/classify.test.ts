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

/** An error below so many others. */
function caused(depth: number): Error {
  return depth === 0 ? new NotFoundError("no such voice") : new Error("x", { cause: caused(depth - 1) });
}

function circular(): Error {
  const error = new Error("x");
  return Object.assign(error, { cause: error });
}

type Row = [what: string, thrown: unknown, code: keyof typeof Status, reason: string];
const rows: Row[] = [
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
  ["engine known to be silent", new EngineError("silent", "not asked"), "UNAVAILABLE", "ENGINE_SILENT"],
  ["engine without a word", new EngineError("empty", "nothing"), "UNAVAILABLE", "ENGINE_EMPTY"],
  ["engine's wrong shape", new EngineError("misshapen", "no JSON"), "INTERNAL", "ENGINE_OUTPUT_INVALID"],
  ["own deadline", new DOMException("", "TimeoutError"), "DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED"],
  [
    "own deadline around a timer, which throws AbortError",
    Object.assign(new Error("", { cause: new DOMException("", "TimeoutError") }), { name: "AbortError" }),
    "DEADLINE_EXCEEDED",
    "DEADLINE_EXCEEDED",
  ],
  ...["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"].map(
    (name): Row => [name, coded(name), "DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED"],
  ),
  ...[
    "ECONNREFUSED",
    "ECONNRESET",
    "EPIPE",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "UND_ERR_CONNECT_TIMEOUT",
    "UND_ERR_SOCKET",
  ].map((name): Row => [name, coded(name), "UNAVAILABLE", "UNREACHABLE"]),
  ["a code of a file", coded("ENOENT"), "INTERNAL", "INTERNAL"],
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
  ["null", null, "INTERNAL", "INTERNAL"],
  [
    "the second of several errors",
    new AggregateError([new Error("x"), new NotFoundError("no such voice")]),
    "NOT_FOUND",
    "NOT_FOUND",
  ],
  [
    "what is known, be an abort above it",
    Object.assign(new Error("x", { cause: new NotFoundError("no such voice") }), { name: "AbortError" }),
    "NOT_FOUND",
    "NOT_FOUND",
  ],
  ["the eighth cause", caused(8), "NOT_FOUND", "NOT_FOUND"],
  ["a cause further down", caused(9), "INTERNAL", "INTERNAL"],
  ["an error that is its own cause", circular(), "INTERNAL", "INTERNAL"],
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

test("a status says what was thrown, without what a user may have written", () => {
  const told: [thrown: unknown, details: string][] = [
    [new InvalidRequestError({ field: "a", description: "b" }, { field: "c", description: "d" }), "a: b; c: d"],
    [new UnreadableRequestError(), "the request is not a valid message of its type: check how it is encoded"],
    [new NotFoundError("no such voice"), "no such voice"],
    [new UnauthenticatedError("set a token"), "set a token"],
    [new OverloadedError("full", 250), "full"],
    [new EngineError("broken", "the engine died"), "the engine died"],
    [coded("ECONNREFUSED"), "a peer cannot be reached (ECONNREFUSED)"],
    [new DOMException("", "TimeoutError"), "the time limit of the call was reached"],
    [new DOMException("", "AbortError"), "the call was cancelled"],
    [new Error("secret"), "internal error: see the service's log"],
  ];
  for (const [thrown, details] of told) assert.equal(toServerError(thrown).details, details);
});

test("500 characters of a message are sent", () => {
  const details = (length: number) => toServerError(new NotFoundError("x".repeat(length))).details;
  assert.equal(details(500), "x".repeat(500));
  assert.equal(details(501), `${"x".repeat(500)}…`);
});

test("a refusal says why, and how long to wait", () => {
  const told = (error: OverloadedError) => {
    const { extra } = toServerError(error) as RichServerError;
    return extra[0] as ErrorInfo;
  };
  assert.deepEqual(told(new OverloadedError("full", 250)).metadata, { cause: "capacity" });
  assert.deepEqual(told(new OverloadedError("full", 250, "tenant")).metadata, { cause: "tenant" });
});

test("errors are known by their names in logs", () => {
  const { name: unreadable } = new UnreadableRequestError();
  const { name: invalid } = new InvalidRequestError();
  const others = [
    new NotFoundError(),
    new OverloadedError("", 0),
    new UnauthenticatedError(),
    new EngineError("empty", ""),
  ];
  assert.deepEqual(
    [unreadable, invalid, ...others.map(({ name }) => name)],
    [
      "UnreadableRequestError",
      "InvalidRequestError",
      "NotFoundError",
      "OverloadedError",
      "UnauthenticatedError",
      "EngineError",
    ],
  );
});

test("an engine's error keeps what it was given", () => {
  const cause = new Error("cut");
  const full = new EngineError("unreachable", "away", { retryDelayMs: 5, forLog: "ECONNRESET", unsent: true, cause });
  assert.deepEqual([full.retryDelayMs, full.forLog, full.unsent, full.cause], [5, "ECONNRESET", true, cause]);
  const bare = new EngineError("broken", "died");
  assert.deepEqual([bare.retryDelayMs, bare.forLog, bare.unsent, bare.cause], [undefined, undefined, false, undefined]);
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
  assert.deepEqual(waits(new EngineError("silent", "not asked", { retryDelayMs: 500 })), delay(0, 500_000_000));
  assert.deepEqual(waits(new EngineError("broken", "died")), []);
});

test("a thousand faults fit into the trailers of a response", () => {
  const violations = Array.from({ length: 1000 }, (_, i) => ({
    field: `messages[${i}].content`,
    description: "empty",
  }));
  const error = toServerError(new InvalidRequestError(...violations));
  assert.ok(error instanceof RichServerError);
  const [, bad] = error.extra as [ErrorInfo, BadRequest];
  assert.deepEqual(
    bad.fieldViolations.map(({ field }) => field),
    violations.slice(0, 10).map(({ field }) => field),
  );
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
