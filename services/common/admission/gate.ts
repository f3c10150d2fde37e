/*
 * An overloaded engine is late for everybody. So only a limited number of requests may be in flight (`limit`, usually
 * learned: see limiter.ts), a few more may queue, and the rest are told at once why they are refused and when to
 * retry. A refusal costs milliseconds; a first token that arrives too late has cost a prefill.
 *
 * The wait is predicted before it begins, from how long recent answers took and from when those in flight should end.
 * A request that would wait longer than `patienceMs`, or past its own deadline, is refused immediately instead of
 * later. A burst may queue. Once a crowd has lasted for `queueTimeoutMs` the queue is kept almost empty, because a
 * queue that never drains only makes everybody late. While places are scarce, or somebody below their share was
 * refused recently, nobody gets more than their share (shares.ts).
 *
 * The gate owns the set of requests in flight and the queue; it has no timer. The driver (door.ts) calls `takeRefused`
 * and `takeAdmitted` after every event and at `wakeAt`, and must call `leave` for every applicant that was admitted or
 * queued, whatever became of it: a forgotten one keeps its place forever. An applicant that was refused has nothing to
 * leave.
 */
import { createShares } from "./shares.ts";

/** Who asks to be admitted, as far as the gate goes. */
export interface Applicant {
  /** Lower is admitted earlier. */
  readonly priority: number;
  /** The moment after which a first token is of no use. */
  readonly deadlineAt: number;
  /** Whose it is, from coarse to fine: a tenant, and its user. Default: nobody's, of whom there is one. */
  readonly whose?: readonly string[];
}

/** What becomes of an applicant at once: in, in the queue, or neither. */
export type Verdict = "admitted" | "waiting" | Refusal;

/** Why an applicant is not admitted. */
export interface Refusal {
  /** In one sentence, with the setting that says so. */
  readonly reason: string;
  /** The same for programs. */
  readonly cause: RefusalCause;
  /** When another try may be worth while. */
  readonly retryDelayMs: number;
}

/**
 * Why somebody is refused: all that can be done at once is being done (`capacity`), and a place is not in sight; as many wait as may (`queue`), or
 * more urgent ones came in between (`priority`); whoever asks has their share of it, and others want theirs (`share`); it would come later than
 * they wait (`deadline`).
 */
export type RefusalCause = "capacity" | "queue" | "priority" | "share" | "deadline";

/** Decides who is let in, who waits and who is refused. Pure: it has no timer and knows no engine; time goes in, in milliseconds. */
export interface Gate<T extends Applicant> {
  /** Asks for admission. If the queue is full, a less urgent applicant may have to leave it: see `takeRefused`. */
  offer(applicant: T, now: number): Verdict;
  /** The first token of one that is in has come. */
  spoke(applicant: T, now: number): void;
  /** One that was in has ended, or one that waited has left the queue. */
  leave(applicant: T, now: number): void;
  /** Those whose turn it is now, most urgent first; they are in flight from now on. */
  takeAdmitted(now: number): T[];
  /** Those who have waited too long, or had to make room. */
  takeRefused(now: number): { applicant: T; refusal: Refusal }[];
  /** When `takeRefused` will next have somebody; undefined while nobody waits. */
  readonly wakeAt: number | undefined;
  /** In flight and waiting now. */
  readonly load: { readonly inFlight: number; readonly queued: number };
}

/** Options of createGate. */
export interface GateOptions {
  /** How many may be in flight now. */
  readonly limit: () => number;
  /** How many may wait. */
  readonly maxQueued: number;
  /** The setting that `maxQueued` comes from, named where it is the reason of a refusal; empty if it comes from none. */
  readonly maxQueuedSetting: string;
  /** What those in flight do, after their number: `answers are being written`. */
  readonly what: string;
  /** How long a wait may be that is foreseen. */
  readonly patienceMs: () => number;
  /** How long one waits at most, if it was foreseen wrongly. */
  readonly queueTimeoutMs: number;
}

/** How long an answer is taken to last before one has ended: the short side of what a voice speaks. */
const firstGuessMs = 3000;
/** How far an answer's length moves the guess of the next. */
const forget = 0.05;
/** Who waits in a queue that never empties delays all after him and is late himself: only as long as nobody would notice. */
const standingWaitMs = 10;

/** The part of the limit that those who have their share leave to others, who may come at any moment. */
const reserved = 0.1;
/** Once somebody was turned away who had not their share, nobody gets more than theirs for this long: about as long as an answer takes to be heard. */
const strictMs = 10_000;

const refusalAfter = (cause: RefusalCause, reason: string, waitMs: number): Refusal => ({
  reason,
  cause,
  retryDelayMs: Math.round(Math.min(10_000, Math.max(100, waitMs))),
});

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
  /** Those in flight or waiting. */
  readonly #holding = new Set<T>();
  /** When somebody was last turned away who had not their share. */
  #deniedAt = Number.NEGATIVE_INFINITY;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  offer(applicant: T, now: number): Verdict {
    this.#shares.asked(whoseOf(applicant), now);
    if (now + this.#ttftMs > applicant.deadlineAt)
      return refusalAfter(
        "deadline",
        "first tokens take longer now than the caller is ready to wait",
        this.#lengthMs / 4,
      );
    this.#look(now);
    if (this.#isOverShare(applicant, now))
      return refusalAfter("share", "others want their share of what can be done at once", this.#waitFor(1, now));
    if (!this.#isFull() && this.#queue.length === 0) {
      this.#take(applicant);
      this.#inFlight.set(applicant, now);
      return "admitted";
    }
    const before = this.#queue.filter((other) => other.applicant.priority <= applicant.priority).length;
    const waitMs = this.#waitFor(before + 1, now);
    // A burst may wait; a crowd that stays is turned away, or everybody would be late.
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
        `${this.#inFlight.size} ${this.#options.what}, and a place is not in sight`,
        waitMs,
      );
    if (this.#queue.length >= this.#options.maxQueued) {
      const last = this.#queue.at(-1);
      if (last === undefined || last.applicant.priority <= applicant.priority)
        return refusalAfter(
          "queue",
          `${this.#queue.length} wait already${this.#options.maxQueuedSetting && ` (${this.#options.maxQueuedSetting})`}`,
          waitMs,
        );
      this.#queue.pop();
      this.#giveBack(last.applicant);
      this.#refused.push({
        applicant: last.applicant,
        refusal: refusalAfter("priority", "more urgent ones came in between", waitMs),
      });
    }
    this.#take(applicant);
    this.#queue.splice(before, 0, { applicant, since: now });
    return "waiting";
  }

  spoke(applicant: T, now: number): void {
    const since = this.#inFlight.get(applicant);
    if (since === undefined) return;
    // Half the way at once: what a caller's deadline is held against is the present.
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
    // An idle engine is a fast one, whatever it was before.
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
      taken.push({ applicant, refusal: refusalAfter("capacity", "no place came free in time", waitMs) });
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

  /** When the `nth` from now may come in, by how long answers have lasted: the more careful of two guesses. */
  #waitFor(nth: number, now: number): number {
    const most = Math.max(1, this.#options.limit());
    const evenly = (nth * this.#lengthMs) / most;
    const left = [...this.#inFlight.values()].map((at) => Math.max(0, at + this.#lengthMs - now)).sort((a, b) => a - b);
    const over = this.#inFlight.size - most;
    return Math.max(evenly, left[Math.min(left.length, nth + Math.max(0, over)) - 1] ?? 0);
  }

  /** A crowd stands once it has for as long as one may wait, and is gone once there was room for as long. */
  #look(now: number) {
    // Room for one or two is none: it is the moment between one answer and the next.
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

  /** Whether somebody has their share while there is hardly more than others want. */
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

/** Makes an empty gate. */
export function createGate<T extends Applicant>(options: GateOptions): Gate<T> {
  return new QueueGate(options);
}

const whoseOf = ({ whose = nobody }: Applicant) => whose;
const nobody: readonly string[] = [""];
