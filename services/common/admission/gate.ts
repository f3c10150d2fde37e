/*
 * Overload makes an engine late for everybody. So only a limited number of requests may be in flight (`limit`, usually
 * learned: see limiter.ts), a few more may queue, and the rest are refused at once, with the reason and a time to
 * retry. A refusal costs milliseconds; a first token that arrives too late has already cost a prefill.
 *
 * How long a request would have to wait is predicted on its arrival, from how long recent answers took and from when
 * those in flight should end. A request that would wait longer than `patienceMs`, or past its own deadline, is refused
 * immediately instead of later. A short burst may queue. Once there has been a queue for `queueTimeoutMs`, it is kept
 * almost empty, because a queue that never drains only makes everybody late. While slots are scarce, or an owner below
 * its share was refused recently, no owner gets more than its share (shares.ts).
 *
 * The gate owns the set of requests in flight and the queue; it has no timer. The driver (door.ts) calls `takeRefused`
 * and `takeAdmitted` after every event and at `wakeAt`, and must call `leave` for every applicant that was admitted or
 * queued, however it ended: otherwise its slot stays taken forever. `leave` is not needed for an applicant that was
 * refused.
 */
import { type Refusal, refusalAfter } from "./refusal.ts";
import { createShares } from "./shares.ts";

/** What the gate needs to know about a request. */
export interface Applicant {
  /** The priority; requests with a lower value are admitted earlier. */
  readonly priority: number;
  /** The time, in milliseconds, by which the first token must arrive to be of any use to the caller. */
  readonly deadlineAt: number;
  /** The owner, from coarse to fine: a tenant, then its user. Default: an unnamed owner of all requests without one. */
  readonly whose?: readonly string[];
}

/** The immediate answer to a request for admission: admitted, queued (`waiting`), or refused. */
export type Verdict = "admitted" | "waiting" | Refusal;

/**
 * Decides which requests are admitted, queued or refused. Pure: it has no timer and knows no engine; the current time
 * is passed in milliseconds.
 */
export interface Gate<T extends Applicant> {
  /** Requests admission. If the queue is full, a less urgent request may be removed from it: see `takeRefused`. */
  offer(applicant: T, now: number): Verdict;
  /** Records the first token of an admitted request. */
  spoke(applicant: T, now: number): void;
  /** Records that an admitted request has ended, or that a queued request has left the queue. */
  leave(applicant: T, now: number): void;
  /** Admits as many queued requests as possible, and returns them, most urgent first; they are then in flight. */
  takeAdmitted(now: number): T[];
  /** Removes from the queue and returns the requests that waited too long or had to make room for more urgent ones. */
  takeRefused(now: number): { applicant: T; refusal: Refusal }[];
  /** The time at which `takeRefused` will next return requests; undefined if nothing is queued. */
  readonly wakeAt: number | undefined;
  /** How many requests are in flight, and how many are in the queue. */
  readonly load: { readonly inFlight: number; readonly queued: number };
}

/** Options of createGate. */
export interface GateOptions {
  /** Returns how many requests may be in flight at the moment. */
  readonly limit: () => number;
  /** The maximum length of the queue. */
  readonly maxQueued: number;
  /** The name of the setting that `maxQueued` comes from, for the messages of refusals; empty if there is none. */
  readonly maxQueuedSetting: string;
  /** What messages say after the number of requests in flight, such as `answers are being written`. */
  readonly what: string;
  /** The longest expected wait, in milliseconds: a request that would probably have to wait longer is refused. */
  readonly patienceMs: () => number;
  /** The longest actual wait, in milliseconds: a request that has waited this long is refused in any case. */
  readonly queueTimeoutMs: number;
}

/** An answer's assumed duration, in milliseconds, until the first answer has ended: about that of a short one. */
const firstGuessMs = 3000;
/** The weight, from 0 to 1, of the last answer's duration in the moving average of how long answers take. */
const forget = 0.05;
/** The longest wait in a standing queue, in milliseconds: any longer wait would only delay all requests behind. */
const standingWaitMs = 10;

/**
 * While no more than this fraction of the limit is free, owners that already have their share get no more slots: the
 * free ones are kept for other owners, who may come at any moment.
 */
const reserved = 0.1;
/**
 * After an owner below its share was refused, no owner gets more than its share for this long: about as long as the
 * speech of an answer lasts.
 */
const strictMs = 10_000;

class QueueGate<T extends Applicant> implements Gate<T> {
  readonly #options: GateOptions;
  readonly #inFlight = new Map<T, number>();
  #queue: { applicant: T; since: number }[] = [];
  #refused: { applicant: T; refusal: Refusal }[] = [];
  #lengthMs = firstGuessMs;
  #ttftMs = 0;
  #crowded = { is: false, since: Number.NEGATIVE_INFINITY };
  #standing = false;
  readonly #shares = createShares();
  /** All requests that are in flight or in the queue. */
  readonly #holding = new Set<T>();
  /** When a request was last refused although its owner had not reached its share of the slots. */
  #deniedAt = Number.NEGATIVE_INFINITY;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  offer(applicant: T, now: number): Verdict {
    this.#shares.asked(whoseOf(applicant), now);
    if (now + this.#ttftMs > applicant.deadlineAt)
      return refusalAfter(
        "deadline",
        "the first token currently takes longer than the caller allows",
        this.#lengthMs / 4,
      );
    this.#look(now);
    if (this.#isOverShare(applicant, now))
      return refusalAfter(
        "share",
        "the caller already has its share of the capacity, and others are waiting for theirs",
        this.#waitFor(1, now),
      );
    if (!this.#isFull() && this.#queue.length === 0) {
      this.#take(applicant);
      this.#inFlight.set(applicant, now);
      return "admitted";
    }
    const before = this.#queue.filter((other) => other.applicant.priority <= applicant.priority).length;
    const waitMs = this.#waitFor(before + 1, now);
    // A request may wait during a short burst, but only briefly while the queue persists, or everybody would be late.
    const patience = this.#standing ? Math.min(standingWaitMs, this.#options.patienceMs()) : this.#options.patienceMs();
    const isHopeless = waitMs > patience || now + waitMs + this.#ttftMs > applicant.deadlineAt;
    if (
      (isHopeless || this.#queue.length >= this.#options.maxQueued) &&
      !this.#shares.isOver(whoseOf(applicant), this.#options.limit(), now)
    )
      this.#deniedAt = now;
    if (isHopeless)
      return refusalAfter(
        "capacity",
        `${this.#inFlight.size} ${this.#options.what}, and none is about to finish`,
        waitMs,
      );
    if (this.#queue.length >= this.#options.maxQueued) {
      const last = this.#queue.at(-1);
      if (last === undefined || last.applicant.priority <= applicant.priority)
        return refusalAfter(
          "queue",
          `the queue is full (${this.#queue.length} waiting${this.#options.maxQueuedSetting && `, ${this.#options.maxQueuedSetting}`})`,
          waitMs,
        );
      this.#queue.pop();
      this.#giveBack(last.applicant);
      this.#refused.push({
        applicant: last.applicant,
        refusal: refusalAfter(
          "priority",
          "requests with a higher priority took this request's place in the queue",
          waitMs,
        ),
      });
    }
    this.#take(applicant);
    this.#queue.splice(before, 0, { applicant, since: now });
    return "waiting";
  }

  spoke(applicant: T, now: number): void {
    const since = this.#inFlight.get(applicant);
    if (since === undefined) return;
    // The newest measurement has a weight of one half: deadlines must be compared with the current time to first token.
    this.#ttftMs += 0.5 * (now - since - this.#ttftMs);
  }

  leave(applicant: T, now: number): void {
    const since = this.#inFlight.get(applicant);
    this.#remove(applicant);
    this.#giveBack(applicant);
    if (since === undefined) return;
    this.#inFlight.delete(applicant);
    this.#lengthMs += forget * (now - since - this.#lengthMs);
    this.#look(now);
    // An idle engine answers fast, however slow it was under load: so its earlier time to first token is forgotten.
    if (this.#inFlight.size === 0) this.#ttftMs = 0;
  }

  takeAdmitted(now: number): T[] {
    const admitted: T[] = [];
    while (!this.#isFull()) {
      const next = this.#queue.shift();
      if (next === undefined) break;
      this.#inFlight.set(next.applicant, now);
      admitted.push(next.applicant);
    }
    return admitted;
  }

  takeRefused(now: number): { applicant: T; refusal: Refusal }[] {
    const late = this.#queue.filter(({ applicant, since }) => now >= this.#patienceEnd(applicant, since));
    this.#queue = this.#queue.filter((entry) => !late.includes(entry));
    const taken = this.#refused;
    this.#refused = [];
    for (const { applicant } of late) {
      this.#giveBack(applicant);
      const waitMs = this.#waitFor(this.#queue.length + 1, now);
      taken.push({ applicant, refusal: refusalAfter("capacity", "no slot became free in time", waitMs) });
    }
    return taken;
  }

  get wakeAt(): number | undefined {
    return this.#queue.length === 0
      ? undefined
      : Math.min(...this.#queue.map(({ applicant, since }) => this.#patienceEnd(applicant, since)));
  }

  get load(): { readonly inFlight: number; readonly queued: number } {
    return { inFlight: this.#inFlight.size, queued: this.#queue.length };
  }

  /**
   * The expected wait of the `nth` request in the queue, in milliseconds: the longer of two estimates, which are both
   * based on how long earlier answers took.
   */
  #waitFor(nth: number, now: number): number {
    const most = Math.max(1, this.#options.limit());
    const evenly = (nth * this.#lengthMs) / most;
    const left = [...this.#inFlight.values()].map((at) => Math.max(0, at + this.#lengthMs - now)).sort((a, b) => a - b);
    const over = this.#inFlight.size - most;
    return Math.max(evenly, left[Math.min(left.length, nth + Math.max(0, over)) - 1] ?? 0);
  }

  /**
   * Detects a standing queue. It begins once the gate has been crowded (a queue, or hardly a free slot) for
   * `queueTimeoutMs` without interruption, and ends once the gate has not been crowded for the same time.
   */
  #look(now: number) {
    // The gate counts as crowded even if a few slots are free, since a slot is free for a moment between two answers.
    const is = this.#queue.length > 0 || this.#inFlight.size >= Math.max(1, 0.9 * this.#options.limit() - 1);
    if (is !== this.#crowded.is) this.#crowded = { is, since: now };
    if (now - this.#crowded.since >= this.#options.queueTimeoutMs) this.#standing = is;
  }

  #take(applicant: T) {
    this.#holding.add(applicant);
    this.#shares.took(whoseOf(applicant));
  }

  #giveBack(applicant: T) {
    if (this.#holding.delete(applicant)) this.#shares.left(whoseOf(applicant));
  }

  /** Whether slots are scarce, other owners want their shares, and the applicant's owner already has its share. */
  #isOverShare(applicant: T, now: number): boolean {
    const most = this.#options.limit();
    const isScarce = now - this.#deniedAt <= strictMs || this.#holding.size >= Math.floor((1 - reserved) * most);
    return isScarce && this.#shares.isOver(whoseOf(applicant), most, now);
  }

  #isFull() {
    return this.#inFlight.size >= this.#options.limit();
  }

  #remove(applicant: T) {
    this.#queue = this.#queue.filter((other) => other.applicant !== applicant);
  }

  #patienceEnd(applicant: T, since: number): number {
    return Math.min(since + this.#options.queueTimeoutMs, applicant.deadlineAt - this.#ttftMs);
  }
}

/** Creates a gate with an empty queue and no requests in flight. */
export function createGate<T extends Applicant>(options: GateOptions): Gate<T> {
  return new QueueGate(options);
}

const whoseOf = ({ whose = nobody }: Applicant) => whose;
const nobody: readonly string[] = [""];
