import assert from "node:assert/strict";
import { describe, test, vi } from "vitest";
import { answer, ask, startWithTwin } from "./start.ts";

describe("fifty calls at once, some left, some failing,", () => {
  test("end as they should", async (context) => {
    const { client, twin } = await startWithTwin(context, { twin: { timeScale: 0.1 } });
    const calls = Array.from({ length: 50 }, async (_, i) => {
      if (i % 5 === 3) await assert.rejects(answer(client, ask("[[tokens:9]] [[fault:error-mid]]")));
      else if (i % 5 === 4) for await (const { event } of client.generate(ask("[[tokens:30]]"))) if (event) break;
      if (i % 5 < 3) assert.equal((await answer(client, ask(`[[say:call ${i}]]`))).text, `call ${i}`);
    });
    await Promise.all(calls);
    await vi.waitFor(() => assert.ok(twin.seen().every(({ state }) => state !== "running")));
    assert.equal(twin.seen().filter(({ state }) => state === "finished").length, 40);
  });

  test("leave no socket and no timer once the service has closed", async () => {
    // Sockets take a moment to close, and the test runner has short timers. Waiting by timers would see its own.
    const deadline = performance.now() + 1000;
    while (held().length > 0 && performance.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(held(), []);
  });
});

/** Which sockets and timers keep this process busy. */
function held(): string[] {
  return process.getActiveResourcesInfo().filter((name) => /^(?:TCP|Timeout)/.test(name));
}
