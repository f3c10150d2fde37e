/** Identifies a session within its tenant. */
export interface SessionKey {
  readonly tenant: string;
  readonly session: string;
}

/** Some records of a session, read atomically. */
export interface Snapshot {
  /** The time by the store's clock, which all edges use, in Unix milliseconds. */
  readonly now: number;
  /** The version of the session that was read; undefined if the session does not exist. */
  readonly version: string | undefined;
  /** The session's records by name. */
  readonly records: ReadonlyMap<string, Buffer>;
}

/** A change to a session's records. */
export interface Change {
  /** The person, within the tenant, whose share of the store the session uses; empty: no person. Default: unchanged. */
  readonly person?: string;
  readonly put: ReadonlyMap<string, Buffer>;
  readonly drop: readonly string[];
}

/** A page of a person's sessions. */
export interface SessionPage {
  /** Session ids, newest first. */
  readonly sessions: readonly string[];
  /** The cursor of the next page; undefined if this page is the last. */
  readonly next: string | undefined;
}

/**
 * Stores sessions. A session is a set of records with one version: it is read atomically, and changed only by a writer
 * that has seen its current version. The store does not interpret the records. No tenant or person can displace the
 * sessions of others who store less. Each person's list holds their last thousand sessions. All methods throw
 * StoreError if the store cannot be reached.
 */
export interface SessionStore {
  /** Where sessions are stored: in this process (`memory`), or in Redis. */
  readonly kind: "memory" | "redis";
  /** Why the store does not answer now; undefined while it does. */
  notReady(): string | undefined;
  /** Reads some records of a session, or all of them. */
  read(key: SessionKey, names: readonly string[] | "all"): Promise<Snapshot>;
  /**
   * Changes a session and keeps it for another `ttlMs`, if its version is still `version`; an undefined `version` means
   * that the session must not exist yet. Otherwise changes nothing and resolves to false.
   */
  write(key: SessionKey, version: string | undefined, change: Change, ttlMs: number): Promise<boolean>;
  /** Removes a session entirely. */
  remove(key: SessionKey): Promise<void>;
  /** Records for `ttlMs` where a turn is: `place` names its session and the number of its answer's message there. */
  placeTurn(tenant: string, turn: string, place: string, ttlMs: number): Promise<void>;
  /** The `place` that `placeTurn` recorded for a turn; undefined if nothing is recorded. */
  findTurn(tenant: string, turn: string): Promise<string | undefined>;
  /** Moves a session to the front of a person's list, which is kept for another `ttlMs`. */
  list(tenant: string, user: string, session: string, ttlMs: number): Promise<void>;
  /** Removes a session from a person's list. */
  unlist(tenant: string, user: string, session: string): Promise<void>;
  /** Reads a page of a person's list, after the cursor `after`; some of the listed sessions may no longer exist. */
  page(tenant: string, user: string, after: string | undefined, size: number): Promise<SessionPage>;
  /** Sends a message to the edge with this name. Resolves to the number of edges that received it: 0 or 1. */
  ring(edge: string, message: string): Promise<number>;
  /** Calls `heard`, which must not throw, for each message to the edge; the returned function unsubscribes. */
  listen(edge: string, heard: (message: string) => void): Promise<() => void>;
}
