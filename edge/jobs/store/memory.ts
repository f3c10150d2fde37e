import { randomUUID } from "node:crypto";
import {
  givenUp,
  type JobError,
  type JobRecord,
  type JobRules,
  type JobState,
  type JobStore,
  type NewJob,
  type TakenJob,
} from "./store.ts";

type Entry = { -readonly [Field in keyof JobRecord]: JobRecord[Field] } & { token: string; heardAt: number };

const mostDead = 10_000;

/** Stores jobs in the memory of this process. */
export function createMemoryJobs(rules: JobRules, unixNow: () => number): JobStore {
  return new MemoryJobs(rules, unixNow);
}

class MemoryJobs implements JobStore {
  readonly kind = "memory";
  readonly #rules: JobRules;
  readonly #unixNow: () => number;
  /** All jobs by their ids. Those that have ended are in the order in which they ended. */
  readonly #jobs = new Map<string, Entry>();
  /** The ids of the jobs that wait or run, oldest first. */
  readonly #open = new Set<string>();
  readonly #dead: string[] = [];
  readonly #listeners = new Set<(message: string) => void>();

  constructor(rules: JobRules, unixNow: () => number) {
    this.#rules = rules;
    this.#unixNow = unixNow;
  }

  notReady(): undefined {}

  async submit(job: NewJob): Promise<"taken" | "known" | "full"> {
    this.#forget();
    if (this.#jobs.has(job.id)) return "known";
    if (this.#open.size >= this.#rules.maxWaiting) return "full";
    const at = this.#unixNow();
    const fresh = { state: "queued", attempts: 0, answer: undefined, error: undefined, token: "" } as const;
    this.#jobs.set(job.id, { ...job, ...fresh, createdAt: at, updatedAt: at, heardAt: Number.NEGATIVE_INFINITY });
    this.#open.add(job.id);
    this.#tell("");
    return "taken";
  }

  async get(tenant: string, id: string): Promise<JobRecord | undefined> {
    const job = this.#find(tenant, id);
    return job && { ...job };
  }

  async cancel(tenant: string, id: string): Promise<boolean> {
    const job = this.#find(tenant, id);
    if (job !== undefined && this.#open.has(id)) {
      this.#end(job, "cancelled");
      this.#tell(id);
    }
    return job !== undefined;
  }

  async take(): Promise<TakenJob | undefined> {
    const { claimAfterMs, maxAttempts, keptMs } = this.#rules;
    for (const id of [...this.#open]) {
      const job = this.#jobs.get(id) as Entry;
      if (this.#unixNow() - job.heardAt < claimAfterMs) continue;
      if (job.attempts >= maxAttempts || this.#unixNow() - job.createdAt > keptMs) {
        this.#bury(job);
        continue;
      }
      const at = this.#unixNow();
      const taken = { state: "running", attempts: job.attempts + 1, token: randomUUID() } as const;
      Object.assign(job, { ...taken, heardAt: at, updatedAt: at });
      const { tenant, question, createdAt, attempts, token } = job;
      return { id, tenant, question, createdAt, attempts, token };
    }
    return undefined;
  }

  async beat(taken: TakenJob): Promise<boolean> {
    const job = this.#own(taken);
    if (job !== undefined) job.heardAt = this.#unixNow();
    return job !== undefined;
  }

  async complete(taken: TakenJob, answer: string): Promise<boolean> {
    const job = this.#own(taken);
    if (job !== undefined) this.#end(job, "succeeded", { answer });
    return job !== undefined;
  }

  async fail(taken: TakenJob, error: JobError): Promise<boolean> {
    const job = this.#own(taken);
    if (job !== undefined) this.#end(job, "failed", { error });
    return job !== undefined;
  }

  async giveBack(taken: TakenJob, counted: boolean): Promise<boolean> {
    const job = this.#own(taken);
    if (job === undefined) return false;
    const at = this.#unixNow();
    Object.assign(job, { state: "queued", token: "", heardAt: at, updatedAt: at });
    if (!counted) job.attempts--;
    return true;
  }

  async dead(): Promise<string[]> {
    return [...this.#dead];
  }

  async waiting(): Promise<number> {
    return this.#open.size;
  }

  async listen(heard: (message: string) => void): Promise<() => void> {
    this.#listeners.add(heard);
    return () => void this.#listeners.delete(heard);
  }

  /** The stored job; undefined unless it still belongs to the worker that took it. */
  #own({ id, token }: TakenJob): Entry | undefined {
    const job = this.#jobs.get(id);
    return job?.token === token ? job : undefined;
  }

  #find(tenant: string, id: string): Entry | undefined {
    this.#forget();
    const job = this.#jobs.get(id);
    return job?.tenant === tenant ? job : undefined;
  }

  #end(job: Entry, state: JobState, fields: Partial<Entry> = {}): void {
    Object.assign(job, { state, token: "", updatedAt: this.#unixNow(), ...fields });
    this.#open.delete(job.id);
    this.#jobs.delete(job.id);
    this.#jobs.set(job.id, job);
  }

  #bury(job: Entry): void {
    this.#end(job, "failed", { error: givenUp });
    this.#dead.push(job.id);
    if (this.#dead.length > mostDead) this.#dead.shift();
  }

  #forget(): void {
    const { keptMs, maxWaiting } = this.#rules;
    for (const [id, job] of this.#jobs) {
      if (this.#open.has(id)) continue;
      if (job.updatedAt + keptMs > this.#unixNow() && this.#jobs.size <= 2 * maxWaiting) return;
      this.#jobs.delete(id);
    }
  }

  #tell(message: string): void {
    for (const heard of this.#listeners) heard(message);
  }
}
