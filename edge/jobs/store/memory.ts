import { randomUUID } from "node:crypto";
import { givenUp, type JobRecord, type JobRules, type JobState, type JobStore, type TakenJob } from "./store.ts";

type Entry = { -readonly [Field in keyof JobRecord]: JobRecord[Field] } & { token: string; heardAt: number };

const mostDead = 10_000;

/** Jobs in the memory of this process. */
export function createMemoryJobs(rules: JobRules, unixNow: () => number): JobStore {
  const jobs = new Map<string, Entry>();
  /** Those that wait or run, the oldest first. */
  const open = new Set<string>();
  const dead: string[] = [];
  const listeners = new Set<(message: string) => void>();
  const tell = (message: string) => {
    for (const heard of listeners) heard(message);
  };
  const end = (job: Entry, state: JobState, fields: Partial<Entry> = {}) => {
    Object.assign(job, { state, token: "", updatedAt: unixNow(), ...fields });
    open.delete(job.id);
    // What ended last stands last.
    jobs.delete(job.id);
    jobs.set(job.id, job);
  };
  const forget = () => {
    for (const [id, job] of jobs) {
      if (open.has(id)) continue;
      if (job.updatedAt + rules.keptMs > unixNow() && jobs.size <= 2 * rules.maxWaiting) return;
      jobs.delete(id);
    }
  };
  const bury = (job: Entry) => {
    end(job, "failed", { error: givenUp });
    dead.push(job.id);
    if (dead.length > mostDead) dead.shift();
  };
  const own = ({ id, token }: TakenJob) => {
    const job = jobs.get(id);
    return job?.token === token ? job : undefined;
  };
  const find = (tenant: string, id: string) => {
    forget();
    const job = jobs.get(id);
    return job?.tenant === tenant ? job : undefined;
  };
  return {
    kind: "memory",
    notReady: () => undefined,
    async submit(job) {
      forget();
      if (jobs.has(job.id)) return "known";
      if (open.size >= rules.maxWaiting) return "full";
      const at = unixNow();
      const fresh = { state: "queued", attempts: 0, answer: undefined, error: undefined, token: "" } as const;
      jobs.set(job.id, { ...job, ...fresh, createdAt: at, updatedAt: at, heardAt: Number.NEGATIVE_INFINITY });
      open.add(job.id);
      tell("");
      return "taken";
    },
    async get(tenant, id) {
      const job = find(tenant, id);
      return job && { ...job };
    },
    async cancel(tenant, id) {
      const job = find(tenant, id);
      if (job !== undefined && open.has(id)) {
        end(job, "cancelled");
        tell(id);
      }
      return job !== undefined;
    },
    async take() {
      for (const id of [...open]) {
        const job = jobs.get(id) as Entry;
        if (unixNow() - job.heardAt < rules.claimAfterMs) continue;
        if (job.attempts >= rules.maxAttempts || unixNow() - job.createdAt > rules.keptMs) {
          bury(job);
          continue;
        }
        const at = unixNow();
        const taken = { state: "running", attempts: job.attempts + 1, token: randomUUID() } as const;
        Object.assign(job, { ...taken, heardAt: at, updatedAt: at });
        const { tenant, question, createdAt, attempts, token } = job;
        return { id, tenant, question, createdAt, attempts, token };
      }
      return undefined;
    },
    async beat(taken) {
      const job = own(taken);
      if (job !== undefined) job.heardAt = unixNow();
      return job !== undefined;
    },
    async complete(taken, answer) {
      const job = own(taken);
      if (job !== undefined) end(job, "succeeded", { answer });
      return job !== undefined;
    },
    async fail(taken, error) {
      const job = own(taken);
      if (job !== undefined) end(job, "failed", { error });
      return job !== undefined;
    },
    async giveBack(taken, counted) {
      const job = own(taken);
      if (job === undefined) return false;
      const at = unixNow();
      Object.assign(job, { state: "queued", token: "", heardAt: at, updatedAt: at });
      if (!counted) job.attempts--;
      return true;
    },
    dead: async () => [...dead],
    waiting: async () => open.size,
    async listen(heard) {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
  };
}
