import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "vitest";
import { StoreError, type StoreFault, toStoreError } from "./errors.ts";

/** An error as the client library throws it. */
function thrown(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, command: { name: "set", args: ["key", "what a user said"] } });
}

test("what a client throws is classified", () => {
  const rows: [name: string, message: string, fault: StoreFault, code?: string][] = [
    ["Error", "Stream isn't writeable and enableOfflineQueue options is false", "away"],
    ["Error", "Command timed out", "unanswered"],
    ["Error", "Connection is closed.", "unanswered"],
    ["MaxRetriesPerRequestError", "Reached the max retries per request limit (which is 0).", "unanswered"],
    ["AbortError", "Command aborted due to connection close", "unanswered"],
    ["ParserError", "Protocol error", "unanswered"],
    ["ReplyError", "LOADING Redis is loading the dataset in memory", "unable", "LOADING"],
    ["ReplyError", "READONLY You can't write against a read only replica.", "unable", "READONLY"],
    ["ReplyError", "OOM command not allowed when used memory > 'maxmemory'.", "unable", "OOM"],
    ["ReplyError", "MISCONF Redis is configured to save RDB snapshots", "unable", "MISCONF"],
    ["ReplyError", "NOPERM this user has no permissions to run the 'set' command", "unable", "NOPERM"],
    ["ReplyError", "WRONGTYPE Operation against a key", "rejected", "WRONGTYPE"],
    ["ReplyError", "NOGROUP No such key", "rejected", "NOGROUP"],
    ["ReplyError", "FENCED by another", "rejected", "FENCED"],
    ["ReplyError", "ERR unknown command 'x', with args beginning with: 'what a user said' ", "rejected", "ERR"],
  ];
  for (const [name, message, fault, code] of rows) {
    const error = toStoreError(thrown(name, message), "Redis at redis://cache:6379", "connect ECONNREFUSED");
    assert.ok(error instanceof StoreError, message);
    assert.deepEqual([error.fault, error.code], [fault, code], message);
    assert.match(error.message, /^Redis at redis:\/\/cache:6379 /);
    assert.ok(error.cause instanceof Error);
    assert.doesNotMatch(inspect(error, { depth: 9 }) + error.cause.stack, /what a user said/);
  }
});

test("why there is no connection is told", () => {
  const error = toStoreError(thrown("Error", "Stream isn't writeable"), "Redis", "connect ECONNREFUSED");
  assert.match(String(error), /nothing was sent: connect ECONNREFUSED/);
});

test("what is not of the client comes back as it is", () => {
  for (const other of [new TypeError("ours"), new StoreError("away", "known already"), "no error at all"])
    assert.equal(toStoreError(other, "Redis", undefined), other);
});
