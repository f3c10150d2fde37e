import { type Clock, sleep } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { type Code, codeNumbers, describeCause, Failure } from "../errors.ts";
import type { JobStore, TakenJob } from "./store/store.ts";

/** Does a job, and returns its answer. `expectOwned` throws if the job is another's by now: to be asked before anything is done that stays. */
export type DoJob = (job: TakenJob, signal: AbortSignal, expectOwned: () => Promise<void>) => Promise<string>;

/** Options of startWorker. */
export interface WorkerOptions {
  readonly store: JobStore;
  readonly work: DoJob;
  /** How many jobs it does at once. */
  readonly atOnce: number;
  readonly claimAfterMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Does jobs until it is closed. */
export interface Worker {
  /** Takes no more jobs; resolves when those that run have ended, by themselves or because their turns were stopped. */
  close(): Promise<void>;
}

const pollMs = 1_000;
const retryMs = 250;
/** What another attempt would not change. */
const lasting = new Set<Code>([
  "INVALID_ARGUMENT",
  "NOT_FOUND",
  "PERMISSION_DENIED",
  "FAILED_PRECONDITION",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "UNAUTHENTICATED",
]);
/** What tells of the deployment, and not of the job: it is no attempt. */
const passing = new Set(["DRAINING", "INTERRUPTED", "TOO_MANY_TURNS", "STORE_FULL", "STORE_AWAY"]);

/** Begins to do jobs. */
export function startWorker(options: WorkerOptions): Worker {
  const { store, work, atOnce, claimAfterMs, clock, log, metrics } = options;
  const ended = metrics.counter("duet_edge_jobs_total", "Attempts at jobs that have ended, by how.", ["outcome"]);
  const running = new Map<string, AbortController>();
  const ends = new Set<Promise<void>>();
  let closing = false;
  // A bell that rings while nobody waits is heard by the next who does.
  let rung = false;
  let wake = () => {
    rung = true;
  };
  const whileAwake = wake;
  /** Waits until something may be to do, for `ms` at most. */
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        cancel();
        wake = whileAwake;
        rung = false;
        resolve();
      };
      const cancel = clock.after(ms, end);
      wake = end;
      if (rung) end();
    });
  const listening = store.listen((message) => {
    if (message === "") wake();
    else running.get(message)?.abort();
  });
  listening.catch((error) =>
    log.warn({ cause: describeCause(error) }, "new jobs are not heard of: they are looked for"),
  );

  /** Says what became of a job until the store has heard it, or the job would be another's. */
  const tell = async (say: () => Promise<boolean>): Promise<boolean> => {
    for (let waited = 0; ; waited += retryMs)
      try {
        return await say();
      } catch (error) {
        if (waited >= claimAfterMs || closing) throw error;
        await sleep(clock, retryMs);
      }
  };
  const attempt = async (job: TakenJob, gone: AbortController): Promise<string> => {
    const { id, attempts } = job;
    const expectOwned = async () => {
      if (!(await tell(() => store.beat(job)))) gone.abort();
      gone.signal.throwIfAborted();
    };
    try {
      const answer = await work(job, gone.signal, expectOwned);
      return (await tell(() => store.complete(job, answer))) ? "succeeded" : "lost";
    } catch (error) {
      if (gone.signal.aborted) return "lost";
      const { code, reason, message } = toFailure(error);
      const again = !lasting.has(code);
      log.warn(
        { job: id, attempts, reason, cause: describeCause(error) },
        again ? "a job is to be begun again" : "a job failed",
      );
      if (!again) {
        await tell(() => store.fail(job, { code: codeNumbers[code], reason, message }));
        return "failed";
      }
      await tell(() => store.giveBack(job, !passing.has(reason)));
      return "put off";
    }
  };
  const run = async (job: TakenJob) => {
    const gone = new AbortController();
    running.set(job.id, gone);
    let cancelBeat = () => {};
    const beat = () => {
      cancelBeat = clock.after(claimAfterMs / 3, () => {
        // While the store is away nobody can take the job over either.
        store.beat(job).then(
          (isOwned) => isOwned || gone.abort(),
          () => {},
        );
        beat();
      });
    };
    beat();
    try {
      ended.inc({ outcome: await attempt(job, gone) });
    } catch (error) {
      // It is taken over once nothing is heard of it.
      ended.inc({ outcome: "unheard" });
      log.warn({ job: job.id, cause: describeCause(error) }, "what became of a job could not be told");
    } finally {
      cancelBeat();
      running.delete(job.id);
      wake();
    }
  };
  const loop = async () => {
    let isAway = false;
    while (!closing) {
      let job: TakenJob | undefined;
      try {
        job = running.size < atOnce ? await store.take() : undefined;
        isAway = false;
      } catch (error) {
        if (!isAway) log.warn({ cause: describeCause(error) }, "jobs cannot be taken at the moment");
        isAway = true;
      }
      if (job === undefined) {
        if (!closing) await rest(Math.min(pollMs, claimAfterMs / 2));
        continue;
      }
      const end = run(job).finally(() => ends.delete(end));
      ends.add(end);
    }
  };
  const looping = loop();

  return {
    async close() {
      closing = true;
      wake();
      await looping;
      await Promise.all(ends);
      const deafen = await listening.catch(() => () => {});
      deafen();
    },
  };
}

function toFailure(error: unknown): Failure {
  return error instanceof Failure
    ? error
    : new Failure("INTERNAL", "INTERNAL", "something failed that should not have");
}
