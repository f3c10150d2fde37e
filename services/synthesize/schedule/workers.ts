/** What is known of a worker: `well`; `faulty`, whose answers are wrong time after time; `away`, which nobody can reach or hear. */
export type Health = "well" | "faulty" | "away";

/**
 * What a piece of work said of its worker: it did it `well`; it `failed`, as may happen with a text; what it answers is `wrong`
 * whatever it is asked; it is `unreachable`; it is `silent`; or `nothing`, since the work was called off.
 */
export type Sign = "well" | "failed" | "wrong" | "unreachable" | "silent" | "nothing";

/**
 * The engine's workers, as far as the schedule knows them: who has a free slot, who is left out. A worker that is away gets
 * nothing. It comes back when a probe finds it, or, if its engine cannot be probed, by one piece of work given to it on trial.
 * A faulty worker, which a probe would find well, gets work on trial too, and as a last choice when no worker is well. Pure.
 */
export interface Workers {
  /**
   * The worker for a piece of work: the least busy of those that are well. Not one of `avoid`, on which it failed before, as long
   * as another is well, be it busy. Undefined if it has to wait. `patient`: there is time enough to give it to a worker on trial.
   */
  pick(avoid: ReadonlySet<number>, patient: boolean, now: number): number | undefined;
  /** Takes a slot of a worker. */
  take(worker: number): void;
  /** Gives a slot back. */
  free(worker: number): void;
  /** Work showed something of its worker, which is then left alone for `pauseMs`. Returns whether its health changed. */
  note(worker: number, sign: Sign, pauseMs: number, now: number): boolean;
  /** A probe found the worker, or did not. Returns whether its health changed. */
  probed(worker: number, answered: boolean, now: number): boolean;
  /** Workers that are to be probed now; `at once`: all that are away. Each is on its way until `probed`. */
  probe(now: number, atOnce?: boolean): number[];
  health(worker: number): Health;
  /** Whether a worker that is well could be asked, besides those of `avoid`. */
  others(avoid: ReadonlySet<number>): boolean;
  /** When a worker may take work again, slots aside: now or before, or after a pause; Infinity if all are away. */
  openFrom(): number;
  /** Whether all are away and one of them may be tried. */
  mayTry(now: number): boolean;
  /** When time alone changes something: for work that waits, and for probes. */
  nextTry(now: number): number;
  nextProbe(now: number): number;
  /** Slots in use. */
  readonly busy: number;
}

/** Options of createWorkers. */
export interface WorkersOptions {
  /** How many requests each takes at once. */
  readonly slots: readonly number[];
  /** Whether the engine can be probed. */
  readonly probes: boolean;
}

/** So many failures in a row are no accident, as in infra/balance/breaker.ts. */
const faultyAfter = 3;
/** A worker that was left out is tried after this long, and after twice as long each time that it fails again. */
const firstBackoffMs = 1000;
const longestBackoffMs = 30_000;
/** How often a worker that could not be reached is probed: a refused connection costs nothing. */
const probeEveryMs = 1000;
/** The same while no worker lives, when somebody may be waiting. */
const probeHurriedMs = 250;
/** A server that wants to be left alone for longer is asked all the same: it may be a proxy's word. */
const longestPauseMs = 30_000;

interface Worker {
  readonly slots: number;
  used: number;
  health: Health;
  /** Why it is away. */
  silent: boolean;
  failures: number;
  backoffMs: number;
  pausedUntil: number;
  /** When it may be given work on trial, or a probe. */
  tryAt: number;
  probedAt: number;
  onTrial: boolean;
  probing: boolean;
}

/** Makes workers that are all well. */
export function createWorkers({ slots, probes }: WorkersOptions): Workers {
  const all: Worker[] = slots.map((count) => ({
    slots: count,
    used: 0,
    health: "well",
    silent: false,
    failures: 0,
    backoffMs: firstBackoffMs,
    pausedUntil: Number.NEGATIVE_INFINITY,
    tryAt: 0,
    probedAt: 0,
    onTrial: false,
    probing: false,
  }));
  const of = (worker: number) => all[worker] as Worker;
  const living = () => all.some(({ health }) => health !== "away");
  const tried = ({ health }: Worker) => health === "faulty" || (health === "away" && !probes);
  const isFree = ({ used, slots: count, pausedUntil }: Worker, now: number) => used < count && pausedUntil <= now;
  const probeAt = ({ probedAt, silent, tryAt }: Worker) =>
    Math.max(probedAt + (living() ? probeEveryMs : probeHurriedMs), silent ? tryAt : 0);

  /** The least busy of some, by the share of its slots. */
  function idlest(among: readonly Worker[], now: number): number | undefined {
    let best: Worker | undefined;
    for (const one of among)
      if (isFree(one, now) && (best === undefined || one.used / one.slots < best.used / best.slots)) best = one;
    return best === undefined ? undefined : all.indexOf(best);
  }

  function leaveOut(one: Worker, health: Health, now: number): void {
    if (one.health !== "well" && !one.onTrial && one.health === health) return;
    one.health = health;
    one.onTrial = false;
    one.tryAt = now + one.backoffMs;
    one.probedAt = now;
    one.backoffMs = Math.min(longestBackoffMs, 2 * one.backoffMs);
  }

  function judge(one: Worker, sign: Sign, now: number): void {
    switch (sign) {
      case "well":
        one.health = "well";
        one.silent = false;
        one.failures = 0;
        one.backoffMs = firstBackoffMs;
        one.onTrial = false;
        return;
      case "failed":
        one.failures++;
        if (one.onTrial || one.failures >= faultyAfter) leaveOut(one, one.health === "away" ? "away" : "faulty", now);
        return;
      case "wrong":
        leaveOut(one, "faulty", now);
        return;
      case "unreachable":
      case "silent":
        one.silent = sign === "silent";
        leaveOut(one, "away", now);
        return;
      case "nothing":
        one.onTrial = false;
    }
  }

  return {
    pick(avoid, patient, now) {
      const well = all.filter(({ health }) => health === "well");
      const trial = all.findIndex((one, worker) => {
        const risk = one.health === "away" && well.length > 0 && !patient;
        return tried(one) && !one.onTrial && now >= one.tryAt && isFree(one, now) && !avoid.has(worker) && !risk;
      });
      if (trial >= 0) return trial;
      const fresh = well.filter((one) => !avoid.has(all.indexOf(one)));
      if (fresh.length > 0) return idlest(fresh, now);
      if (well.length > 0) return idlest(well, now);
      return idlest(
        all.filter(({ health }) => health === "faulty"),
        now,
      );
    },
    take(worker) {
      const one = of(worker);
      one.used++;
      if (one.health !== "well") one.onTrial = true;
    },
    free(worker) {
      of(worker).used--;
    },
    note(worker, sign, pauseMs, now) {
      const one = of(worker);
      const before = one.health;
      judge(one, sign, now);
      if (pauseMs > 0) one.pausedUntil = Math.max(one.pausedUntil, now + Math.min(longestPauseMs, pauseMs));
      return one.health !== before;
    },
    probed(worker, answered, now) {
      const one = of(worker);
      one.probing = false;
      one.probedAt = now;
      if (!answered || one.health !== "away") return false;
      // Its pace of coming and going is kept: that it answers a probe does not say that it speaks.
      one.health = "well";
      one.silent = false;
      one.failures = 0;
      one.onTrial = false;
      return true;
    },
    probe(now, atOnce = false) {
      if (!probes) return [];
      const due = [...all.keys()].filter((worker) => {
        const one = of(worker);
        return one.health === "away" && !one.probing && (atOnce || now >= probeAt(one));
      });
      for (const worker of due) of(worker).probing = true;
      return due;
    },
    health: (worker) => of(worker).health,
    others: (avoid) => all.some(({ health }, worker) => health === "well" && !avoid.has(worker)),
    openFrom: () => Math.min(...all.map(({ health, pausedUntil }) => (health === "away" ? Infinity : pausedUntil))),
    mayTry: (now) => !living() && all.some((one) => tried(one) && !one.onTrial && now >= one.tryAt),
    nextTry(now) {
      const times = all.flatMap((one) => [one.pausedUntil, tried(one) && !one.onTrial ? one.tryAt : 0]);
      return Math.min(...times.filter((at) => at > now), Number.POSITIVE_INFINITY);
    },
    nextProbe: (now) =>
      probes
        ? Math.min(
            ...all.map((one) =>
              one.health === "away" && !one.probing ? Math.max(now, probeAt(one)) : Number.POSITIVE_INFINITY,
            ),
          )
        : Number.POSITIVE_INFINITY,
    get busy() {
      return all.reduce((sum, { used }) => sum + used, 0);
    },
  };
}
