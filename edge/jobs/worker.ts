import type { Counter } from "prom-client";
import { type Clock, sleep } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { type Code, codeNumbers, describeCause, Failure } from "../errors.ts";
import { createBell } from "../resume/bell.ts";
import type { JobStore, TakenJob } from "./store/store.ts";

/**
 * Executes a job and returns its answer. `expectOwned` throws if the job now belongs to another worker: call it before
 * anything with a lasting effect.
 */
export type DoJob = (job: TakenJob, signal: AbortSignal, expectOwned: () => Promise<void>) => Promise<string>;

/** Options of startWorker. */
export interface WorkerOptions {
  readonly store: JobStore;
  readonly work: DoJob;
  /** How many jobs this worker executes at once. */
  readonly atOnce: number;
  readonly claimAfterMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Takes jobs from the store and executes them, until it is closed. */
export interface Worker {
  /** Accepts no more jobs; resolves when running jobs have ended, by themselves or because their turns were stopped. */
  close(): Promise<void>;
}

const pollMs = 1_000;
const retryMs = 250;
/** The codes of failures after which a job is not tried again: another attempt would fail in the same way. */
const lasting = new Set<Code>([
  "INVALID_ARGUMENT",
  "NOT_FOUND",
  "PERMISSION_DENIED",
  "FAILED_PRECONDITION",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "UNAUTHENTICATED",
]);
/** The reasons of failures for which the job is not to blame: an attempt that fails for one of them is not counted. */
const passing = new Set(["DRAINING", "INTERRUPTED", "TOO_MANY_TURNS", "STORE_FULL", "STORE_AWAY"]);

/** Starts executing jobs. */
export function startWorker(options: WorkerOptions): Worker {
  return new JobWorker(options);
}

class JobWorker implements Worker {
  readonly #options: WorkerOptions;
  readonly #ended: Counter<"outcome">;
  readonly #running = new Map<string, AbortController>();
  readonly #ends = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  /** Wakes the worker when there may be a job to take. */
  readonly #bell = createBell();
  readonly #listening: Promise<() => void>;
  readonly #looping: Promise<void>;

  constructor(options: WorkerOptions) {
    this.#options = options;
    const { store, log, metrics } = options;
    this.#ended = metrics.counter("duet_edge_jobs_total", "Ended attempts to run a job, by outcome.", ["outcome"]);
    this.#listening = store.listen((message) => {
      if (message === "") this.#bell.ring();
      else this.#running.get(message)?.abort();
    });
    this.#listening.catch((error) =>
      log.warn(
        { cause: describeCause(error) },
        "notifications of new jobs cannot be received: polling for jobs instead",
      ),
    );
    this.#looping = this.#loop();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#looping;
    await Promise.all(this.#ends);
    const deafen = await this.#listening.catch(() => () => {});
    deafen();
  }

  async #loop(): Promise<void> {
    const { store, atOnce, claimAfterMs, clock, log } = this.#options;
    const { signal } = this.#closing;
    let isAway = false;
    while (!signal.aborted) {
      let job: TakenJob | undefined;
      try {
        job = this.#running.size < atOnce ? await store.take() : undefined;
        isAway = false;
      } catch (error) {
        if (!isAway) log.warn({ cause: describeCause(error) }, "jobs cannot be fetched at the moment");
        isAway = true;
      }
      if (job === undefined) {
        await this.#bell.wait(signal, { clock, ms: Math.min(pollMs, claimAfterMs / 2) });
        continue;
      }
      const end = this.#run(job).finally(() => this.#ends.delete(end));
      this.#ends.add(end);
    }
  }

  async #run(job: TakenJob): Promise<void> {
    const gone = new AbortController();
    this.#running.set(job.id, gone);
    const stopBeating = this.#beat(job, gone);
    try {
      this.#ended.inc({ outcome: await this.#attempt(job, gone) });
    } catch (error) {
      // The job is not lost: another worker takes it over when the heartbeats of this worker stop.
      this.#ended.inc({ outcome: "unheard" });
      this.#options.log.warn({ job: job.id, cause: describeCause(error) }, "the outcome of a job could not be stored");
    } finally {
      stopBeating();
      this.#running.delete(job.id);
      this.#bell.ring();
    }
  }

  /**
   * Sends heartbeats for a job; aborts `gone` if the job is no longer this worker's. The returned function stops the
   * heartbeats.
   */
  #beat(job: TakenJob, gone: AbortController): () => void {
    const { store, claimAfterMs, clock } = this.#options;
    let cancel = () => {};
    const beat = () => {
      cancel = clock.after(claimAfterMs / 3, () => {
        // A failed heartbeat is ignored: while the store is unreachable, no other worker can take the job over either.
        store.beat(job).then(
          (isOwned) => isOwned || gone.abort(),
          () => {},
        );
        beat();
      });
    };
    beat();
    return () => cancel();
  }

  /** Executes the job, reports its outcome to the store, and returns the outcome. */
  async #attempt(job: TakenJob, gone: AbortController): Promise<string> {
    const { store, work, log } = this.#options;
    const { id, attempts } = job;
    const expectOwned = async () => {
      if (!(await this.#tell(() => store.beat(job)))) gone.abort();
      gone.signal.throwIfAborted();
    };
    try {
      const answer = await work(job, gone.signal, expectOwned);
      return (await this.#tell(() => store.complete(job, answer))) ? "succeeded" : "lost";
    } catch (error) {
      if (gone.signal.aborted) return "lost";
      const { code, reason, message } = toFailure(error);
      const again = !lasting.has(code);
      log.warn(
        { job: id, attempts, reason, cause: describeCause(error) },
        again ? "a job failed and will be retried" : "a job failed",
      );
      if (!again) {
        await this.#tell(() => store.fail(job, { code: codeNumbers[code], reason, message }));
        return "failed";
      }
      await this.#tell(() => store.giveBack(job, !passing.has(reason)));
      return "put off";
    }
  }

  /**
   * Repeats a report to the store until the store has recorded it. Gives up and throws once the job may belong to
   * another worker, or when the worker is closing.
   */
  async #tell(say: () => Promise<boolean>): Promise<boolean> {
    const { claimAfterMs, clock } = this.#options;
    for (let waited = 0; ; waited += retryMs)
      try {
        return await say();
      } catch (error) {
        if (waited >= claimAfterMs || this.#closing.signal.aborted) throw error;
        await sleep(clock, retryMs);
      }
  }
}

function toFailure(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure("INTERNAL", "INTERNAL", "an internal error occurred");
}
