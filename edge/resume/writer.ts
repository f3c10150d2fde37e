import { setImmediate } from "node:timers/promises";
import { type Clock, sleep } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import { StoreError } from "../../infra/stores/errors.ts";
import { isLate } from "../../infra/stream/idle.ts";
import { describeCause } from "../errors.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";
import { toEntry } from "./entry.ts";
import { keptMs as defaultKeptMs } from "./read.ts";
import type { Appended, LogStore, LogTimes, TurnKey } from "./store/store.ts";

/** How logs are written. */
export interface WriterOptions {
  readonly store: LogStore;
  readonly clock: Clock;
  readonly log: Log;
  /** For how long an owner counts as there without a word, in milliseconds. */
  readonly leaseMs: number;
  /** The most that the log of one turn takes, in bytes. */
  readonly mostBytes: number;
  /** No event of a turn waits longer than this for its log, in milliseconds. */
  readonly patienceMs: number;
}

/** Writes the log of one turn, as its owner. */
export interface LogWriter {
  /** Whether the log holds all that was written: once it does not it never will again. */
  readonly kept: boolean;
  /** Whether somebody else has written the turn's end. */
  readonly fenced: boolean;
  /** Resolves once the event is in the log, or cannot be. */
  write(event: Numbered<TurnEvent>): Promise<void>;
  /** How long nobody has read it, in milliseconds; 0 if that cannot be told. */
  idleMs(): Promise<number>;
  /** Nothing more is written. `forget`: nothing of it was sent, and it is removed. */
  close(forget: boolean): Promise<void>;
}

// A connection that was lost is made again after about this long.
const againMs = 20;
const isSettled = () => true;
// After the window of its turn a log is kept for those who come back late: they are told how it ended.
const graceMs = 30_000;

/** Begins a log. Where it cannot be begun in time, the turn is not kept. `onLost` is told once when it no longer is. */
export async function openLog(
  { store, clock, log, leaseMs, mostBytes, patienceMs }: WriterOptions,
  key: TurnKey,
  owner: string,
  { windowMs, keptMs = defaultKeptMs }: { readonly windowMs: number; readonly keptMs?: number | undefined },
  onLost: () => void,
): Promise<LogWriter> {
  const times: LogTimes = { leaseMs, keepMs: windowMs + graceMs };
  let kept = true;
  let fenced = false;
  let ended = false;
  let bytes = 0;
  let cancelRenewal = () => {};

  const lose = (why: Appended | "late") => {
    if (!kept) return;
    kept = false;
    fenced = why === "fenced";
    log.warn({ turn: key.turn, why }, "the events of a turn are kept no longer");
    onLost();
  };
  /** What a store does before the deadline, tried again where it was away; undefined if it does not. */
  const soon = async <T>(work: () => Promise<T>, deadline: number): Promise<T | undefined> => {
    for (;;) {
      const tried = work();
      if (await isLate(tried, clock, Math.max(0, deadline - clock.now()))) {
        // Where this process itself was held up, the answer may lie there unread.
        const isThere = await Promise.race([tried.then(isSettled, isSettled), setImmediate()]);
        if (isThere !== true) return undefined;
      }
      try {
        return await tried;
      } catch (error) {
        if (!(error instanceof StoreError) || error.fault === "rejected")
          log.error({ turn: key.turn, cause: describeCause(error) }, "the log of a turn could not be written");
        else if (clock.now() + againMs < deadline) {
          await sleep(clock, againMs);
          continue;
        }
        return undefined;
      }
    }
  };
  /** Tells those who read the log that it goes on no longer, as soon as that can be told. */
  const renew = async () => {
    if (!kept) return void (await store.abandon(key, owner));
    const told = await store.renew(key, owner, times);
    if (typeof told === "number") return told;
    if (!ended) lose(told);
  };
  const renewLater = () => {
    cancelRenewal = clock.after(leaseMs / 3, () => {
      renew().catch(() => {});
      renewLater();
    });
  };

  if (await soon(() => store.open(key, owner, times), clock.now() + patienceMs)) renewLater();
  else lose("late");
  const wasOpened = kept;

  return {
    get kept() {
      return kept;
    },
    get fenced() {
      return fenced && wasOpened;
    },
    async write(event) {
      if (!kept) return;
      const entry = toEntry(event);
      bytes += entry.bytes.length;
      const { ends } = entry;
      ended = ends;
      const deadline = clock.now() + patienceMs;
      const last = ends ? { ...times, keepMs: keptMs } : times;
      const isTooMuch = bytes > mostBytes && !ends;
      const told = isTooMuch ? "full" : await soon(() => store.append(key, owner, entry, last), deadline);
      if (told === "kept" || !kept) return;
      lose(told ?? "late");
      // It may have been kept from writing for so long that it was taken for gone: then its end is written already.
      if (!fenced) fenced = (await soon(() => store.abandon(key, owner), deadline)) === false;
    },
    idleMs: async () => {
      const told = await renew().catch(() => undefined);
      return typeof told === "number" ? told : 0;
    },
    async close(forget) {
      cancelRenewal();
      if (!wasOpened || (ended && kept)) return;
      await isLate(forget ? store.remove(key, owner) : store.abandon(key, owner), clock, patienceMs);
    },
  };
}
