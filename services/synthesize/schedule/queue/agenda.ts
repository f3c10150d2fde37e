import type { Work } from "../segment.ts";
import { deadlineOf, type Session } from "../session.ts";
import type { Made, Sizes } from "../sizes/next.ts";
import type { Workers } from "../workers/workers.ts";
import { again, type Candidate, nextNew } from "./candidates.ts";
import { createHeap } from "./heap.ts";

/**
 * Who is to be served next, across all sessions. A session is looked at when something happened to it, when its time has come, and before it is given a
 * worker; no event looks at all of them, so that one costs the logarithm of how many there are.
 */
export interface Agenda<W> {
  /** There is a session of which nothing is to be spoken yet. */
  add(session: Session<W>): void;
  /** Something happened to a session. */
  look(session: Session<W>, now: number): void;
  /** The session is no more. */
  forget(session: Session<W>): void;
  /** What was being made under a key is made, or will not be. Returns those that have waited for it. */
  release(key: string | undefined): readonly Session<W>[];
  /** Those for whom time has come, who are to be looked at. */
  wake(now: number): readonly Session<W>[];
  /** The work whose audio is needed first, of that which a worker is free for, and that worker. Undefined: there is none. */
  first(now: number): Chosen<W> | undefined;
  /** Sessions whose work waits for a worker, and what of them is to be attempted again. */
  waiting(): IteratorObject<Pick<Candidate<W>, "session" | "segment">>;
  /** When time alone makes somebody ready. */
  readonly next: number;
}

/** Work, and who is to do it. */
export interface Chosen<W> {
  readonly candidate: Candidate<W>;
  readonly worker: number;
}

/** What an agenda goes by. */
export interface AgendaOptions<W extends Work> {
  readonly workers: Workers;
  readonly made: Made<W>;
  readonly sizes: Sizes;
  /** The same for a worker, which may be slower than is usual. */
  readonly sizesOf: (worker: number) => Sizes;
}

const none: ReadonlySet<number> = new Set();

const isBefore = <W>(a: Candidate<W>, b: Candidate<W>) =>
  a.deadline < b.deadline || (a.deadline === b.deadline && a.session.nth < b.session.nth);

/** Makes an empty one. */
export function createAgenda<W extends Work>({ workers, made, sizes, sizesOf }: AgendaOptions<W>): Agenda<W> {
  const heap = () => createHeap<Session<W>>(({ nth }) => nth);
  /** By when their sound runs out: those whose next segment may have any slot, and those that leave the last one to others. */
  const due = heap();
  const early = heap();
  /** Those that time will make one of these, by when. */
  const later = heap();
  /** All whose listener waits for sound or has some, by when that ends; and how many have nothing to be heard yet. */
  const listening = heap();
  const unoffered = new Set<Session<W>>();
  /** Those with something to be attempted again; those that nobody listens to; and those that wait for what is made for others, by its key. */
  const retrying = new Set<Session<W>>();
  const spare = new Set<Session<W>>();
  const awaiting = new Map<string, Set<Session<W>>>();
  const awaited = new Map<Session<W>, string>();

  function leaveQueues(session: Session<W>): void {
    for (const queue of [due, early, later]) queue.remove(session);
    spare.delete(session);
    const key = awaited.get(session);
    if (key === undefined) return;
    awaited.delete(session);
    const others = awaiting.get(key);
    others?.delete(session);
    if (others?.size === 0) awaiting.delete(key);
  }

  function waitFor(session: Session<W>, key: string): void {
    awaited.set(session, key);
    awaiting.set(key, (awaiting.get(key) ?? new Set()).add(session));
  }

  function noteListener(session: Session<W>, now: number): void {
    if (session.background || session.offeredAt === undefined) return;
    unoffered.delete(session);
    listening.set(session, deadlineOf(session, sizes.openerBudgetMs, now));
  }

  /** Puts a session where it belongs, and returns its next segment if that could go now. */
  function place(session: Session<W>, by: Sizes, now: number): Candidate<W> | undefined {
    leaveQueues(session);
    if (session.retries.length > 0) {
      retrying.add(session);
      session.readyAt ??= now;
    } else retrying.delete(session);
    const candidate = nextNew(session, made, by, now);
    if (candidate === undefined) return undefined;
    const { deadline, readyAt, dueAt, awaits } = candidate;
    if (awaits !== undefined) waitFor(session, awaits);
    if (readyAt > now) {
      if (readyAt < Number.POSITIVE_INFINITY) later.set(session, readyAt);
      return undefined;
    }
    if (session.background) spare.add(session);
    else if (dueAt > now) {
      early.set(session, deadline);
      later.set(session, dueAt);
    } else {
      due.set(session, deadline);
      session.readyAt ??= now;
    }
    return candidate;
  }

  const workerFor = (deadline: number, now: number) => workers.pick(none, deadline > now + sizes.shortSlackMs, now);

  const isRetrying = (isBackground: boolean) =>
    retrying.size > 0 && [...retrying].some(({ background }) => background === isBackground);

  /** What is to be attempted again and is needed first, of that which a worker is free for. Few segments come to nothing. */
  function firstAgain(isBackground: boolean, now: number): Chosen<W> | undefined {
    let best: Chosen<W> | undefined;
    for (const session of retrying) {
      if (session.background !== isBackground) continue;
      for (const segment of session.retries) {
        const candidate = again(session, segment, sizes, now);
        if (best !== undefined && !isBefore(candidate, best.candidate)) continue;
        const worker = workers.pick(segment.avoid, candidate.deadline > now + sizes.shortSlackMs, now);
        if (worker !== undefined) best = { candidate, worker };
      }
    }
    return best;
  }

  /** The one of two sessions at the heads of queues whose sound runs out first. */
  function firstNew(before: number, now: number): Chosen<W> | undefined {
    const queues = workers.isNearlyFull ? [due] : [due, early];
    for (;;) {
      const [head] = queues.filter(({ size }) => size > 0).toSorted((a, b) => a.least - b.least);
      if (head?.first === undefined || head.least >= before) return undefined;
      const worker = workerFor(head.least, now);
      if (worker === undefined) return firstPatient(now);
      const candidate = place(head.first, sizesOf(worker), now);
      if (candidate !== undefined) return { candidate, worker };
    }
  }

  /** One that has time enough for a worker that is on trial, if there is such a worker. */
  function firstPatient(now: number): Chosen<W> | undefined {
    while (early.first !== undefined) {
      const worker = workerFor(Number.POSITIVE_INFINITY, now);
      if (worker === undefined) return undefined;
      const candidate = place(early.first, sizesOf(worker), now);
      if (candidate !== undefined) return { candidate, worker };
    }
    return undefined;
  }

  /** What nobody waits for: it takes no worker that somebody may want before it is done. */
  function firstSpare(now: number): Chosen<W> | undefined {
    const [session] = spare;
    const isWanted = due.size > 0 || (early.size > 0 && !workers.isNearlyFull) || isRetrying(false);
    if (isWanted || (session === undefined && !isRetrying(true))) return undefined;
    const candidate = session && place(session, sizes, now);
    const neededAt = Math.min(listening.least, unoffered.size > 0 ? now + sizes.openerBudgetMs : Infinity);
    const isTime = neededAt - now > sizes.workMs(candidate?.end.seconds ?? 0) + sizes.shortSlackMs;
    if (!isTime && workers.idle <= 1) return undefined;
    const retry = firstAgain(true, now);
    if (retry !== undefined || candidate === undefined) return retry;
    const worker = workers.pick(none, true, now);
    return worker === undefined ? undefined : { candidate, worker };
  }

  return {
    add(session) {
      if (!session.background) unoffered.add(session);
    },
    look(session, now) {
      noteListener(session, now);
      place(session, sizes, now);
    },
    forget(session) {
      leaveQueues(session);
      retrying.delete(session);
      listening.remove(session);
      unoffered.delete(session);
    },
    release(key) {
      return key === undefined ? [] : [...(awaiting.get(key) ?? [])];
    },
    wake(now) {
      const woken: Session<W>[] = [];
      for (let { first } = later; first !== undefined && later.least <= now; { first } = later) {
        later.remove(first);
        woken.push(first);
      }
      return woken;
    },
    first(now) {
      const retry = retrying.size === 0 ? undefined : firstAgain(false, now);
      return firstNew(retry?.candidate.deadline ?? Number.POSITIVE_INFINITY, now) ?? retry ?? firstSpare(now);
    },
    *waiting() {
      for (const session of retrying)
        if (!session.background) for (const segment of session.retries) yield { session, segment };
      for (const queue of workers.isNearlyFull ? [due] : [due, early])
        for (const session of queue.all) yield { session, segment: undefined };
    },
    get next() {
      return later.least;
    },
  };
}
