import type { Clock } from "../../../infra/clock/clock.ts";
import { Requests } from "./requests.ts";
import type { Appended, LogEntry, LogPage, LogStore, LogTimes, TurnKey } from "./store.ts";

interface Log {
  readonly owner: string;
  state: LogPage["state"];
  entries: Uint8Array[];
  bytes: number;
  leaseUntil: number;
  keepUntil: number;
  readAt: number;
}

/** Options of createMemoryLogs. */
export interface MemoryLogOptions {
  readonly clock: Clock;
  /** The maximum size of all logs together, in bytes. Default: 256 MiB. */
  readonly mostBytes?: number;
  /** How many request ids are remembered; the oldest are evicted. Default: 100,000. */
  readonly mostRequests?: number;
}

const defaultMostBytes = 256 << 20;
const defaultMostRequests = 100_000;
// The memory that an entry takes in addition to its contents, in bytes.
const entryBytes = 100;
// Expired logs are removed at most once in this many milliseconds.
const sweepMs = 1_000;

/** Stores logs in this process: they are lost when it ends, and no other edge can read them. */
export function createMemoryLogs(options: MemoryLogOptions): LogStore {
  return new MemoryLogs(options);
}

class MemoryLogs implements LogStore {
  readonly kind = "memory";
  readonly #clock: Clock;
  readonly #mostBytes: number;
  readonly #logs = new Map<string, Log>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #hearers = new Set<(message: string) => void>();
  readonly #requests: Requests;
  #bytes = 0;
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor({ clock, mostBytes = defaultMostBytes, mostRequests = defaultMostRequests }: MemoryLogOptions) {
    this.#clock = clock;
    this.#mostBytes = mostBytes;
    this.#requests = new Requests(clock, mostRequests);
  }

  notReady(): undefined {}

  async open(key: TurnKey, owner: string, times: LogTimes): Promise<boolean> {
    this.#sweep();
    const before = this.#find(key);
    if (before !== undefined) return before.owner === owner;
    const log = { owner, state: "open", entries: [], bytes: 0, leaseUntil: 0, keepUntil: 0 } as const;
    const opened: Log = { ...log, entries: [], readAt: this.#clock.now() };
    this.#touch(opened, times);
    this.#logs.set(idOf(key), opened);
    return true;
  }

  async append(key: TurnKey, owner: string, entry: LogEntry, times: LogTimes): Promise<Appended> {
    const { sequence, bytes, ends } = entry;
    const log = this.#find(key);
    if (log === undefined) return "gap";
    if (log.owner !== owner) return "fenced";
    if (log.state !== "open")
      return log.state === "ended" && sequence === log.entries.length && ends ? "kept" : "fenced";
    if (sequence <= log.entries.length) return "kept";
    if (sequence !== log.entries.length + 1) return "gap";
    if (!this.#put(log, bytes)) return "full";
    this.#touch(log, times);
    if (ends) log.state = "ended";
    this.#ring(key);
    return "kept";
  }

  async renew(key: TurnKey, owner: string, times: LogTimes): Promise<number | "fenced" | "gap"> {
    const log = this.#find(key);
    if (log === undefined) return "gap";
    if (log.owner !== owner || log.state !== "open") return "fenced";
    this.#touch(log, times);
    return this.#clock.now() - log.readAt;
  }

  async abandon(key: TurnKey, owner: string): Promise<boolean> {
    const log = this.#find(key);
    if (log === undefined) return true;
    if (log.owner !== owner || log.state === "ended") return false;
    log.state = "incomplete";
    this.#ring(key);
    return true;
  }

  async remove(key: TurnKey, owner: string): Promise<void> {
    const log = this.#find(key);
    if (log?.owner !== owner) return;
    this.#forget(idOf(key), log);
    this.#ring(key);
  }

  async read(key: TurnKey, after: number, most: number): Promise<LogPage | undefined> {
    const log = this.#find(key);
    if (log === undefined) return undefined;
    log.readAt = this.#clock.now();
    const { state, entries } = log;
    return {
      state,
      last: entries.length,
      owned: state === "open" && log.leaseUntil > this.#clock.now(),
      entries: entries.slice(after, after + most).map((bytes, index) => ({ sequence: after + index + 1, bytes })),
    };
  }

  async endFor(key: TurnKey, { sequence, bytes }: LogEntry, keepMs: number): Promise<boolean> {
    const log = this.#find(key);
    const isFree = log?.state === "open" && log.leaseUntil <= this.#clock.now();
    if (!isFree || sequence !== log.entries.length + 1) return false;
    if (!this.#put(log, bytes)) return false;
    this.#touch(log, { leaseMs: 0, keepMs });
    log.state = "ended";
    this.#ring(key);
    return true;
  }

  async listen(key: TurnKey, rung: () => void): Promise<() => void> {
    const id = idOf(key);
    const here = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, here.add(rung));
    return () => {
      here.delete(rung);
      if (here.size === 0) this.#listeners.delete(id);
    };
  }

  async claim(tenant: string, request: string, value: string, ttlMs: number): Promise<string | undefined> {
    this.#sweep();
    return this.#requests.claim(tenant, request, value, ttlMs);
  }

  async release(tenant: string, request: string, value: string): Promise<void> {
    this.#requests.release(tenant, request, value);
  }

  async tell(message: string): Promise<number> {
    for (const heard of this.#hearers) queueMicrotask(() => heard(message));
    return this.#hearers.size;
  }

  async hear(heard: (message: string) => void): Promise<() => void> {
    this.#hearers.add(heard);
    return () => this.#hearers.delete(heard);
  }

  #find(key: TurnKey): Log | undefined {
    const log = this.#logs.get(idOf(key));
    if (log === undefined || log.keepUntil > this.#clock.now()) return log;
    this.#forget(idOf(key), log);
    return undefined;
  }

  #forget(id: string, log: Log): void {
    this.#bytes -= log.bytes;
    this.#logs.delete(id);
  }

  #sweep(): void {
    const now = this.#clock.now();
    if (now - this.#sweptAt < sweepMs) return;
    this.#sweptAt = now;
    for (const [id, log] of this.#logs) if (log.keepUntil <= now) this.#forget(id, log);
    this.#requests.sweep();
  }

  #ring(key: TurnKey): void {
    for (const rung of this.#listeners.get(idOf(key)) ?? []) queueMicrotask(rung);
  }

  #touch(log: Log, { leaseMs, keepMs }: LogTimes): void {
    log.leaseUntil = this.#clock.now() + leaseMs;
    log.keepUntil = this.#clock.now() + keepMs;
  }

  /** Appends an entry; false if there is no room for it. */
  #put(log: Log, entry: Uint8Array): boolean {
    const size = entry.length + entryBytes;
    if (this.#bytes + size > this.#mostBytes) return false;
    log.entries.push(entry);
    log.bytes += size;
    this.#bytes += size;
    return true;
  }
}

const idOf = ({ tenant, turn }: TurnKey) => JSON.stringify([tenant, turn]);
