import type { Clock } from "../../clock/clock.ts";
import { type SpeechCost, speechPoint } from "../../cost/cost.ts";
import type { Law } from "../../cost/law.ts";

/** What a batch is made of. */
export interface BatchOptions {
  readonly cost: SpeechCost;
  /** What work takes in truth; its size is the number of requests. */
  readonly law: Law;
  readonly clock: Clock;
  /** Stretches all delays; 0: as fast as possible. */
  readonly timeScale: number;
  /** Ends all work. */
  readonly signal: AbortSignal;
}

/** Requests that share a card. */
export interface Batch {
  /**
   * Takes a place, waits for it where there is none, and yields how many seconds of audio are made, piece by piece, up to `seconds`. It works
   * on while its reader does something else. Left early or aborted, it gives its place up; the signal's reason is thrown.
   */
  run(seconds: number, signal: AbortSignal): AsyncGenerator<number>;
  /** Requests that are worked on, and that wait. */
  readonly load: { readonly running: number; readonly waiting: number };
}

/** Work on a request's next piece. */
interface Job {
  /** `first`: what is left of the work before the first audio, from 1 to 0. `audio`: seconds of audio that are left. */
  readonly phase: "first" | "audio";
  left: number;
  /** What the law makes of it. */
  readonly factor: number;
  readonly done: () => void;
}

/**
 * Makes a batch. Each request goes on at the pace that the published curve has for as many as there are: time is shared, so whenever one
 * comes or goes all are brought up to date, and the end of the next piece is reckoned anew.
 */
export function createBatch({ cost, law, clock, timeScale, signal }: BatchOptions): Batch {
  const jobs = new Set<Job>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let since = clock.now();
  let cancel = () => {};

  /** How much of a job's work a millisecond does. */
  function rateOf({ phase, factor }: Job): number {
    const { firstMs, realTimeFactor } = speechPoint(cost, running);
    return 1 / (factor * (phase === "first" ? firstMs : realTimeFactor * 1000));
  }

  /** Brings all up to date; at least so many milliseconds have passed, though a timer may ring early. */
  function settle(leastMs = 0): void {
    const now = clock.now();
    const ms = Math.max(leastMs, timeScale > 0 ? (now - since) / timeScale : 0);
    since = now;
    for (const job of jobs) job.left -= ms * rateOf(job);
  }

  function plan(): void {
    cancel();
    const nextMs = Math.min(...[...jobs].map((job) => Math.max(0, job.left) / rateOf(job)));
    if (nextMs === Number.POSITIVE_INFINITY) return;
    cancel = clock.after(nextMs * timeScale, () => {
      settle(nextMs);
      for (const job of [...jobs]) {
        if (job.left > 1e-9) continue;
        jobs.delete(job);
        job.done();
      }
      plan();
    });
  }

  function work(phase: Job["phase"], amount: number, leaving: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      settle();
      const onAbort = () => {
        settle();
        jobs.delete(job);
        plan();
        reject(leaving.reason);
      };
      const done = () => {
        leaving.removeEventListener("abort", onAbort);
        resolve();
      };
      const job: Job = { phase, left: amount, factor: law(1000, running) / 1000, done };
      leaving.addEventListener("abort", onAbort, { once: true });
      jobs.add(job);
      plan();
    });
  }

  /** Resolves once there is a place, and takes it. */
  function enter(leaving: AbortSignal): Promise<void> {
    if (running < cost.maxRequests) {
      settle();
      running++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const inherit = () => {
        leaving.removeEventListener("abort", onAbort);
        resolve();
      };
      const onAbort = () => {
        waiting.splice(waiting.indexOf(inherit), 1);
        reject(leaving.reason);
      };
      leaving.addEventListener("abort", onAbort, { once: true });
      waiting.push(inherit);
    });
  }

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) {
      settle();
      running--;
      plan();
    } else next();
  }

  /** Makes the first so many seconds of audio. */
  async function begin(seconds: number, leaving: AbortSignal): Promise<void> {
    await work("first", 1, leaving);
    // The first piece of a curve is within its first time; what is made at once is not.
    if (cost.firstSeconds === Number.POSITIVE_INFINITY) await work("audio", seconds, leaving);
  }

  return {
    async *run(seconds, left) {
      const over = new AbortController();
      const leaving = AbortSignal.any([left, signal, over.signal]);
      leaving.throwIfAborted();
      await enter(leaving);
      try {
        let made = Math.min(seconds, cost.firstSeconds);
        let piece = begin(made, leaving);
        for (;;) {
          await piece;
          const ready = made;
          made = Math.min(seconds, made + cost.pieceSeconds);
          if (made > ready) {
            piece = work("audio", made - ready, leaving);
            // Its reader may leave before it is awaited.
            piece.catch(() => {});
          }
          yield ready;
          if (made === ready) return;
        }
      } finally {
        over.abort();
        leave();
      }
    },
    get load() {
      return { running, waiting: waiting.length };
    },
  };
}
