/** Whose session it is, and which of theirs. */
export interface SessionKey {
  readonly tenant: string;
  readonly session: string;
}

/** Some records of a session, read at one moment. */
export interface Snapshot {
  /** The store's time in milliseconds since 1970: one clock for all edges. */
  readonly now: number;
  /** Names this state of the session; undefined if there is none. */
  readonly version: string | undefined;
  /** Records by their names. */
  readonly records: ReadonlyMap<string, Buffer>;
}

/** What becomes of a session's records. */
export interface Change {
  /** Whose share it counts to, of its tenant's; empty: nobody's in particular. Default: whose it was. */
  readonly person?: string;
  readonly put: ReadonlyMap<string, Buffer>;
  readonly drop: readonly string[];
}

/** A page of a person's sessions. */
export interface SessionPage {
  /** Their ids, the newest first. */
  readonly sessions: readonly string[];
  /** What the next page begins after; undefined if this is the last. */
  readonly next: string | undefined;
}

/**
 * Where sessions are kept. A session is some records with one version: it is read at one moment, and changed only by whoever has seen what is
 * there. The store knows nothing of what the records say. What one tenant or person keeps pushes nothing out of what others keep, as long as these
 * keep less; of each person the last thousand sessions are listed. Every method throws StoreError where the store is away.
 */
export interface SessionStore {
  /** What keeps them. */
  readonly kind: "memory" | "redis";
  /** Why it does not answer now; undefined while it does. */
  notReady(): string | undefined;
  /** Reads some records of a session, or all of them. */
  read(key: SessionKey, names: readonly string[] | "all"): Promise<Snapshot>;
  /**
   * Changes a session if it is still what was read (undefined: if there is none), and keeps it for another `ttlMs`; false, and nothing is
   * changed, if it is not.
   */
  write(key: SessionKey, version: string | undefined, change: Change, ttlMs: number): Promise<boolean>;
  /** Removes all of a session. */
  remove(key: SessionKey): Promise<void>;
  /** Notes for `ttlMs` which session a turn belongs to, and where in it. */
  placeTurn(tenant: string, turn: string, place: string, ttlMs: number): Promise<void>;
  /** What was noted of a turn. */
  findTurn(tenant: string, turn: string): Promise<string | undefined>;
  /** Puts a session in front of a person's list, which is kept for another `ttlMs`. */
  list(tenant: string, user: string, session: string, ttlMs: number): Promise<void>;
  /** Takes a session off a person's list. */
  unlist(tenant: string, user: string, session: string): Promise<void>;
  /** A page of a person's list; some on it may be gone. */
  page(tenant: string, user: string, after: string | undefined, size: number): Promise<SessionPage>;
  /** Sends a message to an edge by its name; how many edges hear it, 0 or 1. */
  ring(edge: string, message: string): Promise<number>;
  /** Hears what is sent to an edge from now on; the returned function stops it. `heard` must not throw. */
  listen(edge: string, heard: (message: string) => void): Promise<() => void>;
}
