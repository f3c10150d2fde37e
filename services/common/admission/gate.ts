/** Someone who wants an answer written. */
export interface Asking {
  /** Lower is served earlier. */
  readonly priority: number;
  /** The moment after which a first token is of no use to the caller. */
  readonly deadlineAt: number;
}

/** What becomes of who asks: a place at once, a place in the queue, or none. */
export type Verdict = "admitted" | "waiting" | Refusal;

/** Why there is no place. */
export interface Refusal {
  /** In one sentence, with the setting that says so. */
  readonly reason: string;
  /** When there may be one. */
  readonly retryDelayMs: number;
}

/** Who is let to the engine, who waits, who is refused. Pure: it has no timer and knows no engine. */
export interface Gate<T extends Asking> {
  /** Someone asks. Somebody else may be refused in his place, if he is less urgent: see `takeRefused`. */
  offer(asking: T, now: number): Verdict;
  /** His first token has come. */
  spoke(asking: T, now: number): void;
  /** He has ended, or has left the queue. */
  leave(asking: T, now: number): void;
  /** Those whose turn it is now, most urgent first; they are in flight from now on. */
  takeAdmitted(now: number): T[];
  /** Those who have waited too long, or had to make room. */
  takeRefused(now: number): { asking: T; refusal: Refusal }[];
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

/** Makes an empty gate. */
export function createGate<T extends Asking>({ limit, maxQueued, patienceMs, queueTimeoutMs }: GateOptions): Gate<T> {
  const inFlight = new Map<T, number>();
  let queue: { asking: T; since: number }[] = [];
  let refused: { asking: T; refusal: Refusal }[] = [];
  let lengthMs = firstGuessMs;
  let ttftMs = 0;
  let crowded = { is: false, since: Number.NEGATIVE_INFINITY };
  let standing = false;

  /** When the `place`th from now will come free, by how long answers have lasted: the more careful of two guesses. */
  const waitFor = (place: number, now: number): number => {
    const places = Math.max(1, limit());
    const evenly = (place * lengthMs) / places;
    const left = [...inFlight.values()].map((at) => Math.max(0, at + lengthMs - now)).sort((a, b) => a - b);
    const over = inFlight.size - places;
    return Math.max(evenly, left[Math.min(left.length, place + Math.max(0, over)) - 1] ?? 0);
  };

  /** A crowd stands once it has for as long as one may wait, and is gone once there was room for as long. */
  const look = (now: number) => {
    // One or two free places are no room: they are the moment between one answer and the next.
    const is = queue.length > 0 || inFlight.size >= Math.max(1, 0.9 * limit() - 1);
    if (is !== crowded.is) crowded = { is, since: now };
    if (now - crowded.since >= queueTimeoutMs) standing = is;
  };

  const refusalAfter = (reason: string, waitMs: number): Refusal => ({
    reason,
    retryDelayMs: Math.round(Math.min(10_000, Math.max(100, waitMs))),
  });

  const isFull = () => inFlight.size >= limit();

  const remove = (asking: T) => {
    queue = queue.filter((other) => other.asking !== asking);
  };

  return {
    offer(asking, now) {
      if (now + ttftMs > asking.deadlineAt)
        return refusalAfter("first tokens take longer now than the caller is ready to wait", lengthMs / 4);
      look(now);
      if (!isFull() && queue.length === 0) {
        inFlight.set(asking, now);
        return "admitted";
      }
      const before = queue.filter((other) => other.asking.priority <= asking.priority).length;
      const waitMs = waitFor(before + 1, now);
      // A burst may wait; a crowd that stays is turned away, or everybody would be late.
      const patience = standing ? Math.min(standingWaitMs, patienceMs()) : patienceMs();
      if (waitMs > patience || now + waitMs + ttftMs > asking.deadlineAt)
        return refusalAfter(`${inFlight.size} answers are being written, and a place is not in sight`, waitMs);
      if (queue.length >= maxQueued) {
        const last = queue.at(-1);
        if (last === undefined || last.asking.priority <= asking.priority)
          return refusalAfter(`${queue.length} answers wait already (DUET_GENERATE_MAX_QUEUED)`, waitMs);
        queue.pop();
        refused.push({ asking: last.asking, refusal: refusalAfter("more urgent answers came in between", waitMs) });
      }
      queue.splice(before, 0, { asking, since: now });
      return "waiting";
    },

    spoke(asking, now) {
      const since = inFlight.get(asking);
      if (since === undefined) return;
      // Half the way at once: what a caller's deadline is held against is the present.
      ttftMs += 0.5 * (now - since - ttftMs);
    },

    leave(asking, now) {
      const since = inFlight.get(asking);
      remove(asking);
      if (since === undefined) return;
      inFlight.delete(asking);
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
        inFlight.set(next.asking, now);
        admitted.push(next.asking);
      }
      return admitted;
    },

    takeRefused(now) {
      const late = queue.filter(({ asking, since }) => now >= patienceEnd(asking, since));
      queue = queue.filter((entry) => !late.includes(entry));
      const taken = refused;
      refused = [];
      for (const { asking } of late)
        taken.push({ asking, refusal: refusalAfter("no place came free in time", waitFor(queue.length + 1, now)) });
      return taken;
    },

    get wakeAt() {
      return queue.length === 0 ? undefined : Math.min(...queue.map(({ asking, since }) => patienceEnd(asking, since)));
    },
    get load() {
      return { inFlight: inFlight.size, queued: queue.length };
    },
  };

  function patienceEnd(asking: T, since: number): number {
    return Math.min(since + queueTimeoutMs, asking.deadlineAt - ttftMs);
  }
}
