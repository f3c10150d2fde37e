import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, afterEach, beforeAll, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { ErrorInfoSchema, RetryInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { protocols } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";

let stack: Stack;
beforeAll(async () => {
  // A proxy on this machine passes on the calls of others: a quarter of eight turns is two.
  stack = await startStack({ edge: { maxTurns: 8, trustedProxies: ["127.0.0.1"] } });
});
afterAll(() => stack.close());
afterEach(() => until("no turn runs", () => stack.edge.turnCount === 0));

for (const [name, make] of Object.entries(protocols))
  it(`one address cannot keep everybody out: ${name}`, async () => {
    const caller = make(stack.url);
    const leaving = new AbortController();
    const from = (address: string) => ({
      headers: { "x-forwarded-for": `1.1.1.1, ${address}` },
      signal: leaving.signal,
    });
    const greedy = from("203.0.113.9");
    const running = [0, 1].map(() => readTurn(caller.converse({ text: "[[tokens:500]]" }, greedy)).catch(() => {}));
    await until("its share runs", () => stack.edge.turnCount === 2);

    await assert.rejects(readTurn(caller.speak({ text: "One more." }, greedy)), (error: ConnectError) => {
      assert.equal(error.code, Code.ResourceExhausted);
      assert.equal(error.findDetails(ErrorInfoSchema)[0]?.reason, "TOO_MANY_TURNS_OF_PEER");
      assert.ok(error.findDetails(RetryInfoSchema)[0]?.retryDelay !== undefined);
      return true;
    });
    for (const options of [from("203.0.113.10"), { signal: leaving.signal }])
      assert.equal(
        (await readTurn(caller.speak({ text: "And I?" }, options))).finished.outcome,
        Outcome.COMPLETED,
        "another address, and this machine",
      );
    leaving.abort();
    await Promise.all(running);
    caller.close();
  });
