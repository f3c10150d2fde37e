import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import type { SessionMessage } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Assistant } from "../api.ts";
import type { Key } from "../i18n/strings.ts";
import { reasonOf } from "../turn/problem.ts";
import { newName, personName, rememberedSession, rememberSession } from "./names.ts";

/** The result of reading a stored conversation. */
export type ReadSession =
  /**
   * The conversation exists. `renewed` means that it was begun again under the same name since it was last read, so its
   * earlier messages are gone.
   */
  | { readonly kind: "kept"; readonly messages: readonly SessionMessage[]; readonly renewed: boolean }
  /** The conversation does not exist, or this caller may not read it; the sentence says which. */
  | { readonly kind: "gone"; readonly sentence: Key }
  /** The server cannot be reached now, or reports an error. */
  | { readonly kind: "away" }
  /** A key is required. */
  | { readonly kind: "locked" };

/** The conversation that this tab has open. */
export interface Session {
  /** The conversation's `session_id`. */
  readonly name: string;
  /** The conversation's `user_id`. */
  readonly person: string;
  /** Whether the server stores this conversation, because a turn has begun in it. */
  readonly isKept: boolean;
  /** Opens a stored conversation; without a name, a new one. */
  open(name?: string): void;
  /**
   * To be called when a turn has begun. Resolves to true if the turn began the conversation anew, because the earlier
   * messages had been deleted or had expired.
   */
  noteTurn(): Promise<boolean>;
  /** Reads the conversation from the server. */
  read(): Promise<ReadSession>;
}

// How many of the newest conversations are searched for the one that is open in this tab. That one is among the newest,
// since a turn has just begun in it.
const newest = 10;
const timeoutMs = 10_000;

/** Continues the conversation that the tab had open, or starts one. */
export function createSession(assistant: Assistant): Session {
  const person = personName();
  const remembered = rememberedSession();
  let name = remembered ?? newName();
  let isKept = remembered !== undefined;
  let createdMs: number | undefined;
  let mayList = true;

  /** Whether the conversation was begun again under the same name: its time of creation (`now`) has then changed. */
  const isRenewed = (now: number | undefined): boolean => {
    const renewed = createdMs !== undefined && now !== undefined && now !== createdMs;
    createdMs = now ?? createdMs;
    return renewed;
  };

  return {
    get name() {
      return name;
    },
    person,
    get isKept() {
      return isKept;
    },
    open(wanted) {
      name = wanted ?? newName();
      isKept = wanted !== undefined;
      createdMs = undefined;
      rememberSession(isKept ? name : "");
    },
    async noteTurn() {
      const mine = name;
      isKept = true;
      rememberSession(name);
      if (!mayList) return false;
      try {
        const { sessions } = await assistant.listSessions({ userId: person, pageSize: newest }, { timeoutMs });
        const found = sessions.find(({ sessionId }) => sessionId === mine);
        return mine === name && found?.createTime !== undefined && isRenewed(timestampMs(found.createTime));
      } catch (error) {
        mayList = ConnectError.from(error).code !== Code.PermissionDenied;
        return false;
      }
    },
    async read() {
      try {
        const { session, messages } = await assistant.getSession({ sessionId: name }, { timeoutMs });
        return { kind: "kept", messages, renewed: isRenewed(session?.createTime && timestampMs(session.createTime)) };
      } catch (error) {
        return toUnread(error);
      }
    },
  };
}

function toUnread(error: unknown): ReadSession {
  const { code, details } = ConnectError.from(error);
  if (code === Code.NotFound) return { kind: "gone", sentence: "session.gone" };
  if (code === Code.FailedPrecondition) return { kind: "gone", sentence: "session.unreadable" };
  if (code === Code.PermissionDenied)
    return {
      kind: "gone",
      sentence: reasonOf(details) === "SCOPE_MISSING" ? "session.unlisted" : "session.other",
    };
  return { kind: code === Code.Unauthenticated ? "locked" : "away" };
}
