import type { ProfileRights } from "../call.ts";
import { toSession } from "./edits.ts";
import { noSession, profileNotYours, unreadable } from "./failures.ts";
import { checkPerson, type KeepTools } from "./keep.ts";
import { messagesOf } from "./prompt.ts";
import { fields, type Head, type KeptMessage } from "./record.ts";
import { tellToStop } from "./stop.ts";
import type { SessionKey } from "./store/store.ts";

/** A session as it is shown to callers. */
export interface ShownSession {
  readonly session: string;
  readonly head: Head;
  /** When the session expires, unless it changes before then. */
  readonly expiresAt: number;
}

/** The caller who asks for sessions. */
export interface Asker {
  readonly tenant: string;
  /** The person named by the caller's credentials; undefined if the credentials name nobody. */
  readonly user: string | undefined;
  /** The profiles that the caller may use: sessions with other profiles are not accessible. */
  readonly profiles: Pick<ProfileRights, "allowed">;
}

/** Reads and removes sessions. */
export interface Library {
  /** Reads a session and its messages. Throws NOT_FOUND, or PERMISSION_DENIED if the caller may not access it. */
  get(
    asker: Asker,
    session: string,
  ): Promise<ShownSession & { readonly messages: readonly (KeptMessage & { readonly running: boolean })[] }>;
  /**
   * The id of the profile that a session was begun with; undefined if the session does not exist or has no profile.
   * `user` is the person named by the request. Throws PERMISSION_DENIED if the session belongs to another person.
   */
  profileOf(asker: Asker, session: string, user: string): Promise<string | undefined>;
  /** Reads one page of the list of a person's sessions. */
  pageOf(
    asker: Asker,
    user: string,
    after: string | undefined,
    size: number,
  ): Promise<{ readonly sessions: readonly ShownSession[]; readonly next: string | undefined }>;
  /** Removes a session and stops its running turn. Throws PERMISSION_DENIED if the caller may not access it. */
  remove(asker: Asker, session: string): Promise<void>;
}

/** Creates the library of sessions; `guard` converts errors of the session store to Failures. */
export function readSessions(
  { store, ttlMs, lives }: KeepTools,
  guard: <T>(work: () => Promise<T>) => Promise<T>,
): Library {
  const keyOf = ({ tenant }: Asker, session: string): SessionKey => ({ tenant, session });
  const show = (session: string, head: Head): ShownSession => ({ session, head, expiresAt: head.updatedAt + ttlMs });

  return {
    get: (asker, session) =>
      guard(async () => {
        const snapshot = await store.read(keyOf(asker, session), "all");
        const read = toSession(snapshot);
        if (snapshot.version === undefined) throw noSession();
        if (read.head === undefined) throw unreadable();
        checkPerson(read.head, asker.user, "");
        if (!mayUse(asker, read.head)) throw profileNotYours();
        const { running } = read.head;
        const messages = messagesOf(read)
          .filter(({ turn }) => turn !== running?.turn || running.started)
          .map((message) => {
            const isRunning = message.turn === running?.turn && message.role === "assistant";
            return { ...message, running: isRunning && running.until > snapshot.now };
          });
        if (messages.length === 0) throw noSession();
        return { ...show(session, { ...read.head, count: messages.length }), messages };
      }),
    profileOf: (asker, session, user) =>
      guard(async () => {
        const { head } = toSession(await store.read(keyOf(asker, session), [fields.head]));
        checkPerson(head, asker.user, user);
        return head?.profile;
      }),
    pageOf: (asker, user, after, size) =>
      guard(async () => {
        const { sessions, next } = await store.page(asker.tenant, user, after, size);
        const shown: ShownSession[] = [];
        for (const session of sessions) {
          const { head } = toSession(await store.read(keyOf(asker, session), [fields.head]));
          if (head?.user === user) shown.push(...(mayUse(asker, head) ? [show(session, head)] : []));
          else await store.unlist(asker.tenant, user, session);
        }
        return { sessions: shown, next };
      }),
    remove: (asker, session) =>
      guard(async () => {
        const key = keyOf(asker, session);
        const { head } = toSession(await store.read(key, [fields.head]));
        checkPerson(head, asker.user, "");
        if (head !== undefined && !mayUse(asker, head)) throw profileNotYours();
        await store.remove(key);
        if (head === undefined) return;
        const { running, spoken, user } = head;
        if (running !== undefined && lives.has(running.turn)) lives.get(running.turn)?.stop("interrupted");
        else if (running !== undefined)
          await tellToStop(store, running.edge, { turn: running.turn, reason: "interrupted" });
        for (const { turn } of spoken) await store.placeTurn(asker.tenant, turn, "", 1);
        await store.unlist(asker.tenant, user, session);
      }),
  };
}

function mayUse({ profiles: { allowed } }: Asker, { profile = "" }: Head): boolean {
  return allowed === undefined || profile === "" || allowed.has(profile);
}
