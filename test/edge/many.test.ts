import assert from "node:assert/strict";
import { afterAll, beforeAll, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { type Caller, protocols } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { untilQuiet } from "../support/quiet.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let callers: Caller[];
beforeAll(async () => {
  stack = await startStack({ fishWorkers: 2 });
  callers = Object.values(protocols).map((connect) => connect(stack.url));
});
afterAll(async () => {
  for (const caller of callers) caller.close();
  await stack.close();
});

it("50 turns at once, over every protocol: all complete, each with its own text", async () => {
  const turns = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const text = `This is answer number ${index}. It is short, but it has two sentences.`;
      const caller = callers[index % callers.length] as Caller;
      const turn = await readTurn(caller.converse({ text: `[[say:${text}]]` }));
      assert.equal(turn.text, text);
      return turn;
    }),
  );
  for (const { finished, pcm, segmentCount } of turns) {
    assert.equal(finished.outcome, Outcome.COMPLETED);
    assert.ok(segmentCount > 0 && pcm.length > 0);
  }
  assert.equal(new Set(turns.map(({ started }) => started.turnId)).size, 50);
  await untilQuiet(stack);
  assert.ok(stack.vllm.seen().every(({ state }) => state === "finished"));
  const metrics = await (await fetch(`${stack.url}/metrics`)).text();
  assert.match(metrics, /duet_edge_turns_total\{rpc="Converse",outcome="completed",code="OK"\} 50\n/);
  assert.match(metrics, /duet_edge_turns_in_flight 0\n/);
  assert.match(metrics, /duet_edge_ttfa_seconds_count\{rpc="Converse"\} 50\n/);
});
