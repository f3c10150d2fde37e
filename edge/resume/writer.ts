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

/** Options of openLog. */
export interface WriterOptions {
  readonly store: LogStore;
  readonly clock: Clock;
  readonly log: Log;
  /** How long the owner of a log counts as alive without renewing its lease, in milliseconds. */
  readonly leaseMs: number;
  /** The maximum size of one turn's log, in bytes. */
  readonly mostBytes: number;
  /** The maximum time that an event of a turn waits to be written to the turn's log, in milliseconds. */
  readonly patienceMs: number;
}

/** Writes the log of one turn, as its owner. */
export interface LogWriter {
  /** Whether the log contains everything that was written; once false, it stays false. */
  readonly kept: boolean;
  /** Whether another process has written the turn's end. */
  readonly fenced: boolean;
  /** Resolves once the event is in the log, or cannot be written. */
  write(event: Numbered<TurnEvent>): Promise<void>;
  /** How long ago the log was last read, in milliseconds; 0 if unknown. */
  idleMs(): Promise<number>;
  /** Ends writing. If `forget` is true, because nothing was sent to the caller, the log is deleted. */
  close(forget: boolean): Promise<void>;
}

// How long to wait before an operation is retried, in ms: a lost connection to the store is usually restored by then.
const againMs = 20;
const isSettled = () => true;
// A log that is no longer renewed is kept for its turn's resume window and this many milliseconds more, so that callers
// who return late learn how the turn ended.
const graceMs = 30_000;

/**
 * Creates a turn's log. If it cannot be created in time, the turn is not stored. `onLost` is called once, when the turn
 * cannot be stored or can no longer be stored.
 */
export async function openLog(
  options: WriterOptions,
  key: TurnKey,
  owner: string,
  times: KeepTimes,
  onLost: () => void,
): Promise<LogWriter> {
  const writer = new OwnedLog(options, key, owner, times, onLost);
  await writer.open();
  return writer;
}

/** How long a turn goes on without a reader (`windowMs`), and how long its log is kept after its end (`keptMs`). */
interface KeepTimes {
  readonly windowMs: number;
  readonly keptMs?: number | undefined;
}

class OwnedLog implements LogWriter {
  readonly #options: WriterOptions;
  readonly #key: TurnKey;
  readonly #owner: string;
  readonly #times: LogTimes;
  readonly #keptMs: number;
  readonly #onLost: () => void;
  #isOpened = false;
  #kept = true;
  #fenced = false;
  #ended = false;
  #bytes = 0;
  #cancelRenewal = () => {};

  constructor(options: WriterOptions, key: TurnKey, owner: string, times: KeepTimes, onLost: () => void) {
    const { windowMs, keptMs = defaultKeptMs } = times;
    this.#options = options;
    this.#key = key;
    this.#owner = owner;
    this.#times = { leaseMs: options.leaseMs, keepMs: windowMs + graceMs };
    this.#keptMs = keptMs;
    this.#onLost = onLost;
  }

  get kept(): boolean {
    return this.#kept;
  }

  get fenced(): boolean {
    return this.#fenced && this.#isOpened;
  }

  /** Creates the log in the store; to be called before any other method. */
  async open(): Promise<void> {
    const { store, clock, patienceMs } = this.#options;
    const deadline = clock.now() + patienceMs;
    if (await this.#soon(() => store.open(this.#key, this.#owner, this.#times), deadline)) this.#renewLater();
    else this.#lose("late");
    this.#isOpened = this.#kept;
  }

  async write(event: Numbered<TurnEvent>): Promise<void> {
    if (!this.#kept) return;
    const { store, clock, mostBytes, patienceMs } = this.#options;
    const entry = toEntry(event);
    this.#bytes += entry.bytes.length;
    this.#ended = entry.ends;
    const deadline = clock.now() + patienceMs;
    const times = entry.ends ? { ...this.#times, keepMs: this.#keptMs } : this.#times;
    const isTooMuch = this.#bytes > mostBytes && !entry.ends;
    const append = () => store.append(this.#key, this.#owner, entry, times);
    const told = isTooMuch ? "full" : await this.#soon(append, deadline);
    if (told === "kept" || !this.#kept) return;
    this.#lose(told ?? "late");
    // `#fenced`: this process was blocked for so long that another one took it for dead and wrote the turn's end.
    // The log then has its end, and need not be marked as incomplete.
    if (!this.#fenced)
      this.#fenced = (await this.#soon(() => store.abandon(this.#key, this.#owner), deadline)) === false;
  }

  async idleMs(): Promise<number> {
    const told = await this.#renew().catch(() => undefined);
    return typeof told === "number" ? told : 0;
  }

  async close(forget: boolean): Promise<void> {
    const { store, clock, patienceMs } = this.#options;
    this.#cancelRenewal();
    if (!this.#isOpened || (this.#ended && this.#kept)) return;
    const told = forget ? store.remove(this.#key, this.#owner) : store.abandon(this.#key, this.#owner);
    await isLate(told, clock, patienceMs);
  }

  #lose(why: Appended | "late"): void {
    if (!this.#kept) return;
    this.#kept = false;
    this.#fenced = why === "fenced";
    this.#options.log.warn(
      { turn: this.#key.turn, why },
      "the events of a turn are no longer kept, so it cannot be resumed",
    );
    this.#onLost();
  }

  #renewLater(): void {
    const { clock, leaseMs } = this.#options;
    this.#cancelRenewal = clock.after(leaseMs / 3, () => {
      this.#renew().catch(() => {});
      this.#renewLater();
    });
  }

  /**
   * Renews the lease. Resolves to the time since the log was last read, in milliseconds, or undefined if the log is
   * lost. If the log was lost before, only marks it as incomplete, so that its readers learn this as soon as possible.
   */
  async #renew(): Promise<number | undefined> {
    const { store } = this.#options;
    if (!this.#kept) {
      await store.abandon(this.#key, this.#owner);
      return undefined;
    }
    const told = await store.renew(this.#key, this.#owner, this.#times);
    if (typeof told === "number") return told;
    if (!this.#ended) this.#lose(told);
    return undefined;
  }

  /**
   * Performs an operation of the store, and retries the operation until the deadline while the store is unreachable.
   * Resolves to undefined if the operation does not succeed.
   */
  async #soon<T>(work: () => Promise<T>, deadline: number): Promise<T | undefined> {
    const { clock, log } = this.#options;
    for (;;) {
      const tried = work();
      if (await isLate(tried, clock, Math.max(0, deadline - clock.now()))) {
        // If this process was blocked past the deadline, the store's answer may have arrived in time without having
        // been read yet.
        const isThere = await Promise.race([tried.then(isSettled, isSettled), setImmediate()]);
        if (isThere !== true) return undefined;
      }
      try {
        return await tried;
      } catch (error) {
        if (!(error instanceof StoreError) || error.fault === "rejected")
          log.error({ turn: this.#key.turn, cause: describeCause(error) }, "the log of a turn could not be written");
        else if (clock.now() + againMs < deadline) {
          await sleep(clock, againMs);
          continue;
        }
        return undefined;
      }
    }
  }
}
