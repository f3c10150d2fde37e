/** Whose turn it is, and which of theirs. */
export interface TurnKey {
  readonly tenant: string;
  readonly turn: string;
}

/** What became of an entry. */
export type Appended =
  /** It is in the log, perhaps from an earlier try. */
  | "kept"
  /** The log has an end, or another owner: nobody else may write it any more. */
  | "fenced"
  /** Entries before it are not in the log, or the log is gone. */
  | "gap"
  /** All logs together take as much as they may. */
  | "full";

/** A piece of a log, read at one moment. */
export interface LogPage {
  /** `ended`: its last entry is the turn's. `incomplete`: the turn goes on without it. */
  readonly state: "open" | "ended" | "incomplete";
  /** The sequence of its last entry; 0: it has none. */
  readonly last: number;
  /** Whether whoever writes it is there: one who is not has lost it, and will not come back in time. */
  readonly owned: boolean;
  /** The entries behind the place that was asked for, in order. */
  readonly entries: readonly { readonly sequence: number; readonly bytes: Uint8Array }[];
}

/** How long things of a log last, in milliseconds. */
export interface LogTimes {
  /** For how long its owner counts as there without a word. */
  readonly leaseMs: number;
  /** For how long the log is kept without a word. */
  readonly keepMs: number;
}

/**
 * Where the events of turns are kept: a log for each turn, whose entries are numbered from 1 without gaps. Whoever opens it owns it, by a token
 * that every change carries and that is compared where the change is made: an owner who was away for longer than its lease finds out by being
 * fenced, whatever its own clock says. A log is never opened twice, and none is cut at its beginning. Every method throws StoreError where the
 * store is away; whatever is repeated after that changes nothing twice.
 */
export interface LogStore {
  /** What keeps them. */
  readonly kind: "memory" | "redis";
  /** Why it does not answer now; undefined while it does. */
  notReady(): string | undefined;
  /** Begins a log; false if there is one of this turn. */
  open(key: TurnKey, owner: string, times: LogTimes): Promise<boolean>;
  /** Writes the next entry; `ends`: it is the last. */
  append(key: TurnKey, owner: string, entry: LogEntry, times: LogTimes): Promise<Appended>;
  /** The owner is there. Resolves to how long nobody has read the log, in milliseconds, or to what `append` would say. */
  renew(key: TurnKey, owner: string, times: LogTimes): Promise<number | "fenced" | "gap">;
  /** The turn goes on without the log: its readers are told. False if it must not, as somebody else has written its end. */
  abandon(key: TurnKey, owner: string): Promise<boolean>;
  /** Forgets a log of which nothing was sent. */
  remove(key: TurnKey, owner: string): Promise<void>;
  /** Reads what follows an entry, `most` entries of it; undefined if there is no such log. */
  read(key: TurnKey, after: number, most: number): Promise<LogPage | undefined>;
  /** Writes the last entry of a log whose owner is gone; false if he is there, or the log has changed. */
  endFor(key: TurnKey, entry: LogEntry, keepMs: number): Promise<boolean>;
  /** Calls `rung` when a log has changed; a ring may be lost, so look again from time to time. The returned function stops it. */
  listen(key: TurnKey, rung: () => void): Promise<() => void>;
  /** Notes what a request has begun, for `ttlMs`, unless it was noted before: then what was. */
  claim(tenant: string, request: string, value: string, ttlMs: number): Promise<string | undefined>;
  /** Forgets what a request has begun, if that is still the same. */
  release(tenant: string, request: string, value: string): Promise<void>;
  /** Tells every edge something; how many hear it, this one among them. */
  tell(message: string): Promise<number>;
  /** Hears what edges are told from now on; the returned function stops it. `heard` must not throw. */
  hear(heard: (message: string) => void): Promise<() => void>;
}

/** An entry to be written. */
export interface LogEntry {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** It is the turn's last. */
  readonly ends: boolean;
}
