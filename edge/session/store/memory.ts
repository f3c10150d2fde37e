import { randomUUID } from "node:crypto";
import { createShares, type Owner } from "./shares.ts";
import type { Change, SessionKey, SessionStore } from "./store.ts";

interface Kept {
  readonly version: string;
  readonly records: ReadonlyMap<string, Buffer>;
}

interface Listed {
  readonly session: string;
  /** A number that increases with every call of `list`, so that newer entries have higher numbers. */
  readonly place: number;
}

// The default limit on all sessions, in bytes: enough for about 100,000 conversations of a few exchanges each.
const defaultMostBytes = 256 << 20;
// The default maximum number of turns, and that of list entries. At its maximum, each kind takes some 20 MB in total.
const defaultMostTurns = 100_000;
const defaultMostListed = 100_000;
const mostListedOfPerson = 1_000;

/** Options of createMemoryStore. */
export interface MemoryOptions {
  /** Returns the Unix time in milliseconds. Default: the machine's clock. */
  readonly now?: () => number;
  /** How many bytes all sessions together may take. Default: 256 MiB. */
  readonly mostBytes?: number;
  /** How many turns are remembered, so that they can be found by their ids. Default: 100,000. */
  readonly mostTurns?: number;
  /** How many sessions all lists together may hold. Default: 100,000. */
  readonly mostListed?: number;
}

/**
 * Stores sessions in this process: they are lost when it ends, and other edges do not see them. When a limit is
 * exceeded, the tenants and persons who store the most lose their oldest sessions.
 */
export function createMemoryStore(options: MemoryOptions = {}): SessionStore {
  const { now = Date.now, mostBytes = defaultMostBytes } = options;
  const { mostTurns = defaultMostTurns, mostListed = defaultMostListed } = options;
  const sessions = createShares<Kept>({ most: mostBytes, now });
  const turns = createShares<string>({ most: mostTurns, now });
  const lists = createShares<Listed>({ most: mostListed, mostOfPerson: mostListedOfPerson, now });
  const edges = new Map<string, Set<(message: string) => void>>();
  let listings = 0;
  const find = ({ tenant, session }: SessionKey) => sessions.get(idOf(tenant, session));

  return {
    kind: "memory",
    notReady: () => undefined,
    async read(key, names) {
      const kept = find(key)?.value;
      const records = [...(kept?.records ?? [])].filter(([name]) => names === "all" || names.includes(name));
      return { now: now(), version: kept?.version, records: new Map(records) };
    },
    async write(key, version, change, ttlMs) {
      const { tenant, session } = key;
      const kept = find(key);
      if (kept?.value.version !== version) return false;
      const records = apply(kept?.value.records, change);
      sessions.put(idOf(tenant, session), {
        owner: { tenant, person: change.person ?? kept?.owner.person ?? "" },
        value: { version: randomUUID(), records },
        size: sizeOf(records),
        expiresAt: now() + ttlMs,
      });
      return true;
    },
    async remove({ tenant, session }) {
      sessions.delete(idOf(tenant, session));
    },
    async placeTurn(tenant, turn, place, ttlMs) {
      const owner = { tenant, person: "" };
      turns.put(idOf(tenant, turn), { owner, value: place, size: 1, expiresAt: now() + ttlMs });
    },
    async findTurn(tenant, turn) {
      return turns.get(idOf(tenant, turn))?.value;
    },
    async list(tenant, user, session, ttlMs) {
      const owner: Owner = { tenant, person: user };
      const value = { session, place: ++listings };
      lists.put(idOf(tenant, user, session), { owner, value, size: 1, expiresAt: now() + ttlMs });
    },
    async unlist(tenant, user, session) {
      lists.delete(idOf(tenant, user, session));
    },
    async page(tenant, user, after, size) {
      const all = lists.of({ tenant, person: user }).reverse();
      const rest = after === undefined ? all : all.filter(({ place }) => place < Number(after));
      const page = rest.slice(0, size);
      return {
        sessions: page.map(({ session }) => session),
        next: rest.length > size ? `${page.at(-1)?.place}` : undefined,
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

const idOf = (...names: string[]) => JSON.stringify(names);

function apply(before: ReadonlyMap<string, Buffer> | undefined, { put, drop }: Change): Map<string, Buffer> {
  const records = new Map(before);
  for (const name of drop) records.delete(name);
  for (const [name, record] of put) records.set(name, record);
  return records;
}

// The memory that a session, and each of its records, takes in addition to its contents, in bytes.
const sessionBytes = 500;
const recordBytes = 200;

function sizeOf(records: ReadonlyMap<string, Buffer>): number {
  return records.values().reduce((sum, { length }) => sum + length + recordBytes, sessionBytes);
}
