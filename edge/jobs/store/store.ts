/** How far a job is. */
export type JobState = "queued" | "running" | "succeeded" | "failed" | "cancelled";

/** Why a job came to nothing. */
export interface JobError {
  /** A gRPC code's number. */
  readonly code: number;
  /** A constant for programs. */
  readonly reason: string;
  /** A sentence for its caller. */
  readonly message: string;
}

/** What a store knows of a job. */
export interface JobRecord {
  readonly id: string;
  readonly tenant: string;
  readonly state: JobState;
  /** How often it was begun. */
  readonly attempts: number;
  /** What is asked. The store does not look into it, nor into `answer`. */
  readonly question: string;
  readonly answer: string | undefined;
  readonly error: JobError | undefined;
  /** Unix milliseconds, by the store's clock. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A job that is to be done. */
export type NewJob = Pick<JobRecord, "id" | "tenant" | "question">;

/** A job that somebody does: until another takes it over, or it is given up. */
export interface TakenJob extends Pick<JobRecord, "id" | "tenant" | "question" | "attempts" | "createdAt"> {
  /** Proves who does it: whatever is said of a job with an old token counts for nothing. */
  readonly token: string;
}

/** What holds for all jobs of a deployment. */
export interface JobRules {
  /** Nothing was heard for so long of whoever does a job: it is another's. */
  readonly claimAfterMs: number;
  /** How often a job is begun. */
  readonly maxAttempts: number;
  /** How many wait or run at once. */
  readonly maxWaiting: number;
  /** How long a job is kept when it has ended, and how old one gets before it is given up. */
  readonly keptMs: number;
}

/**
 * Where jobs wait. A job is taken by one at a time; whoever is silent for too long loses it, and what they say after that is not heard. A job
 * that is begun once more than may be goes to the dead letters, also if it ended its process each time: attempts are counted when it is taken. All
 * methods throw StoreError where the store is away.
 */
export interface JobStore {
  readonly kind: "memory" | "redis";
  /** Why it does not answer now; undefined while it does. */
  notReady(): string | undefined;
  /** Takes a job in; "known" if there is one of its id, "full" if as many wait as may. */
  submit(job: NewJob): Promise<"taken" | "known" | "full">;
  /** A job of a tenant. */
  get(tenant: string, id: string): Promise<JobRecord | undefined>;
  /** Gives a job up, unless it has ended; false if there is none. */
  cancel(tenant: string, id: string): Promise<boolean>;
  /** Takes the oldest job that nobody does; undefined if there is none. */
  take(): Promise<TakenJob | undefined>;
  /** Says that it is being done; false if it is not this one's any more. */
  beat(job: TakenJob): Promise<boolean>;
  /** It is done; false if it was not this one's any more. */
  complete(job: TakenJob, answer: string): Promise<boolean>;
  /** It cannot be done. */
  fail(job: TakenJob, error: JobError): Promise<boolean>;
  /** It is to be begun again, after `claimAfterMs`; `counted` if this was one of its attempts. */
  giveBack(job: TakenJob, counted: boolean): Promise<boolean>;
  /** The ids of the dead letters, the oldest first; the newest ten thousand about. */
  dead(): Promise<string[]>;
  /** How many wait or run. */
  waiting(): Promise<number>;
  /** Hears of new jobs (empty), and of those that are given up (their ids); some may be missed. The returned function stops it. */
  listen(heard: (message: string) => void): Promise<() => void>;
}

/** Why a job was given up. */
export const givenUp: JobError = {
  code: 10,
  reason: "GIVEN_UP",
  message: "it was begun as often as may be, or waited for as long, and never came to its end",
};
