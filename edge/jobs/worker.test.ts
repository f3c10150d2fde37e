import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { createLog } from "../../infra/log/log.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { Failure } from "../errors.ts";
import { createMemoryJobs } from "./store/memory.ts";
import { type DoJob, startWorker } from "./worker.ts";

const claimAfterMs = 9_000;

/** A worker in virtual time, and the jobs that it does. */
function begin(work: DoJob, atOnce = 1) {
  const clock = createVirtualClock();
  const rules = { claimAfterMs, maxAttempts: 2, maxWaiting: 10, keptMs: 1_000_000 };
  const store = createMemoryJobs(rules, () => clock.now());
  const log = createLog({ service: "test", level: "silent" });
  const metrics = createMetrics({ runtime: false });
  const worker = startWorker({ store, work, atOnce, claimAfterMs, clock, log, metrics });
  const submit = (id: string) => store.submit({ id, tenant: "acme", question: id });
  const stateOf = async (id: string) => (await store.get("acme", id))?.state;
  return { clock, store, worker, submit, stateOf };
}

/** Work that ends when it is told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { promise, resolve };
}

describe("a worker", () => {
  it("does what is there, as many at once as it may", async () => {
    const works = new Map([...["a", "b", "c"]].map((id) => [id, held()]));
    const begun: string[] = [];
    const { clock, worker, submit, stateOf } = begin(({ id }) => {
      begun.push(id);
      return (works.get(id) as ReturnType<typeof held>).promise;
    }, 2);
    for (const id of works.keys()) await submit(id);
    await clock.advance(0);
    assert.deepEqual(begun, ["a", "b"]);
    works.get("b")?.resolve("done");
    await clock.advance(0);
    assert.deepEqual([begun, await stateOf("b")], [["a", "b", "c"], "succeeded"]);
    for (const work of works.values()) work.resolve("done");
    await worker.close();
    assert.deepEqual([await stateOf("a"), await stateOf("c"), clock.pending], ["succeeded", "succeeded", 0]);
  });

  it("says that it has a job for as long as it takes", async () => {
    const work = held();
    const { clock, store, worker, submit, stateOf } = begin(() => work.promise);
    await submit("a");
    for (let waited = 0; waited < 10 * claimAfterMs; waited += 1_000) {
      await clock.advance(1_000);
      assert.equal(await store.take(), undefined, `nobody may take it after ${waited} ms`);
    }
    work.resolve("late");
    await worker.close();
    assert.equal(await stateOf("a"), "succeeded");
  });

  it("stores nothing of a job that is another's by now", async () => {
    const frozen = held();
    let stored = false;
    const { clock, store, worker, submit, stateOf } = begin(async (_job, _signal, expectOwned) => {
      await frozen.promise;
      await expectOwned();
      stored = true;
      return "";
    });
    await submit("a");
    await clock.advance(0);
    const { beat } = store;
    // It is frozen: what it says does not come through.
    store.beat = () => new Promise(() => {});
    await clock.advance(claimAfterMs);
    store.beat = beat;
    const other = await store.take();
    assert.equal(other?.attempts, 2);
    frozen.resolve("");
    await worker.close();
    assert.equal(stored, false);
    assert.equal(await stateOf("a"), "running");
    assert.equal(other && (await store.complete(other, "")), true);
  });

  it("stops a job that is given up", async () => {
    let why: unknown;
    const { clock, store, worker, submit, stateOf } = begin((_job, signal) => {
      const { promise, reject } = Promise.withResolvers<string>();
      signal.addEventListener("abort", () => {
        why = signal.reason;
        reject(signal.reason);
      });
      return promise;
    });
    await submit("a");
    await clock.advance(0);
    await store.cancel("acme", "a");
    await clock.advance(0);
    assert.ok(why);
    await worker.close();
    assert.deepEqual([await stateOf("a"), await store.waiting(), await store.dead()], ["cancelled", 0, []]);
  });

  const failures: readonly (readonly [failure: Error, attempts: number, error: string | undefined])[] = [
    [new Failure("NOT_FOUND", "VOICE_NOT_FOUND", "no such voice"), 1, "VOICE_NOT_FOUND"],
    [new Failure("INVALID_ARGUMENT", "INVALID_REQUEST", "wrong"), 1, "INVALID_REQUEST"],
    [new Failure("UNAVAILABLE", "ENGINE_AWAY", "away"), 2, "GIVEN_UP"],
    [new Error("a fault of ours"), 2, "GIVEN_UP"],
    [new Failure("UNAVAILABLE", "STORE_AWAY", "away"), 5, undefined],
    [new Failure("ABORTED", "INTERRUPTED", "stopped"), 5, undefined],
  ];
  for (const [failure, most, reason] of failures)
    it(`begins a job ${most} times that fails by ${reason ?? (failure as Failure).reason}`, async () => {
      let attempts = 0;
      const { clock, store, worker, submit } = begin(async () => {
        if (++attempts <= 5) throw failure;
        return "";
      });
      await submit("a");
      await clock.advance(5.5 * claimAfterMs + 5_000);
      await worker.close();
      const job = await store.get("acme", "a");
      assert.equal(job?.error?.reason, reason);
      assert.equal(job?.state, reason === undefined ? "succeeded" : "failed");
      assert.equal(attempts, reason === undefined ? 6 : most);
      assert.deepEqual(await store.dead(), reason === "GIVEN_UP" ? ["a"] : []);
    });
});
