import { type Breaker, createBreaker } from "../../../../infra/balance/breaker.ts";
import { createRoom, type Room } from "./room.ts";
import { createSlowness, type Slowness } from "./slowness.ts";

/** What is known of a worker: `well`; `faulty`, whose answers are wrong time after time; `away`, which nobody can reach or hear. */
export type Health = "well" | "faulty" | "away";

/**
 * What a piece of work said of its worker: it did it `well`; it `failed`, as may happen with a text; what it answers is `wrong`
 * whatever it is asked; it is `busy`, and took nothing more; it is `unreachable`; it is `silent`; or `nothing`, since the work was called off.
 */
export type Sign = "well" | "failed" | "busy" | "wrong" | "unreachable" | "silent" | "nothing";

/**
 * The engine's workers, as far as the schedule knows them: who has a free slot, who is left out. A worker that is away gets
 * nothing. It comes back when a probe finds it, or, if its engine cannot be probed, by one piece of work given to it on trial.
 * A faulty worker, which a probe would find well, gets work on trial too, and as a last choice when no worker is well. Pure.
 */
export interface Workers {
  /**
   * The worker for a piece of work: the fastest of those that are well, as far as its slots are free. Not one of `avoid`, on which it failed before, as long
   * as another is well, be it busy. Undefined if it has to wait. `patient`: there is time enough to give it to a worker on trial.
   */
  pick(avoid: ReadonlySet<number>, patient: boolean, now: number): number | undefined;
  /** Takes a slot of a worker. */
  take(worker: number, now: number): void;
  /** Gives a slot back. */
  free(worker: number): void;
  /** It brought the first byte of a piece of work after `tookMs`, where its engine takes `usualMs` as a rule. */
  answered(worker: number, tookMs: number, usualMs: number): void;
  /** How many times as long as its engine it takes lately. */
  slowness(worker: number): number;
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
  /** Slots of those that somebody can reach and hear. */
  readonly slots: number;
  /** Workers that are well and have nothing to do. */
  readonly idle: number;
  /** Of several slots of workers that are well, one at most is free. */
  readonly isNearlyFull: boolean;
}

/** Options of createWorkers. */
export interface WorkersOptions {
  /** How many requests each takes at once. */
  readonly slots: readonly number[];
  /** How many each is given to begin with; see Engine. */
  readonly firstSlots: readonly number[];
  /** Whether the engine can be probed. */
  readonly probes: boolean;
}

/** How often a worker that could not be reached is probed: a refused connection costs nothing. */
const probeEveryMs = 1000;
/** The same while no worker lives, when somebody may be waiting. */
const probeHurriedMs = 250;
/** One that is busy although it has nothing of ours, and does not say for how long, is left alone for this long. */
const busyPauseMs = 1000;
/** A server that wants to be left alone for longer is asked all the same: it may be a proxy's word. */
const longestPauseMs = 30_000;

interface Worker {
  readonly room: Room;
  readonly slowness: Slowness;
  used: number;
  /** Open while it is left out. */
  readonly breaker: Breaker;
  /** Why nobody can reach or hear it; undefined if somebody can. */
  away: "unreachable" | "silent" | undefined;
  pausedUntil: number;
  probedAt: number;
  probing: boolean;
}

/** Makes workers that are all well. */
export function createWorkers({ slots, firstSlots, probes }: WorkersOptions): Workers {
  const all: Worker[] = slots.map((most, worker) => ({
    room: createRoom(firstSlots[worker] ?? most, most),
    slowness: createSlowness(),
    used: 0,
    breaker: createBreaker(),
    away: undefined,
    pausedUntil: Number.NEGATIVE_INFINITY,
    probedAt: 0,
    probing: false,
  }));
  const of = (worker: number) => all[worker] as Worker;
  const healthOf = ({ away, breaker }: Worker): Health =>
    away !== undefined ? "away" : breaker.isOpen ? "faulty" : "well";
  const isWell = (one: Worker) => healthOf(one) === "well";
  const living = () => all.some(({ away }) => away === undefined);
  /** Whether it comes back by work on trial. */
  const isTried = (one: Worker) => !isWell(one) && (one.away === undefined || !probes);
  const isFree = ({ used, room, pausedUntil }: Worker, now: number) => used < room.limit && pausedUntil <= now;
  /** How long work would take there, by how slow it is and by the share of its slots that is in use. */
  const effort = ({ used, room, slowness }: Worker) => (1 + used / room.limit) * slowness.times;
  const probeAt = ({ probedAt, away, breaker }: Worker) =>
    Math.max(probedAt + (living() ? probeEveryMs : probeHurriedMs), away === "silent" ? (breaker.trialAt ?? 0) : 0);

  /** The best of some that have a free slot. */
  function bestOf(among: readonly Worker[], now: number): number | undefined {
    let best: Worker | undefined;
    for (const one of among) if (isFree(one, now) && (best === undefined || effort(one) < effort(best))) best = one;
    return best === undefined ? undefined : all.indexOf(best);
  }

  function judge(one: Worker, sign: Sign, now: number): void {
    switch (sign) {
      // It answers, and sanely.
      case "busy":
      case "well":
        one.away = undefined;
        one.breaker.succeeded();
        return;
      case "failed":
        one.breaker.failed(now);
        return;
      case "wrong":
        one.away = undefined;
        one.breaker.trip(now);
        return;
      case "unreachable":
      case "silent":
        if (one.away === undefined) one.probedAt = now;
        one.away = sign;
        one.breaker.trip(now);
        return;
      case "nothing":
        one.breaker.ended();
    }
  }

  return {
    pick(avoid, patient, now) {
      // Whoever wants to be left alone is not waited for while another is there, be it one on which this came to nothing.
      const well = all.filter((one) => isWell(one) && one.pausedUntil <= now);
      const trial = all.findIndex((one, worker) => {
        const isRisk = one.away !== undefined && well.length > 0 && !patient;
        return isTried(one) && one.breaker.allows(now) && isFree(one, now) && !avoid.has(worker) && !isRisk;
      });
      if (trial >= 0) return trial;
      const fresh = well.filter((one) => !avoid.has(all.indexOf(one)));
      if (fresh.length > 0) return bestOf(fresh, now);
      if (well.length > 0) return bestOf(well, now);
      return bestOf(
        all.filter(({ away }) => away === undefined),
        now,
      );
    },
    take(worker, now) {
      const one = of(worker);
      one.used++;
      one.breaker.begin(now);
    },
    free(worker) {
      of(worker).used--;
    },
    answered(worker, tookMs, usualMs) {
      const { room, slowness, used } = of(worker);
      room.answered(tookMs, used);
      if (usualMs > 0) slowness.learn(tookMs / usualMs);
    },
    slowness: (worker) => of(worker).slowness.times,
    note(worker, sign, pauseMs, now) {
      const one = of(worker);
      const before = healthOf(one);
      judge(one, sign, now);
      if (sign === "busy") one.room.refused(one.used);
      const unsaid = sign === "busy" && one.used === 0 ? busyPauseMs : 0;
      const restMs = Math.min(longestPauseMs, pauseMs > 0 ? pauseMs : unsaid);
      if (restMs > 0) one.pausedUntil = Math.max(one.pausedUntil, now + restMs);
      return healthOf(one) !== before;
    },
    probed(worker, answered, now) {
      const one = of(worker);
      one.probing = false;
      one.probedAt = now;
      if (!answered || one.away === undefined) return false;
      // That it answers a probe does not say that it speaks.
      one.away = undefined;
      one.breaker.reset();
      return true;
    },
    probe(now, atOnce = false) {
      if (!probes) return [];
      const due = [...all.keys()].filter((worker) => {
        const one = of(worker);
        return one.away !== undefined && !one.probing && (atOnce || now >= probeAt(one));
      });
      for (const worker of due) of(worker).probing = true;
      return due;
    },
    health: (worker) => healthOf(of(worker)),
    others: (avoid) => all.some((one, worker) => isWell(one) && !avoid.has(worker)),
    openFrom: () => Math.min(...all.map(({ away, pausedUntil }) => (away === undefined ? pausedUntil : Infinity))),
    mayTry: (now) => !living() && all.some((one) => isTried(one) && one.breaker.allows(now)),
    nextTry(now) {
      const times = all.flatMap((one) => [one.pausedUntil, isTried(one) ? (one.breaker.trialAt ?? 0) : 0]);
      return Math.min(...times.filter((at) => at > now), Number.POSITIVE_INFINITY);
    },
    nextProbe(now) {
      const waiting = probes ? all.filter(({ away, probing }) => away !== undefined && !probing) : [];
      return Math.min(...waiting.map((one) => Math.max(now, probeAt(one))), Number.POSITIVE_INFINITY);
    },
    get busy() {
      return all.reduce((sum, { used }) => sum + used, 0);
    },
    get slots() {
      return all.reduce((sum, { away, room }) => sum + (away === undefined ? room.limit : 0), 0);
    },
    get idle() {
      return all.filter((one) => one.used === 0 && isWell(one)).length;
    },
    get isNearlyFull() {
      const well = all.filter(isWell);
      const free = well.reduce((sum, { room, used }) => sum + Math.max(0, room.limit - used), 0);
      return free <= 1 && well.reduce((sum, { room }) => sum + room.limit, 0) > 1;
    },
  };
}
