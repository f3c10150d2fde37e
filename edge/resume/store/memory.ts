import type { Clock } from "../../../infra/clock/clock.ts";
import type { LogPage, LogStore, LogTimes, TurnKey } from "./store.ts";

interface Log {
  readonly owner: string;
  state: LogPage["state"];
  entries: Uint8Array[];
  bytes: number;
  leaseUntil: number;
  keepUntil: number;
  readAt: number;
}

/** Bounds of what is kept in memory. */
export interface MemoryLogOptions {
  readonly clock: Clock;
  /** The most that all logs together take, in bytes. Default: 256 MiB. */
  readonly mostBytes?: number;
  /** How many requests are remembered; the oldest are forgotten. Default: 100,000. */
  readonly mostRequests?: number;
}

const defaultMostBytes = 256 << 20;
const defaultMostRequests = 100_000;
// What an entry takes besides its bytes.
const entryBytes = 100;
// A log that is over its time is looked for this often, at most.
const sweepMs = 1_000;

/** Keeps logs in this process: they end with it, and no other edge knows them. */
export function createMemoryLogs(options: MemoryLogOptions): LogStore {
  const { clock, mostBytes = defaultMostBytes, mostRequests = defaultMostRequests } = options;
  const logs = new Map<string, Log>();
  const requests = new Map<string, { readonly value: string; readonly until: number }>();
  const listeners = new Map<string, Set<() => void>>();
  const hearers = new Set<(message: string) => void>();
  let bytes = 0;
  let sweptAt = Number.NEGATIVE_INFINITY;

  const forget = (id: string, log: Log) => {
    bytes -= log.bytes;
    logs.delete(id);
  };
  const find = (key: TurnKey): Log | undefined => {
    const log = logs.get(idOf(key));
    if (log === undefined || log.keepUntil > clock.now()) return log;
    forget(idOf(key), log);
    return undefined;
  };
  const sweep = () => {
    if (clock.now() - sweptAt < sweepMs) return;
    sweptAt = clock.now();
    for (const [id, log] of logs) if (log.keepUntil <= clock.now()) forget(id, log);
    for (const [id, { until }] of requests) if (until <= clock.now()) requests.delete(id);
  };
  const ring = (key: TurnKey) => {
    for (const rung of listeners.get(idOf(key)) ?? []) queueMicrotask(rung);
  };
  const touch = (log: Log, { leaseMs, keepMs }: LogTimes) => {
    log.leaseUntil = clock.now() + leaseMs;
    log.keepUntil = clock.now() + keepMs;
  };
  /** Takes an entry that follows; false if there is no room for it. */
  const put = (log: Log, entry: Uint8Array) => {
    const size = entry.length + entryBytes;
    if (bytes + size > mostBytes) return false;
    log.entries.push(entry);
    log.bytes += size;
    bytes += size;
    return true;
  };

  return {
    kind: "memory",
    notReady: () => undefined,
    async open(key, owner, times) {
      sweep();
      const before = find(key);
      if (before !== undefined) return before.owner === owner;
      const log = { owner, state: "open", entries: [], bytes: 0, leaseUntil: 0, keepUntil: 0 } as const;
      const opened: Log = { ...log, entries: [], readAt: clock.now() };
      touch(opened, times);
      logs.set(idOf(key), opened);
      return true;
    },
    async append(key, owner, { sequence, bytes: entry, ends }, times) {
      const log = find(key);
      if (log === undefined) return "gap";
      if (log.owner !== owner) return "fenced";
      if (log.state !== "open")
        return log.state === "ended" && sequence === log.entries.length && ends ? "kept" : "fenced";
      if (sequence <= log.entries.length) return "kept";
      if (sequence !== log.entries.length + 1) return "gap";
      if (!put(log, entry)) return "full";
      touch(log, times);
      if (ends) log.state = "ended";
      ring(key);
      return "kept";
    },
    async renew(key, owner, times) {
      const log = find(key);
      if (log === undefined) return "gap";
      if (log.owner !== owner || log.state !== "open") return "fenced";
      touch(log, times);
      return clock.now() - log.readAt;
    },
    async abandon(key, owner) {
      const log = find(key);
      if (log === undefined) return true;
      if (log.owner !== owner || log.state === "ended") return false;
      log.state = "incomplete";
      ring(key);
      return true;
    },
    async remove(key, owner) {
      const log = find(key);
      if (log?.owner !== owner) return;
      forget(idOf(key), log);
      ring(key);
    },
    async read(key, after, most) {
      const log = find(key);
      if (log === undefined) return undefined;
      log.readAt = clock.now();
      const { state, entries } = log;
      return {
        state,
        last: entries.length,
        owned: state === "open" && log.leaseUntil > clock.now(),
        entries: entries.slice(after, after + most).map((bytes, index) => ({ sequence: after + index + 1, bytes })),
      };
    },
    async endFor(key, { sequence, bytes: entry }, keepMs) {
      const log = find(key);
      if (log?.state !== "open" || log.leaseUntil > clock.now() || sequence !== log.entries.length + 1) return false;
      if (!put(log, entry)) return false;
      touch(log, { leaseMs: 0, keepMs });
      log.state = "ended";
      ring(key);
      return true;
    },
    async listen(key, rung) {
      const id = idOf(key);
      const here = listeners.get(id) ?? new Set();
      listeners.set(id, here.add(rung));
      return () => {
        here.delete(rung);
        if (here.size === 0) listeners.delete(id);
      };
    },
    async claim(tenant, request, value, ttlMs) {
      sweep();
      const id = JSON.stringify([tenant, request]);
      const before = requests.get(id);
      if (before !== undefined && before.until > clock.now()) return before.value;
      requests.delete(id);
      const oldest = requests.size >= mostRequests ? requests.keys().next().value : undefined;
      if (oldest !== undefined) requests.delete(oldest);
      requests.set(id, { value, until: clock.now() + ttlMs });
      return undefined;
    },
    async release(tenant, request, value) {
      const id = JSON.stringify([tenant, request]);
      if (requests.get(id)?.value === value) requests.delete(id);
    },
    async tell(message) {
      for (const heard of hearers) queueMicrotask(() => heard(message));
      return hearers.size;
    },
    async hear(heard) {
      hearers.add(heard);
      return () => hearers.delete(heard);
    },
  };
}

const idOf = ({ tenant, turn }: TurnKey) => JSON.stringify([tenant, turn]);
