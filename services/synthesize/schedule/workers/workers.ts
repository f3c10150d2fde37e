import { createWorker, effort, type Health, healthOf, isFree, isWell, note, type Sign, type Worker } from "./worker.ts";

/**
 * The engine's workers as the schedule knows them: which have a free slot, and which are not used. A worker that is
 * away gets no work. It comes back when a probe reaches it, or, if its engine cannot be probed, by one piece of work
 * given on trial. A faulty worker, which a probe would consider healthy, also gets work on trial, and is the last
 * choice if no worker is well. Performs no I/O.
 */
export interface Workers {
  /**
   * The worker for a piece of work: the fastest healthy one with a free slot. Workers in `avoid`, on which the work has
   * failed, are avoided as long as another one is well, even if that one is busy. Undefined if the work has to wait.
   * `patient`: there is enough time to try a worker on trial.
   */
  pick(avoid: ReadonlySet<number>, patient: boolean, now: number): number | undefined;
  /** Takes a slot of a worker. */
  take(worker: number, now: number): void;
  /** Releases a slot. */
  free(worker: number): void;
  /**
   * Records that the worker sent the first byte of a piece of work after `tookMs`. Its engine normally takes `usualMs`
   * until the first byte of such work.
   */
  answered(worker: number, tookMs: number, usualMs: number): void;
  /** How slow the worker has been lately: how long its first bytes took, divided by its engine's normal time. */
  slowness(worker: number): number;
  /**
   * Records what a piece of work revealed about its worker. That worker is not used for the next `pauseMs`. Returns
   * whether the worker's health changed.
   */
  note(worker: number, sign: Sign, pauseMs: number, now: number): boolean;
  /** Records whether a probe reached the worker. Returns whether the worker's health changed. */
  probed(worker: number, answered: boolean, now: number): boolean;
  /** The workers to probe now; `atOnce`: all unreachable or silent ones. `probed` must then be called for each. */
  probe(now: number, atOnce?: boolean): number[];
  health(worker: number): Health;
  /** Whether there is a healthy worker outside `avoid`. */
  others(avoid: ReadonlySet<number>): boolean;
  /**
   * The earliest time from which any worker may take work, whether or not it has a free slot: the end of its pause,
   * which may have passed already. Infinity if all workers are away.
   */
  openFrom(): number;
  /** Whether all workers are away and one of them may be tried. */
  mayTry(now: number): boolean;
  /** The next time a worker becomes usable or may be tried (`nextTry`), or is due for a probe (`nextProbe`). */
  nextTry(now: number): number;
  nextProbe(now: number): number;
  /** How many slots of all workers are in use. */
  readonly busy: number;
  /** The number of slots of all workers that are not away. */
  readonly slots: number;
  /** How many healthy workers have nothing to do. */
  readonly idle: number;
  /** Whether the healthy workers have several slots, of which at most one is free. */
  readonly isNearlyFull: boolean;
}

/** Options of createWorkers. */
export interface WorkersOptions {
  /** How many requests each worker accepts at once. */
  readonly slots: readonly number[];
  /** How many requests each worker gets at once until it has shown how many it can serve: see `Engine.firstSlots`. */
  readonly firstSlots: readonly number[];
  /** Whether the engine can be probed. */
  readonly probes: boolean;
}

/** How often an unreachable worker is probed, in milliseconds: a refused connection costs nothing. */
const probeEveryMs = 1000;
/** The time between probes of a worker while no worker is usable, in milliseconds: somebody may be waiting. */
const probeHurriedMs = 250;
class EngineWorkers implements Workers {
  readonly #all: readonly Worker[];
  readonly #probes: boolean;

  constructor({ slots, firstSlots, probes }: WorkersOptions) {
    this.#all = slots.map((most, worker) => createWorker(firstSlots[worker] ?? most, most));
    this.#probes = probes;
  }

  pick(avoid: ReadonlySet<number>, patient: boolean, now: number): number | undefined {
    // Paused workers are left out: rather than wait for one, the work goes to another worker, even if it failed there.
    const well = this.#all.filter((one) => isWell(one) && one.pausedUntil <= now);
    const trial = this.#all.findIndex((one, worker) => {
      const isRisk = one.away !== undefined && well.length > 0 && !patient;
      return this.#isTried(one) && one.breaker.allows(now) && isFree(one, now) && !avoid.has(worker) && !isRisk;
    });
    if (trial >= 0) return trial;
    const fresh = well.filter((one) => !avoid.has(this.#all.indexOf(one)));
    if (fresh.length > 0) return this.#bestOf(fresh, now);
    if (well.length > 0) return this.#bestOf(well, now);
    return this.#bestOf(
      this.#all.filter(({ away }) => away === undefined),
      now,
    );
  }

  take(worker: number, now: number): void {
    const one = this.#of(worker);
    one.used++;
    one.breaker.begin(now);
  }

  free(worker: number): void {
    this.#of(worker).used--;
  }

  answered(worker: number, tookMs: number, usualMs: number): void {
    const { room, slowness, used } = this.#of(worker);
    room.answered(tookMs, used);
    if (usualMs > 0) slowness.learn(tookMs / usualMs);
  }

  slowness(worker: number): number {
    return this.#of(worker).slowness.times;
  }

  note(worker: number, sign: Sign, pauseMs: number, now: number): boolean {
    return note(this.#of(worker), sign, pauseMs, now);
  }

  probed(worker: number, answered: boolean, now: number): boolean {
    const one = this.#of(worker);
    one.probing = false;
    one.probedAt = now;
    if (!answered || one.away === undefined) return false;
    // Answering a probe does not prove that the worker can speak, so the breaker's next pause stays as long as it was.
    one.away = undefined;
    one.breaker.reset();
    return true;
  }

  probe(now: number, atOnce = false): number[] {
    if (!this.#probes) return [];
    const due = [...this.#all.keys()].filter((worker) => {
      const one = this.#of(worker);
      return one.away !== undefined && !one.probing && (atOnce || now >= this.#probeAt(one));
    });
    for (const worker of due) this.#of(worker).probing = true;
    return due;
  }

  health(worker: number): Health {
    return healthOf(this.#of(worker));
  }

  others(avoid: ReadonlySet<number>): boolean {
    return this.#all.some((one, worker) => isWell(one) && !avoid.has(worker));
  }

  openFrom(): number {
    return Math.min(...this.#all.map(({ away, pausedUntil }) => (away === undefined ? pausedUntil : Infinity)));
  }

  mayTry(now: number): boolean {
    return !this.#living() && this.#all.some((one) => this.#isTried(one) && one.breaker.allows(now));
  }

  nextTry(now: number): number {
    const times = this.#all.flatMap((one) => [one.pausedUntil, this.#isTried(one) ? (one.breaker.trialAt ?? 0) : 0]);
    return Math.min(...times.filter((at) => at > now), Number.POSITIVE_INFINITY);
  }

  nextProbe(now: number): number {
    const waiting = this.#probes ? this.#all.filter(({ away, probing }) => away !== undefined && !probing) : [];
    return Math.min(...waiting.map((one) => Math.max(now, this.#probeAt(one))), Number.POSITIVE_INFINITY);
  }

  get busy(): number {
    return this.#all.reduce((sum, { used }) => sum + used, 0);
  }

  get slots(): number {
    return this.#all.reduce((sum, { away, room }) => sum + (away === undefined ? room.limit : 0), 0);
  }

  get idle(): number {
    return this.#all.filter((one) => one.used === 0 && isWell(one)).length;
  }

  get isNearlyFull(): boolean {
    const well = this.#all.filter(isWell);
    const free = well.reduce((sum, { room, used }) => sum + Math.max(0, room.limit - used), 0);
    return free <= 1 && well.reduce((sum, { room }) => sum + room.limit, 0) > 1;
  }

  #of(worker: number) {
    return this.#all[worker] as Worker;
  }

  #living() {
    return this.#all.some(({ away }) => away === undefined);
  }

  /** Whether the worker can come back only by doing work on trial, not by answering a probe. */
  #isTried(one: Worker) {
    return !isWell(one) && (one.away === undefined || !this.#probes);
  }

  #probeAt({ probedAt, away, breaker }: Worker) {
    return Math.max(
      probedAt + (this.#living() ? probeEveryMs : probeHurriedMs),
      away === "silent" ? (breaker.trialAt ?? 0) : 0,
    );
  }

  /** The best of the workers `among` that have a free slot; undefined if none has one. */
  #bestOf(among: readonly Worker[], now: number): number | undefined {
    let best: Worker | undefined;
    for (const one of among) if (isFree(one, now) && (best === undefined || effort(one) < effort(best))) best = one;
    return best === undefined ? undefined : this.#all.indexOf(best);
  }
}

/** Creates workers that are all well. */
export function createWorkers(options: WorkersOptions): Workers {
  return new EngineWorkers(options);
}
