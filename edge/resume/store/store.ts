/** Identifies a turn within its tenant. */
export interface TurnKey {
  readonly tenant: string;
  readonly turn: string;
}

/** The result of appending an entry. */
export type Appended =
  /** The entry is in the log, perhaps from an earlier attempt. */
  | "kept"
  /** The log has ended or has another owner: this one may no longer write. */
  | "fenced"
  /** Entries before it are missing from the log, or the log is gone. */
  | "gap"
  /** All logs together have reached their size limit. */
  | "full";

/** A part of a log, read atomically. */
export interface LogPage {
  /** `ended`: its last entry ends the turn. `incomplete`: the turn continues without the log. */
  readonly state: "open" | "ended" | "incomplete";
  /** The sequence number of the log's last entry; 0 if the log is empty. */
  readonly last: number;
  /** Whether the log's owner is alive: an owner whose lease has expired has lost the log for good. */
  readonly owned: boolean;
  /** The entries after the one given to `read`, in order. */
  readonly entries: readonly { readonly sequence: number; readonly bytes: Uint8Array }[];
}

/** How long the parts of a log last, in milliseconds. */
export interface LogTimes {
  /** How long the log's owner counts as alive without renewing its lease. */
  readonly leaseMs: number;
  /** How long the log is kept without being renewed. */
  readonly keepMs: number;
}

/**
 * Stores the events of turns: one log per turn, with entries numbered from 1 without gaps. Whoever opens a log owns it,
 * by a token that every change carries and that is checked atomically with the change: an owner that was silent for
 * longer than its lease is refused as `fenced`, whatever its own clock says. A log is never opened twice, and never
 * truncated at its beginning. All methods throw StoreError if the store cannot be reached. A call may then be repeated
 * safely: if it had taken effect, the repetition changes nothing.
 */
export interface LogStore {
  /** The kind of store. */
  readonly kind: "memory" | "redis";
  /** Why the store does not answer now; undefined while it does. */
  notReady(): string | undefined;
  /** Opens a log; false if this turn has one already. */
  open(key: TurnKey, owner: string, times: LogTimes): Promise<boolean>;
  /** Appends the next entry; `ends` marks the last one. */
  append(key: TurnKey, owner: string, entry: LogEntry, times: LogTimes): Promise<Appended>;
  /**
   * Renews the lease. Resolves to how long nobody has read the log, in milliseconds, or to what `append` would return.
   */
  renew(key: TurnKey, owner: string, times: LogTimes): Promise<number | "fenced" | "gap">;
  /**
   * Marks the log as incomplete, so that its readers learn that the turn continues without it. False if somebody else
   * has written the log's end.
   */
  abandon(key: TurnKey, owner: string): Promise<boolean>;
  /** Deletes a log whose turn has sent nothing to its caller. */
  remove(key: TurnKey, owner: string): Promise<void>;
  /** Reads up to `most` entries after an entry; undefined if there is no such log. */
  read(key: TurnKey, after: number, most: number): Promise<LogPage | undefined>;
  /** Writes the last entry of a log whose owner is gone; false if the owner is alive, or the log has changed. */
  endFor(key: TurnKey, entry: LogEntry, keepMs: number): Promise<boolean>;
  /**
   * Calls `rung` when a log has changed. A notification may be lost, so callers must also read the log from time to
   * time. The returned function unsubscribes.
   */
  listen(key: TurnKey, rung: () => void): Promise<() => void>;
  /** Records a request's value for `ttlMs`; if the request already has a value, only returns that one. */
  claim(tenant: string, request: string, value: string, ttlMs: number): Promise<string | undefined>;
  /** Deletes the value of a request, if it is still the given one. */
  release(tenant: string, request: string, value: string): Promise<void>;
  /** Sends a message to all edges; returns how many receive it, including this one. */
  tell(message: string): Promise<number>;
  /** Receives messages sent to all edges; the returned function unsubscribes. `heard` must not throw. */
  hear(heard: (message: string) => void): Promise<() => void>;
}

/** An entry to append. */
export interface LogEntry {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** Whether this entry is the turn's last. */
  readonly ends: boolean;
}
