import assert from "node:assert/strict";
import { test } from "vitest";
import { startVllmTwin } from "../../infra/twins/vllm/server.ts";
import { readTurn } from "../support/events.ts";
import { startStack } from "../support/stack.ts";
import { openEdge } from "./edges.ts";

test("a session's questions go to the model server that has its beginning", async (context) => {
  const twins = [await startVllmTwin({ timeScale: 0 }), await startVllmTwin({ timeScale: 0 })];
  const stack = await startStack({ timeScale: 0, settings: { DUET_VLLM_URL: twins.map(({ url }) => url).join() } });
  context.onTestFinished(async () => {
    await stack.close();
    await Promise.all(twins.map((twin) => twin.close()));
  });
  const { client } = await openEdge(context, stack);
  const asked = async (sessionId: string) => {
    const before = twins.map((twin) => twin.seen().length);
    for (let turn = 0; turn < 2; turn++) await readTurn(client.converse({ text: `${turn}? [[say:Yes.]]`, sessionId }));
    return twins.map((twin, index) => twin.seen().length - (before[index] as number));
  };
  const counts = [];
  // Which server a session goes to depends on their ports: that all go to one happens once in half a million runs.
  for (let session = 0; session < 20; session++) counts.push(await asked(`s${session}`));
  for (const count of counts) assert.deepEqual(count.toSorted(), [0, 2]);
  assert.ok(new Set(counts.map(([first]) => first)).size === 2, "each server has some");
});
