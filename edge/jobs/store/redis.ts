import { randomUUID } from "node:crypto";
import { storeKey } from "../../../infra/stores/keys.ts";
import type { RedisStore } from "../../../infra/stores/redis.ts";
import { beat, cancel, end, giveBack, submit, take } from "./scripts.ts";
import { givenUp, type JobRules, type JobState, type JobStore, type TakenJob } from "./store.ts";

const queue = storeKey("jobs", "queue");
const deadKey = storeKey("jobs", "dead");
const bell = storeKey("jobs", "bell");
const keyOf = (id: string) => storeKey("jobs", "job", id);
const mostDead = 10_000;

/**
 * Stores jobs in Redis, shared by all edges that use the same Redis. Jobs survive a restart of Redis only if it saves
 * its data (`appendonly yes`).
 */
export function createRedisJobs(
  redis: RedisStore,
  { claimAfterMs, maxAttempts, maxWaiting, keptMs }: JobRules,
): JobStore {
  const worker = randomUUID();
  const scripts = {
    submit: redis.script(submit),
    cancel: redis.script(cancel),
    take: redis.script(take),
    beat: redis.script(beat),
    end: redis.script(end),
    giveBack: redis.script(giveBack),
  };
  const finish = async ({ id, token }: TakenJob, state: JobState, field: string, value: string) =>
    (await scripts.end([queue, keyOf(id)], [token, keptMs, state, field, value])) === 1;

  return {
    kind: "redis",
    notReady: () => redis.notReady(),
    async submit({ id, tenant, question }) {
      const came = await scripts.submit([queue, keyOf(id)], [id, tenant, question, maxWaiting, bell]);
      return String(came) as "taken" | "known" | "full";
    },
    async get(tenant, id) {
      const job = await redis.run((client) => client.hgetall(keyOf(id)));
      if (job.tenant !== tenant) return undefined;
      const { state = "", attempts, question = "", answer, error, createdAt, updatedAt } = job;
      return {
        id,
        tenant,
        state: state as JobState,
        attempts: Number(attempts),
        question,
        answer,
        error: error === undefined ? undefined : JSON.parse(error),
        createdAt: Number(createdAt),
        updatedAt: Number(updatedAt),
      };
    },
    cancel: async (tenant, id) => (await scripts.cancel([queue, keyOf(id)], [tenant, bell, id, keptMs])) === 1,
    async take() {
      const token = randomUUID();
      const why = JSON.stringify(givenUp);
      const values = [worker, token, keyOf(""), claimAfterMs, maxAttempts, keptMs, why];
      const taken = await scripts.take([queue, deadKey], values);
      if (!Array.isArray(taken)) return undefined;
      const [id, tenant, question, attempts, createdAt] = taken.map(String) as [string, string, string, string, string];
      return { id, tenant, question, attempts: Number(attempts), createdAt: Number(createdAt), token };
    },
    beat: async ({ id, token }) => (await scripts.beat([queue, keyOf(id)], [token, worker])) === 1,
    complete: (job, answer) => finish(job, "succeeded", "answer", answer),
    fail: (job, error) => finish(job, "failed", "error", JSON.stringify(error)),
    giveBack: async ({ id, token }, counted) =>
      (await scripts.giveBack([queue, keyOf(id)], [token, worker, counted ? 1 : 0])) === 1,
    async dead() {
      const entries = await redis.run((client) => client.xrange(deadKey, "-", "+", "COUNT", 2 * mostDead));
      return entries.map(([, fields]) => fields[1] as string);
    },
    waiting: () => redis.run((client) => client.xlen(queue)),
    listen: (heard) => redis.listen(bell, (message) => heard(String(message)), { patient: true }),
  };
}
