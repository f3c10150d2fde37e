import { randomUUID } from "node:crypto";
import type { Change, SessionKey, SessionStore } from "./store.ts";

interface Kept {
  version: string;
  records: Map<string, Buffer>;
  bytes: number;
  expiresAt: number;
}

// Of about a hundred thousand conversations of a few exchanges. The oldest go first.
const defaultMostBytes = 256 << 20;
const mostTurns = 100_000;
// Of each person.
const mostListed = 1_000;

/** Options of createMemoryStore. */
export interface MemoryOptions {
  /** The time of the day in milliseconds. Default: the machine's. */
  readonly now?: () => number;
  /** The most that all sessions together may take. Default: 256 MiB. */
  readonly mostBytes?: number;
}

/** Keeps sessions in this process: they end with it, and no other edge knows them. */
export function createMemoryStore({ now = Date.now, mostBytes = defaultMostBytes }: MemoryOptions = {}): SessionStore {
  // Each in the order of its last change, so that what is to go stands first.
  const sessions = new Map<string, Kept>();
  const turns = new Map<string, { place: string; expiresAt: number }>();
  const lists = new Map<string, { sessions: Map<string, number>; expiresAt: number }>();
  const edges = new Map<string, Set<(message: string) => void>>();
  let bytes = 0;
  let listings = 0;

  const removeKept = (id: string) => {
    bytes -= sessions.get(id)?.bytes ?? 0;
    sessions.delete(id);
  };
  const find = (key: SessionKey) => {
    const id = idOf(key.tenant, key.session);
    const kept = sessions.get(id);
    if (kept === undefined || kept.expiresAt > now()) return kept;
    removeKept(id);
    return undefined;
  };

  return {
    kind: "memory",
    notReady: () => undefined,
    async read(key, names) {
      const kept = find(key);
      const records = [...(kept?.records ?? [])].filter(([name]) => names === "all" || names.includes(name));
      return { now: now(), version: kept?.version, records: new Map(records) };
    },
    async write(key, version, change, ttlMs) {
      const kept = find(key);
      if (kept?.version !== version) return false;
      const id = idOf(key.tenant, key.session);
      removeKept(id);
      const records = apply(kept?.records, change);
      const size = sizeOf(records);
      sessions.set(id, { version: randomUUID(), records, bytes: size, expiresAt: now() + ttlMs });
      bytes += size;
      for (const [oldest, { expiresAt }] of sessions) {
        if (oldest === id || (bytes <= mostBytes && expiresAt > now())) break;
        removeKept(oldest);
      }
      return true;
    },
    async remove(key) {
      removeKept(idOf(key.tenant, key.session));
    },
    async placeTurn(tenant, turn, place, ttlMs) {
      putLast(turns, idOf(tenant, turn), { place, expiresAt: now() + ttlMs });
      dropFirst(turns, ({ expiresAt }) => turns.size > mostTurns || expiresAt <= now());
    },
    async findTurn(tenant, turn) {
      const found = turns.get(idOf(tenant, turn));
      return found !== undefined && found.expiresAt > now() ? found.place : undefined;
    },
    async list(tenant, user, session, ttlMs) {
      const id = idOf(tenant, user);
      const listed = lists.get(id)?.sessions ?? new Map<string, number>();
      putLast(listed, session, ++listings);
      dropFirst(listed, () => listed.size > mostListed);
      putLast(lists, id, { sessions: listed, expiresAt: now() + ttlMs });
      dropFirst(lists, ({ expiresAt }) => expiresAt <= now());
    },
    async unlist(tenant, user, session) {
      lists.get(idOf(tenant, user))?.sessions.delete(session);
    },
    async page(tenant, user, after, size) {
      const all = [...(lists.get(idOf(tenant, user))?.sessions ?? [])].reverse();
      const rest = after === undefined ? all : all.filter(([, listing]) => listing < Number(after));
      const page = rest.slice(0, size);
      return {
        sessions: page.map(([session]) => session),
        next: rest.length > size ? `${page.at(-1)?.[1]}` : undefined,
      };
    },
    async ring(edge, message) {
      const listeners = [...(edges.get(edge) ?? [])];
      for (const heard of listeners) queueMicrotask(() => heard(message));
      return listeners.length;
    },
    async listen(edge, heard) {
      const listeners = edges.get(edge) ?? new Set();
      edges.set(edge, listeners.add(heard));
      return () => listeners.delete(heard);
    },
  };
}

// A tenant's name and an id hold no line feed.
const idOf = (tenant: string, id: string) => `${tenant}\n${id}`;

function apply(before: ReadonlyMap<string, Buffer> | undefined, { put, drop }: Change): Map<string, Buffer> {
  const records = new Map(before);
  for (const name of drop) records.delete(name);
  for (const [name, record] of put) records.set(name, record);
  return records;
}

// What a record takes besides what it holds.
const recordBytes = 200;

function sizeOf(records: ReadonlyMap<string, Buffer>): number {
  return records.values().reduce((sum, { length }) => sum + length + recordBytes, 0);
}

function putLast<V>(map: Map<string, V>, id: string, value: V): void {
  map.delete(id);
  map.set(id, value);
}

function dropFirst<V>(map: Map<string, V>, isToGo: (value: V) => boolean): void {
  for (const [id, value] of map) {
    if (!isToGo(value)) break;
    map.delete(id);
  }
}
