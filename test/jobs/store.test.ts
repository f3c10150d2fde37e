import assert from "node:assert/strict";
import { describe, type TestContext, test } from "vitest";
import { createMemoryJobs } from "../../edge/jobs/store/memory.ts";
import { createRedisJobs } from "../../edge/jobs/store/redis.ts";
import { givenUp, type JobRules, type JobStore, type TakenJob } from "../../edge/jobs/store/store.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { openRedis } from "../../infra/stores/redis.ts";
import { startRedis } from "../support/redis.ts";
import { until } from "../support/until.ts";

const rules: JobRules = { claimAfterMs: 60_000, maxAttempts: 3, maxWaiting: 4, keptMs: 60_000 };

/** A store as two workers have it, and what lets time pass for it. */
type Open = (context: TestContext, more?: Partial<JobRules>) => Promise<readonly [one: JobStore, other: JobStore]>;

const stores: Record<string, Open> = {
  async memory(_context, more) {
    const store = createMemoryJobs({ ...rules, ...more }, Date.now);
    return [store, store];
  },
  async redis(context, more) {
    const { url } = await startRedis(context);
    const open = async () => {
      const log = createLog({ service: "test", level: "silent" });
      const redis = await openRedis({ url, setting: "none", log, clock: systemClock });
      context.onTestFinished(() => redis.close());
      return createRedisJobs(redis, { ...rules, ...more });
    };
    return [await open(), await open()];
  },
};

const job = (id: string, tenant = "acme") => ({ id, tenant, question: `{"of":"${id}"}` });
const taken = async (store: JobStore): Promise<TakenJob> => {
  const job = await store.take();
  assert.ok(job, "a job is there to be taken");
  return job;
};
/** Takes what nobody is heard of any more. */
const takenOver = async (store: JobStore): Promise<TakenJob> => {
  const deadline = performance.now() + 5_000;
  while (performance.now() < deadline) {
    const job = await store.take();
    if (job !== undefined) return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return assert.fail("nobody was given up");
};

for (const [kind, open] of Object.entries(stores))
  describe(`jobs kept in ${kind}`, () => {
    test("are taken one after the other, each by one, and end with their answers", async (context) => {
      const [one, other] = await open(context);
      assert.equal(one.kind, kind);
      for (const id of ["a", "b"]) assert.equal(await one.submit(job(id)), "taken");
      const [first, second] = [await taken(other), await taken(one)];
      assert.deepEqual([first.id, second.id, await one.take()], ["a", "b", undefined]);
      assert.deepEqual([first.question, first.tenant, first.attempts], ['{"of":"a"}', "acme", 1]);
      assert.ok(Math.abs(first.createdAt - Date.now()) < 5_000);
      assert.equal((await one.get("acme", "a"))?.state, "running");
      assert.equal(await other.complete(first, "done"), true);
      const record = await one.get("acme", "a");
      assert.deepEqual([record?.state, record?.answer, record?.attempts], ["succeeded", "done", 1]);
      const error = { code: 5, reason: "VOICE_NOT_FOUND", message: "no such voice" };
      assert.equal(await one.fail(second, error), true);
      assert.deepEqual((await one.get("acme", "b"))?.error, error);
      assert.deepEqual([await one.waiting(), await one.dead()], [0, []]);
    });

    test("are known by their ids, to their tenants alone", async (context) => {
      const [one] = await open(context);
      await one.submit(job("a"));
      assert.equal(await one.submit({ ...job("a"), question: "another" }), "known");
      assert.equal((await one.get("acme", "a"))?.question, '{"of":"a"}');
      assert.equal(await one.get("evil", "a"), undefined);
      assert.equal(await one.cancel("evil", "a"), false);
      assert.equal(await one.get("acme", "b"), undefined);
      assert.equal((await one.get("acme", "a"))?.state, "queued");
    });

    test("wait up to a number", async (context) => {
      const [one] = await open(context);
      for (const id of ["a", "b", "c", "d"]) assert.equal(await one.submit(job(id)), "taken");
      assert.equal(await one.submit(job("e")), "full");
      await one.complete(await taken(one), "");
      assert.equal(await one.submit(job("e")), "taken");
    });

    test("are taken over from whoever falls silent, whose word then counts for nothing", async (context) => {
      const [one, other] = await open(context, { claimAfterMs: 60 });
      await one.submit(job("a"));
      const lost = await taken(one);
      const found = await takenOver(other);
      assert.deepEqual([found.id, found.attempts], ["a", 2]);
      assert.equal(await one.beat(lost), false);
      assert.equal(await one.complete(lost, "old"), false);
      assert.equal(await one.fail(lost, givenUp), false);
      assert.equal(await one.giveBack(lost, true), false);
      assert.equal(await other.complete(found, "new"), true);
      assert.equal((await one.get("acme", "a"))?.answer, "new");
    });

    test("stay with whoever is heard of", async (context) => {
      const [one, other] = await open(context, { claimAfterMs: 1_500 });
      await one.submit(job("a"));
      const mine = await taken(one);
      const since = performance.now();
      while (performance.now() - since < 1_600) {
        assert.equal(await one.beat(mine), true);
        assert.equal(await other.take(), undefined);
      }
      assert.equal((await takenOver(other)).attempts, 2);
    });

    test("that are begun as often as may be go to the dead letters", async (context) => {
      const [one, other] = await open(context, { claimAfterMs: 60 });
      await one.submit(job("poison"));
      await one.submit(job("good"));
      const attempts: string[] = [];
      const deadline = performance.now() + 10_000;
      while ((await one.dead()).length === 0 && performance.now() < deadline) {
        const job = await other.take();
        if (job === undefined) continue;
        attempts.push(job.id);
        // Whoever has it dies: nothing more is heard.
        if (job.id === "good") await other.complete(job, "");
      }
      assert.equal(attempts.filter((id) => id === "poison").length, rules.maxAttempts);
      assert.deepEqual(await one.dead(), ["poison"]);
      const record = await one.get("acme", "poison");
      assert.deepEqual([record?.state, record?.error, record?.attempts], ["failed", givenUp, rules.maxAttempts]);
      assert.equal((await one.get("acme", "good"))?.state, "succeeded");
      assert.equal(await one.waiting(), 0);
    });

    test("that are given back wait for a while, and count as their attempt is said to", async (context) => {
      const [one] = await open(context, { claimAfterMs: 1_000 });
      await one.submit(job("a"));
      assert.equal(await one.giveBack(await taken(one), false), true);
      assert.equal(await one.take(), undefined);
      assert.deepEqual((await one.get("acme", "a"))?.state, "queued");
      const again = await takenOver(one);
      assert.equal(again.attempts, 1);
      assert.equal(await one.giveBack(again, true), true);
      assert.equal((await takenOver(one)).attempts, 2);
    });

    test("that are given up are heard of, and taken by nobody", async (context) => {
      const [one, other] = await open(context);
      const heard: string[] = [];
      const deafen = await other.listen((message) => heard.push(message));
      for (const id of ["a", "b"]) await one.submit(job(id));
      const running = await taken(other);
      assert.equal(await one.cancel("acme", "a"), true);
      assert.equal(await one.cancel("acme", "b"), true);
      await until("all of it is heard", () => heard.length === 4);
      assert.deepEqual(heard, ["", "", "a", "b"]);
      assert.equal(await other.beat(running), false);
      assert.equal(await other.complete(running, "late"), false);
      assert.deepEqual([await other.take(), await one.waiting()], [undefined, 0]);
      assert.equal((await one.get("acme", "a"))?.state, "cancelled");
      await one.submit(job("c"));
      const done = await taken(one);
      await one.complete(done, "");
      assert.equal(await one.cancel("acme", "c"), true);
      assert.equal((await one.get("acme", "c"))?.state, "succeeded", "what has ended stays as it is");
      deafen();
    });

    test("that have waited for too long are given up", async (context) => {
      const [one] = await open(context, { keptMs: 30, claimAfterMs: 1 });
      await one.submit(job("a"));
      const deadline = performance.now() + 5_000;
      let job_: TakenJob | undefined;
      // Whoever gives it back at once does not begin it anew.
      while ((await one.dead()).length === 0 && performance.now() < deadline) {
        job_ = await one.take();
        if (job_ !== undefined) await one.giveBack(job_, false);
      }
      assert.deepEqual(await one.dead(), ["a"]);
    });
  });
