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

/** Makes an empty gate. */
export function createGate<T extends Applicant>(options: GateOptions): Gate<T> {
  const { limit, maxQueued, maxQueuedSetting, what, patienceMs, queueTimeoutMs } = options;
  const inFlight = new Map<T, number>();
  let queue: { applicant: T; since: number }[] = [];
  let refused: { applicant: T; refusal: Refusal }[] = [];
  let lengthMs = firstGuessMs;
  let ttftMs = 0;
  let crowded = { is: false, since: Number.NEGATIVE_INFINITY };
  let standing = false;
  const shares = createShares();
  /** Those in flight or waiting. */
  const holding = new Set<T>();
  /** When somebody was last turned away who had not their share. */
  let deniedAt = Number.NEGATIVE_INFINITY;

  /** When the `nth` from now may come in, by how long answers have lasted: the more careful of two guesses. */
  const waitFor = (nth: number, now: number): number => {
    const most = Math.max(1, limit());
    const evenly = (nth * lengthMs) / most;
    const left = [...inFlight.values()].map((at) => Math.max(0, at + lengthMs - now)).sort((a, b) => a - b);
    const over = inFlight.size - most;
    return Math.max(evenly, left[Math.min(left.length, nth + Math.max(0, over)) - 1] ?? 0);
  };

  /** A crowd stands once it has for as long as one may wait, and is gone once there was room for as long. */
  const look = (now: number) => {
    // Room for one or two is none: it is the moment between one answer and the next.
    const is = queue.length > 0 || inFlight.size >= Math.max(1, 0.9 * limit() - 1);
    if (is !== crowded.is) crowded = { is, since: now };
    if (now - crowded.since >= queueTimeoutMs) standing = is;
  };

  const take = (applicant: T) => {
    holding.add(applicant);
    shares.took(whoseOf(applicant));
  };
  const giveBack = (applicant: T) => {
    if (holding.delete(applicant)) shares.left(whoseOf(applicant));
  };

  /** Whether somebody has their share while there is hardly more than others want. */
  const isOverShare = (applicant: T, now: number): boolean => {
    const most = limit();
    const isScarce = now - deniedAt <= strictMs || holding.size >= Math.floor((1 - reserved) * most);
    return isScarce && shares.isOver(whoseOf(applicant), most, now);
  };

  const refusalAfter = (cause: RefusalCause, reason: string, waitMs: number): Refusal => ({
    reason,
    cause,
    retryDelayMs: Math.round(Math.min(10_000, Math.max(100, waitMs))),
  });

  const isFull = () => inFlight.size >= limit();

  const remove = (applicant: T) => {
    queue = queue.filter((other) => other.applicant !== applicant);
  };

  return {
    offer(applicant, now) {
      shares.asked(whoseOf(applicant), now);
      if (now + ttftMs > applicant.deadlineAt)
        return refusalAfter("deadline", "first tokens take longer now than the caller is ready to wait", lengthMs / 4);
      look(now);
      if (isOverShare(applicant, now))
        return refusalAfter("share", "others want their share of what can be done at once", waitFor(1, now));
      if (!isFull() && queue.length === 0) {
        take(applicant);
        inFlight.set(applicant, now);
        return "admitted";
      }
      const before = queue.filter((other) => other.applicant.priority <= applicant.priority).length;
      const waitMs = waitFor(before + 1, now);
      // A burst may wait; a crowd that stays is turned away, or everybody would be late.
      const patience = standing ? Math.min(standingWaitMs, patienceMs()) : patienceMs();
      const isHopeless = waitMs > patience || now + waitMs + ttftMs > applicant.deadlineAt;
      if ((isHopeless || queue.length >= maxQueued) && !shares.isOver(whoseOf(applicant), limit(), now)) deniedAt = now;
      if (isHopeless) return refusalAfter("capacity", `${inFlight.size} ${what}, and a place is not in sight`, waitMs);
      if (queue.length >= maxQueued) {
        const last = queue.at(-1);
        if (last === undefined || last.applicant.priority <= applicant.priority)
          return refusalAfter(
            "queue",
            `${queue.length} wait already${maxQueuedSetting && ` (${maxQueuedSetting})`}`,
            waitMs,
          );
        queue.pop();
        giveBack(last.applicant);
        refused.push({
          applicant: last.applicant,
          refusal: refusalAfter("priority", "more urgent ones came in between", waitMs),
        });
      }
      take(applicant);
      queue.splice(before, 0, { applicant, since: now });
      return "waiting";
    },

    spoke(applicant, now) {
      const since = inFlight.get(applicant);
      if (since === undefined) return;
      // Half the way at once: what a caller's deadline is held against is the present.
      ttftMs += 0.5 * (now - since - ttftMs);
    },

    leave(applicant, now) {
      const since = inFlight.get(applicant);
      remove(applicant);
      giveBack(applicant);
      if (since === undefined) return;
      inFlight.delete(applicant);
      lengthMs += forget * (now - since - lengthMs);
      look(now);
      // An idle engine is a fast one, whatever it was before.
      if (inFlight.size === 0) ttftMs = 0;
    },

    takeAdmitted(now) {
      const admitted: T[] = [];
      while (!isFull()) {
        const next = queue.shift();
        if (next === undefined) break;
        inFlight.set(next.applicant, now);
        admitted.push(next.applicant);
      }
      return admitted;
    },

    takeRefused(now) {
      const late = queue.filter(({ applicant, since }) => now >= patienceEnd(applicant, since));
      queue = queue.filter((entry) => !late.includes(entry));
      const taken = refused;
      refused = [];
      for (const { applicant } of late) {
        giveBack(applicant);
        const waitMs = waitFor(queue.length + 1, now);
        taken.push({ applicant, refusal: refusalAfter("capacity", "no place came free in time", waitMs) });
      }
      return taken;
    },

    get wakeAt() {
      return queue.length === 0
        ? undefined
        : Math.min(...queue.map(({ applicant, since }) => patienceEnd(applicant, since)));
    },
    get load() {
      return { inFlight: inFlight.size, queued: queue.length };
    },
  };

  function patienceEnd(applicant: T, since: number): number {
    return Math.min(since + queueTimeoutMs, applicant.deadlineAt - ttftMs);
  }
}

const whoseOf = ({ whose = nobody }: Applicant) => whose;
const nobody: readonly string[] = [""];
