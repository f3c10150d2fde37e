import assert from "node:assert/strict";
import { test, vi } from "vitest";
import { answer, ask, startWithTwin } from "./start.ts";

test("fifty calls at once, some left, some failing, leave nothing behind", async (context) => {
  const before = held("Timeout");
  await context.test("the calls", async (inner) => {
    const { client, twin } = await startWithTwin(inner, { twin: { timeScale: 0.1 } });
    const calls = Array.from({ length: 50 }, async (_, i) => {
      if (i % 5 === 3) await assert.rejects(answer(client, ask("[[tokens:9]] [[fault:error-mid]]")));
      else if (i % 5 === 4) for await (const { event } of client.generate(ask("[[tokens:30]]"))) if (event) break;
      if (i % 5 < 3) assert.equal((await answer(client, ask(`[[say:call ${i}]]`))).text, `call ${i}`);
    });
    await Promise.all(calls);
    await vi.waitFor(() => assert.ok(twin.seen().every(({ state }) => state !== "running")));
    assert.equal(twin.seen().filter(({ state }) => state === "finished").length, 40);
  });
  // Sockets take a moment to close, and waiting for them takes timers: those are looked at afterwards.
  await vi.waitFor(() => assert.deepEqual(held("TCP"), []));
  assert.deepEqual(held("Timeout"), before);
});

/** What of a kind keeps this process busy. */
function held(kind: string): string[] {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith(kind));
}
