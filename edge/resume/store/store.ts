/** Identifies a turn within its tenant. */
export interface TurnKey {
  readonly tenant: string;
  readonly turn: string;
}

/** The result of appending an entry to a log. */
export type Appended =
  /** The entry is in the log, perhaps since an earlier attempt to append it. */
  | "kept"
  /** The log has ended or has another owner: the caller may no longer write to it. */
  | "fenced"
  /** Entries before the appended one are missing from the log, or the log is gone. */
  | "gap"
  /** All logs together have reached their size limit. */
  | "full";

/** A part of a log, read atomically. */
export interface LogPage {
  /** `open`: more may follow. `ended`: the last entry ends the turn. `incomplete`: the turn goes on, but unstored. */
  readonly state: "open" | "ended" | "incomplete";
  /** The sequence number of the log's last entry; 0 if the log is empty. */
  readonly last: number;
  /** Whether the log's owner still holds its lease: an owner whose lease has expired has lost the log for good. */
  readonly owned: boolean;
  /** The entries that follow number `after` (the argument of `read`), in order. */
  readonly entries: readonly { readonly sequence: number; readonly bytes: Uint8Array }[];
}

/** How long a log and its lease last, in milliseconds. */
export interface LogTimes {
  /** How long the log's owner counts as alive without renewing its lease. */
  readonly leaseMs: number;
  /** How long the log is stored after it was last renewed or appended to. */
  readonly keepMs: number;
}

/**
 * Stores the events of turns: one log per turn, with entries numbered from 1 without gaps. Whoever opens a log owns it:
 * every change carries the owner's token, which is checked atomically with the change. An owner that was silent for
 * longer than its lease is refused as `fenced`, whatever its own clock says. A log is never opened twice, and never
 * truncated at its beginning. All methods throw StoreError if the store cannot be reached. A call may then be repeated
 * safely: if it had taken effect, the repetition changes nothing.
 */
export interface LogStore {
  /** Where logs are stored: in this process (`memory`), or in Redis. */
  readonly kind: "memory" | "redis";
  /** Why the store does not answer now; undefined while it does. */
  notReady(): string | undefined;
  /** Opens a turn's log. Resolves to false if another owner has opened it already. */
  open(key: TurnKey, owner: string, times: LogTimes): Promise<boolean>;
  /** Appends the next entry; `ends` marks the last one. */
  append(key: TurnKey, owner: string, entry: LogEntry, times: LogTimes): Promise<Appended>;
  /** Renews the lease. Resolves to the time since the log was last read, in milliseconds, or to why the log is lost. */
  renew(key: TurnKey, owner: string, times: LogTimes): Promise<number | "fenced" | "gap">;
  /**
   * Marks the log as incomplete, so that its readers learn that the turn goes on without being stored. Resolves to
   * false if another process has written the log's end.
   */
  abandon(key: TurnKey, owner: string): Promise<boolean>;
  /** Deletes a log whose turn has sent nothing to its caller. */
  remove(key: TurnKey, owner: string): Promise<void>;
  /** Reads up to `most` entries that follow entry number `after`; undefined if the turn has no log. */
  read(key: TurnKey, after: number, most: number): Promise<LogPage | undefined>;
  /** Writes the last entry of a log, unless the owner is alive or the log changed meanwhile: then resolves to false. */
  endFor(key: TurnKey, entry: LogEntry, keepMs: number): Promise<boolean>;
  /**
   * Calls `rung` when a log has changed. A notification may be lost, so callers must also read the log from time to
   * time. The returned function unsubscribes.
   */
  listen(key: TurnKey, rung: () => void): Promise<() => void>;
  /** Records a request's value for `ttlMs`. If the request already has another value, only returns that value. */
  claim(tenant: string, request: string, value: string, ttlMs: number): Promise<string | undefined>;
  /** Deletes the value of a request if it is still equal to `value`. */
  release(tenant: string, request: string, value: string): Promise<void>;
  /** Sends a message to all edges; returns how many receive it, including this one. */
  tell(message: string): Promise<number>;
  /** Calls `heard`, which must not throw, for each message sent to all edges; the returned function unsubscribes. */
  hear(heard: (message: string) => void): Promise<() => void>;
}

/** An entry to append. */
export interface LogEntry {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** Whether this entry is the turn's last. */
  readonly ends: boolean;
}
