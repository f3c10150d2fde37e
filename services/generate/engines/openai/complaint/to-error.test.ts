import assert from "node:assert/strict";
import { it } from "vitest";
import { EngineError, type EngineFault } from "../../../../common/errors/engine-error.ts";
import { InvalidRequestError } from "../../../../common/errors/request-error.ts";
import type { Complaint } from "./complaint.ts";
import { toError } from "./to-error.ts";

const complaint = (given: Partial<Complaint>): Complaint => ({
  status: 400,
  type: "",
  param: "",
  message: "",
  numbers: {},
  ...given,
});

const rows: [given: Partial<Complaint>, fault: EngineFault, message: string][] = [
  [{}, "rejected", "the model server rejected the request (400)"],
  [{ type: "Bad_Type 1.0-a" }, "rejected", "the model server rejected the request (400, Bad_Type 1.0-a)"],
  [{ type: "t".repeat(64) }, "rejected", `the model server rejected the request (400, ${"t".repeat(64)})`],
  [{ type: "t".repeat(65) }, "rejected", "the model server rejected the request (400)"],
  [{ type: "bad: type" }, "rejected", "the model server rejected the request (400)"],
  [{ type: "type!" }, "rejected", "the model server rejected the request (400)"],
  [{ type: "!type" }, "rejected", "the model server rejected the request (400)"],
  [
    { type: "Bad", message: "The top_k is wrong." },
    "rejected",
    "the model server rejected the request (400, Bad, The top_k is wrong.)",
  ],
  [
    { status: 401, message: "the key sk-1 is wrong" },
    "unauthorized",
    "the model server rejected the API key (401): check DUET_VLLM_API_KEY",
  ],
  [{ status: 429 }, "overloaded", "the model server is overloaded (429)"],
  [{ status: 504 }, "stalled", "a proxy gave up waiting for the model server (504)"],
  [{ status: 500, message: "It has died." }, "broken", "the model server failed (500, It has died.)"],
  [{ status: 422, param: "max_tokens" }, "rejected", "the model server rejected the request (422)"],
];
it.each(rows)("%j is %s", (given, fault, message) => {
  const error = toError(complaint(given), undefined, 250);
  assert.ok(error instanceof EngineError);
  assert.deepEqual([error.fault, error.message, error.retryDelayMs], [fault, message, 250]);
});

it("the caller hears of a limit of tokens that is its own", () => {
  const error = toError(complaint({ param: "max_tokens", message: "It is too large." }));
  assert.ok(error instanceof InvalidRequestError);
  assert.deepEqual(error.violations, [
    {
      field: "max_tokens",
      description:
        "is more than fits in the model's context (400, It is too large.): lower it, or send shorter messages",
    },
  ]);
});

it("the log hears what the caller does not, and nothing twice", () => {
  const logged = (given: Partial<Complaint>) => (toError(complaint(given)) as EngineError).forLog;
  assert.equal(logged({ message: "It has died." }), undefined);
  assert.equal(logged({}), undefined);
  assert.equal(logged({ message: "It has died at http://10.0.0.1/x." }), "It has died at http://10.0.0.1/x.");
});
