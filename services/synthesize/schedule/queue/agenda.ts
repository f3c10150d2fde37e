import type { Work } from "../segment.ts";
import { deadlineOf, type Session } from "../session.ts";
import type { Made, Sizes } from "../sizes/next.ts";
import type { Workers } from "../workers/workers.ts";
import { again, type Candidate, nextNew } from "./candidates.ts";
import { createHeap } from "./heap.ts";

/**
 * Decides which session is served next. A session is re-evaluated after an event that concerns it, when a time that it
 * waits for has come, and before it gets a worker. No event re-evaluates all sessions, so the time that an event takes
 * grows only with the logarithm of the number of sessions.
 */
export interface Agenda<W> {
  /** Adds a session that has nothing to speak yet. */
  add(session: Session<W>): void;
  /** Updates the queues in which a session waits; called after something happened to the session. */
  look(session: Session<W>, now: number): void;
  /** Removes a session. */
  forget(session: Session<W>): void;
  /**
   * Records that the speech with a key has been made, or will not be made. Returns the sessions that awaited it.
   */
  release(key: string | undefined): readonly Session<W>[];
  /** Returns the sessions that have become ready with the passage of time and so must be re-evaluated. */
  wake(now: number): readonly Session<W>[];
  /**
   * Chooses, among all work that a free worker can take, the work whose audio is needed first, and the worker that
   * takes it. Undefined if no free worker can take any work.
   */
  first(now: number): Chosen<W> | undefined;
  /** Sessions whose work waits for a worker; `segment` is set if the work is another attempt at a segment. */
  waiting(): IteratorObject<Pick<Candidate<W>, "session" | "segment">>;
  /** When the next session becomes ready merely by the passage of time; Infinity if none will. */
  readonly next: number;
}

/** The work that was chosen, and the worker that gets it. */
export interface Chosen<W> {
  readonly candidate: Candidate<W>;
  readonly worker: number;
}

/** Options of createAgenda. */
export interface AgendaOptions<W extends Work> {
  readonly workers: Workers;
  readonly made: Made<W>;
  readonly sizes: Sizes;
  /** Like `sizes`, but for one worker, which may be slower than normal. */
  readonly sizesOf: (worker: number) => Sizes;
}

const none: ReadonlySet<number> = new Set();

const isBefore = <W>(a: Candidate<W>, b: Candidate<W>) =>
  a.deadline < b.deadline || (a.deadline === b.deadline && a.session.nth < b.session.nth);

const heap = <W>() => createHeap<Session<W>>(({ nth }) => nth);

class DeadlineAgenda<W extends Work> implements Agenda<W> {
  readonly #options: AgendaOptions<W>;
  /**
   * Two queues of sessions, ordered by when their audio runs out. `#due`: the next segment may take any slot; `#early`:
   * the next segment leaves the last free slot to other sessions.
   */
  readonly #due = heap<W>();
  readonly #early = heap<W>();
  /** Sessions that will move to another queue at a known time without any further event, ordered by that time. */
  readonly #later = heap<W>();
  /**
   * `#listening`: sessions whose listeners have or await audio, ordered by when that audio runs out. `#unoffered`:
   * sessions to which no text has been offered yet.
   */
  readonly #listening = heap<W>();
  readonly #unoffered = new Set<Session<W>>();
  /**
   * `#retrying`: sessions with a segment to attempt again. `#spare`: sessions without a listener. `#awaiting`: sessions
   * that wait for speech that is being made for other sessions, by the key of that speech.
   */
  readonly #retrying = new Set<Session<W>>();
  readonly #spare = new Set<Session<W>>();
  readonly #awaiting = new Map<string, Set<Session<W>>>();
  readonly #awaited = new Map<Session<W>, string>();

  constructor(options: AgendaOptions<W>) {
    this.#options = options;
  }

  add(session: Session<W>): void {
    if (!session.background) this.#unoffered.add(session);
  }

  look(session: Session<W>, now: number): void {
    this.#noteListener(session, now);
    this.#place(session, this.#options.sizes, now);
  }

  forget(session: Session<W>): void {
    this.#leaveQueues(session);
    this.#retrying.delete(session);
    this.#listening.remove(session);
    this.#unoffered.delete(session);
  }

  release(key: string | undefined): readonly Session<W>[] {
    return key === undefined ? [] : [...(this.#awaiting.get(key) ?? [])];
  }

  wake(now: number): readonly Session<W>[] {
    const woken: Session<W>[] = [];
    for (let { first } = this.#later; first !== undefined && this.#later.least <= now; { first } = this.#later) {
      this.#later.remove(first);
      woken.push(first);
    }
    return woken;
  }

  first(now: number): Chosen<W> | undefined {
    const retry = this.#retrying.size === 0 ? undefined : this.#firstAgain(false, now);
    return this.#firstNew(retry?.candidate.deadline ?? Number.POSITIVE_INFINITY, now) ?? retry ?? this.#firstSpare(now);
  }

  *waiting(): Generator<Pick<Candidate<W>, "session" | "segment">> {
    for (const session of this.#retrying)
      if (!session.background) for (const segment of session.retries) yield { session, segment };
    for (const queue of this.#options.workers.isNearlyFull ? [this.#due] : [this.#due, this.#early])
      for (const session of queue.all) yield { session, segment: undefined };
  }

  get next(): number {
    return this.#later.least;
  }

  #leaveQueues(session: Session<W>): void {
    for (const queue of [this.#due, this.#early, this.#later]) queue.remove(session);
    this.#spare.delete(session);
    const key = this.#awaited.get(session);
    if (key === undefined) return;
    this.#awaited.delete(session);
    const others = this.#awaiting.get(key);
    others?.delete(session);
    if (others?.size === 0) this.#awaiting.delete(key);
  }

  #waitFor(session: Session<W>, key: string): void {
    this.#awaited.set(session, key);
    this.#awaiting.set(key, (this.#awaiting.get(key) ?? new Set()).add(session));
  }

  #noteListener(session: Session<W>, now: number): void {
    if (session.background || session.offeredAt === undefined) return;
    this.#unoffered.delete(session);
    this.#listening.set(session, deadlineOf(session, this.#options.sizes.openerBudgetMs, now));
  }

  /** Puts a session in the queue to which it belongs. Returns its next segment if that can be dispatched now. */
  #place(session: Session<W>, by: Sizes, now: number): Candidate<W> | undefined {
    this.#leaveQueues(session);
    if (session.retries.length > 0) {
      this.#retrying.add(session);
      session.readyAt ??= now;
    } else this.#retrying.delete(session);
    const candidate = nextNew(session, this.#options.made, by, now);
    if (candidate === undefined) return undefined;
    const { deadline, readyAt, dueAt, awaits } = candidate;
    if (awaits !== undefined) this.#waitFor(session, awaits);
    if (readyAt > now) {
      if (readyAt < Number.POSITIVE_INFINITY) this.#later.set(session, readyAt);
      return undefined;
    }
    if (session.background) this.#spare.add(session);
    else if (dueAt > now) {
      this.#early.set(session, deadline);
      this.#later.set(session, dueAt);
    } else {
      this.#due.set(session, deadline);
      session.readyAt ??= now;
    }
    return candidate;
  }

  #workerFor(deadline: number, now: number) {
    return this.#options.workers.pick(none, deadline > now + this.#options.sizes.shortSlackMs, now);
  }

  #isRetrying(isBackground: boolean) {
    return this.#retrying.size > 0 && [...this.#retrying].some(({ background }) => background === isBackground);
  }

  /**
   * Chooses, among the segments to attempt again, the one whose audio is needed first and for which a worker is free;
   * undefined if there is none. `isBackground`: whether to choose among background sessions or among all others.
   * Segments rarely fail, so there are few.
   */
  #firstAgain(isBackground: boolean, now: number): Chosen<W> | undefined {
    let best: Chosen<W> | undefined;
    for (const session of this.#retrying) {
      if (session.background !== isBackground) continue;
      for (const segment of session.retries) {
        const candidate = again(session, segment, this.#options.sizes, now);
        if (best !== undefined && !isBefore(candidate, best.candidate)) continue;
        const worker = this.#options.workers.pick(
          segment.avoid,
          candidate.deadline > now + this.#options.sizes.shortSlackMs,
          now,
        );
        if (worker !== undefined) best = { candidate, worker };
      }
    }
    return best;
  }

  /**
   * The new segment to start next: that of the session whose audio runs out first, if it does so earlier than `before`.
   * Sessions that still have much audio (`#early`) must wait while the workers are nearly full.
   */
  #firstNew(before: number, now: number): Chosen<W> | undefined {
    const queues = this.#options.workers.isNearlyFull ? [this.#due] : [this.#due, this.#early];
    for (;;) {
      const [head] = queues.filter(({ size }) => size > 0).toSorted((a, b) => a.least - b.least);
      if (head?.first === undefined || head.least >= before) return undefined;
      const worker = this.#workerFor(head.least, now);
      if (worker === undefined) return this.#firstPatient(now);
      const candidate = this.#place(head.first, this.#options.sizesOf(worker), now);
      if (candidate !== undefined) return { candidate, worker };
    }
  }

  /**
   * If a worker is due for a trial, chooses the next segment of a session that has the time to have the segment spoken
   * by another worker if the trial fails. Undefined if no worker is due or no session has that much time.
   */
  #firstPatient(now: number): Chosen<W> | undefined {
    while (this.#early.first !== undefined) {
      const worker = this.#workerFor(Number.POSITIVE_INFINITY, now);
      if (worker === undefined) return undefined;
      const candidate = this.#place(this.#early.first, this.#options.sizesOf(worker), now);
      if (candidate !== undefined) return { candidate, worker };
    }
    return undefined;
  }

  /** Work for a session without a listener; undefined while sessions with listeners may need the free workers. */
  #firstSpare(now: number): Chosen<W> | undefined {
    const [session] = this.#spare;
    const isWanted =
      this.#due.size > 0 || (this.#early.size > 0 && !this.#options.workers.isNearlyFull) || this.#isRetrying(false);
    if (isWanted || (session === undefined && !this.#isRetrying(true))) return undefined;
    const candidate = session && this.#place(session, this.#options.sizes, now);
    const neededAt = Math.min(
      this.#listening.least,
      this.#unoffered.size > 0 ? now + this.#options.sizes.openerBudgetMs : Infinity,
    );
    const isTime =
      neededAt - now > this.#options.sizes.workMs(candidate?.end.seconds ?? 0) + this.#options.sizes.shortSlackMs;
    if (!isTime && this.#options.workers.idle <= 1) return undefined;
    const retry = this.#firstAgain(true, now);
    if (retry !== undefined || candidate === undefined) return retry;
    const worker = this.#options.workers.pick(none, true, now);
    return worker === undefined ? undefined : { candidate, worker };
  }
}

/** Creates an empty agenda. */
export function createAgenda<W extends Work>(options: AgendaOptions<W>): Agenda<W> {
  return new DeadlineAgenda(options);
}
