/** The state of a job. */
export type JobState = "queued" | "running" | "succeeded" | "failed" | "cancelled";

/** Why a job failed. */
export interface JobError {
  /** The number of the failure's gRPC code. */
  readonly code: number;
  /** The reason of the failure, as a constant for programs. */
  readonly reason: string;
  /** A sentence for the caller who submitted the job. */
  readonly message: string;
}

/** A job as the store keeps it. */
export interface JobRecord {
  readonly id: string;
  readonly tenant: string;
  readonly state: JobState;
  /** How many times the job was started. */
  readonly attempts: number;
  /** The question, as a string that only the callers of the store interpret; the same is true of `answer`. */
  readonly question: string;
  readonly answer: string | undefined;
  readonly error: JobError | undefined;
  /** When the job was submitted; `updatedAt`: when it last changed. Both in Unix milliseconds, by the store's clock. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A job to be submitted. */
export type NewJob = Pick<JobRecord, "id" | "tenant" | "question">;

/** A job that a worker has taken. The worker owns it until another worker takes it over, or the job is cancelled. */
export interface TakenJob extends Pick<JobRecord, "id" | "tenant" | "question" | "attempts" | "createdAt"> {
  /** Identifies the worker that has the job: operations with an outdated token have no effect. */
  readonly token: string;
}

/** Rules for all jobs of a deployment. */
export interface JobRules {
  /** When a job's worker has been silent for this long, in milliseconds, another worker may take the job. */
  readonly claimAfterMs: number;
  /** How many times a job may be started. */
  readonly maxAttempts: number;
  /** How many jobs may wait or run at once. */
  readonly maxWaiting: number;
  /** How long an ended job is kept, and the age at which a waiting job is given up, in milliseconds. */
  readonly keptMs: number;
}

/**
 * Stores jobs. A job is owned by one worker at a time; a worker that is silent for too long loses the job, and what the
 * worker reports afterwards is ignored. A job that would exceed its maximum attempts becomes a dead letter, even if
 * every attempt killed its process: attempts are counted when the job is taken. All methods throw StoreError while the
 * store cannot be reached.
 */
export interface JobStore {
  readonly kind: "memory" | "redis";
  /** Why the store does not answer now; undefined while the store answers. */
  notReady(): string | undefined;
  /** Adds a job ("taken"), unless the job's id exists already ("known") or too many jobs wait or run ("full"). */
  submit(job: NewJob): Promise<"taken" | "known" | "full">;
  /** Returns a job of a tenant; undefined if the tenant has no such job. */
  get(tenant: string, id: string): Promise<JobRecord | undefined>;
  /** Cancels a job, unless it has ended; false if there is no such job. */
  cancel(tenant: string, id: string): Promise<boolean>;
  /** Takes the oldest job that no worker owns; undefined if there is no such job. */
  take(): Promise<TakenJob | undefined>;
  /** Renews a worker's ownership of a job; false if the worker has lost the job. */
  beat(job: TakenJob): Promise<boolean>;
  /** Completes a job; false if its worker had already lost the job. */
  complete(job: TakenJob, answer: string): Promise<boolean>;
  /** Records that a job failed; false if its worker had already lost the job. */
  fail(job: TakenJob, error: JobError): Promise<boolean>;
  /**
   * Returns a job to the queue, to be started again after `claimAfterMs`; false if its worker had already lost the job.
   * `counted`: whether this start counts as an attempt.
   */
  giveBack(job: TakenJob, counted: boolean): Promise<boolean>;
  /** The ids of the dead letters (jobs that were given up), oldest first; at most about ten thousand. */
  dead(): Promise<string[]>;
  /** How many jobs wait or run. */
  waiting(): Promise<number>;
  /**
   * Calls `heard` with an empty message when a job was added, and with the job's id when a job was cancelled. Some of
   * these messages may get lost. Returns a function that ends the subscription.
   */
  listen(heard: (message: string) => void): Promise<() => void>;
}

/** The error of a job that was given up after too many attempts or too long a wait. */
export const givenUp: JobError = {
  code: 10,
  reason: "GIVEN_UP",
  message: "the job reached its limit of attempts or of waiting time, and did not finish",
};
