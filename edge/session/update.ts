import { type Session, toSession } from "./edits.ts";
import { tooBusy } from "./failures.ts";
import { fields } from "./record.ts";
import type { Change, SessionKey, SessionStore } from "./store/store.ts";

/** What is needed to change a session. */
export interface UpdateTools {
  readonly store: SessionStore;
  /** How long a session is kept after its last change, in milliseconds. */
  readonly ttlMs: number;
}

// The maximum number of attempts at a change. Two writers rarely change a session at once. If several do, one of them
// succeeds in each round of attempts.
const mostTries = 20;

/**
 * Changes a session's head and the records of one answer: writes what `change` makes of the current state, and retries
 * if somebody else has changed the session meanwhile. Resolves to false if the session does not exist, or `change`
 * returns undefined. Throws StoreError, and ABORTED if every attempt failed.
 */
export async function update(
  { store, ttlMs }: UpdateTools,
  key: SessionKey,
  place: number,
  change: (session: Session) => (Change & { readonly empty?: boolean }) | undefined,
): Promise<boolean> {
  const names = [fields.head, fields.message(place - 1), fields.message(place), fields.speech(place)];
  for (let tries = 0; tries < mostTries; tries++) {
    const snapshot = await store.read(key, names);
    if (snapshot.version === undefined) return false;
    const made = change(toSession(snapshot));
    if (made === undefined) return false;
    if (await store.write(key, snapshot.version, made, made.empty ? 1 : ttlMs)) return true;
  }
  throw tooBusy();
}
