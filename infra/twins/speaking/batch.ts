import type { Clock } from "../../clock/clock.ts";
import { type SpeechCost, speechPoint } from "../../cost/cost.ts";
import type { Law } from "../../cost/law.ts";

/** Options of createBatch. */
export interface BatchOptions {
  readonly cost: SpeechCost;
  /** Converts a duration predicted by `cost` to the simulated one; `size` is the number of requests in progress. */
  readonly law: Law;
  readonly clock: Clock;
  /** Multiplies all delays; 0 is as fast as possible. */
  readonly timeScale: number;
  /** When this signal aborts, the work on all requests of the batch ends. */
  readonly signal: AbortSignal;
}

/** Requests that share a GPU and so slow each other down; any request that finds no free slot waits. */
export interface Batch {
  /**
   * Takes a slot, waiting for one if necessary. After each piece, yields how many seconds of audio have been made so
   * far, up to `seconds`. The next piece is made while the reader is busy with the previous one. If the reader leaves
   * or the signal aborts, the slot is released; if the signal aborts, its reason is thrown too.
   */
  run(seconds: number, signal: AbortSignal): AsyncGenerator<number>;
  /** How many requests are in progress (`running`), and how many are waiting for a slot. */
  readonly load: { readonly running: number; readonly waiting: number };
}

/** Work on the next piece of a request. */
interface Job {
  /**
   * What the field `left` measures. `first`: the fraction of the work before the first audio that remains, from 1 to 0.
   * `audio`: the seconds of audio that remain to be made.
   */
  readonly phase: "first" | "audio";
  left: number;
  /** The factor by which the option `law` makes this job longer or shorter. */
  readonly factor: number;
  readonly done: () => void;
}

class SharedBatch implements Batch {
  readonly #options: BatchOptions;
  readonly #jobs = new Set<Job>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** The time at which `left` was last recomputed for all jobs. */
  #since: number;
  #cancel = () => {};

  constructor(options: BatchOptions) {
    this.#options = options;
    this.#since = options.clock.now();
  }

  async *run(seconds: number, left: AbortSignal): AsyncGenerator<number> {
    const { cost, signal } = this.#options;
    const over = new AbortController();
    const leaving = AbortSignal.any([left, signal, over.signal]);
    leaving.throwIfAborted();
    await this.#enter(leaving);
    try {
      let made = Math.min(seconds, cost.firstSeconds);
      let piece = this.#begin(made, leaving);
      for (;;) {
        await piece;
        const ready = made;
        made = Math.min(seconds, made + cost.pieceSeconds);
        if (made > ready) {
          piece = this.#work("audio", made - ready, leaving);
          // If the reader leaves before the piece is awaited, nothing else would handle the piece's error.
          piece.catch(() => {});
        }
        yield ready;
        if (made === ready) return;
      }
    } finally {
      over.abort();
      this.#leave();
    }
  }

  get load(): { readonly running: number; readonly waiting: number } {
    return { running: this.#running, waiting: this.#waiting.length };
  }

  /** By how much a job's `left` decreases per millisecond at the current load. */
  #rateOf({ phase, factor }: Job): number {
    const { firstMs, realTimeFactor } = speechPoint(this.#options.cost, this.#running);
    return 1 / (factor * (phase === "first" ? firstMs : realTimeFactor * 1000));
  }

  /** Recomputes `left` of all jobs; assumes that at least `leastMs` have passed, since a timer may fire early. */
  #settle(leastMs = 0): void {
    const { clock, timeScale } = this.#options;
    const now = clock.now();
    const ms = Math.max(leastMs, timeScale > 0 ? (now - this.#since) / timeScale : 0);
    this.#since = now;
    for (const job of this.#jobs) job.left -= ms * this.#rateOf(job);
  }

  #plan(): void {
    this.#cancel();
    const nextMs = Math.min(...[...this.#jobs].map((job) => Math.max(0, job.left) / this.#rateOf(job)));
    if (nextMs === Number.POSITIVE_INFINITY) return;
    this.#cancel = this.#options.clock.after(nextMs * this.#options.timeScale, () => {
      this.#settle(nextMs);
      for (const job of [...this.#jobs]) {
        if (job.left > 1e-9) continue;
        this.#jobs.delete(job);
        job.done();
      }
      this.#plan();
    });
  }

  #work(phase: Job["phase"], amount: number, leaving: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle();
      const onAbort = () => {
        this.#settle();
        this.#jobs.delete(job);
        this.#plan();
        reject(leaving.reason);
      };
      const done = () => {
        leaving.removeEventListener("abort", onAbort);
        resolve();
      };
      const job: Job = { phase, left: amount, factor: this.#options.law(1000, this.#running) / 1000, done };
      leaving.addEventListener("abort", onAbort, { once: true });
      this.#jobs.add(job);
      this.#plan();
    });
  }

  /** Resolves once a slot is free, and takes it. */
  #enter(leaving: AbortSignal): Promise<void> {
    if (this.#running < this.#options.cost.maxRequests) {
      this.#settle();
      this.#running++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const inherit = () => {
        leaving.removeEventListener("abort", onAbort);
        resolve();
      };
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(inherit), 1);
        reject(leaving.reason);
      };
      leaving.addEventListener("abort", onAbort, { once: true });
      this.#waiting.push(inherit);
    });
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#settle();
      this.#running--;
      this.#plan();
    } else next();
  }

  /** Does the work of a request up to its first audio. */
  async #begin(seconds: number, leaving: AbortSignal): Promise<void> {
    await this.#work("first", 1, leaving);
    // The time to first audio includes the time for the first piece of audio. But a server that does not stream
    // (infinite `firstSeconds`) makes all audio as one piece, and the time for that piece is added here.
    if (this.#options.cost.firstSeconds === Number.POSITIVE_INFINITY) await this.#work("audio", seconds, leaving);
  }
}

/**
 * Creates a batch. Its requests share one GPU: each proceeds at the pace that the curve in `cost` gives for the current
 * number of requests. Whenever a request comes or goes, the progress of all requests is updated, and the time
 * at which the next piece is done is recomputed.
 */
export function createBatch(options: BatchOptions): Batch {
  return new SharedBatch(options);
}
