/** Identifies a session within its tenant. */
export interface SessionKey {
  readonly tenant: string;
  readonly session: string;
}

/** Some records of a session, read atomically. */
export interface Snapshot {
  /** The store's time in Unix milliseconds: one clock for all edges. */
  readonly now: number;
  /** Identifies this state of the session; undefined if the session does not exist. */
  readonly version: string | undefined;
  /** The records by name. */
  readonly records: ReadonlyMap<string, Buffer>;
}

/** A change to a session's records. */
export interface Change {
  /** The person in the tenant whose share the session counts toward; empty for none. Default: unchanged. */
  readonly person?: string;
  readonly put: ReadonlyMap<string, Buffer>;
  readonly drop: readonly string[];
}

/** A page of a person's sessions. */
export interface SessionPage {
  /** Session ids, newest first. */
  readonly sessions: readonly string[];
  /** The cursor of the next page; undefined if this is the last. */
  readonly next: string | undefined;
}

/**
 * Stores sessions. A session is a set of records with one version: it is read atomically, and changed only by a writer
 * that has seen its current version. The store does not interpret the records. No tenant or person can push out the
 * sessions of others who keep less; for each person the last thousand sessions are listed. All methods throw StoreError
 * if the store cannot be reached.
 */
export interface SessionStore {
  /** The kind of store. */
  readonly kind: "memory" | "redis";
  /** Why the store does not answer now; undefined while it does. */
  notReady(): string | undefined;
  /** Reads some records of a session, or all of them. */
  read(key: SessionKey, names: readonly string[] | "all"): Promise<Snapshot>;
  /**
   * Changes a session if its version is still `version` (undefined: if the session does not exist), and keeps it for
   * another `ttlMs`; otherwise changes nothing and returns false.
   */
  write(key: SessionKey, version: string | undefined, change: Change, ttlMs: number): Promise<boolean>;
  /** Removes a session entirely. */
  remove(key: SessionKey): Promise<void>;
  /** Records for `ttlMs` which session a turn belongs to, and where in it. */
  placeTurn(tenant: string, turn: string, place: string, ttlMs: number): Promise<void>;
  /** The place that `placeTurn` recorded for a turn; undefined if there is none. */
  findTurn(tenant: string, turn: string): Promise<string | undefined>;
  /** Moves a session to the front of a person's list, which is kept for another `ttlMs`. */
  list(tenant: string, user: string, session: string, ttlMs: number): Promise<void>;
  /** Removes a session from a person's list. */
  unlist(tenant: string, user: string, session: string): Promise<void>;
  /** A page of a person's list; some of its sessions may be gone. */
  page(tenant: string, user: string, after: string | undefined, size: number): Promise<SessionPage>;
  /** Sends a message to an edge by name; returns how many edges received it, 0 or 1. */
  ring(edge: string, message: string): Promise<number>;
  /** Receives messages sent to an edge; the returned function unsubscribes. `heard` must not throw. */
  listen(edge: string, heard: (message: string) => void): Promise<() => void>;
}
