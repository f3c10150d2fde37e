import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Tracer } from "../../infra/telemetry/tracer.ts";
import { countCodePoints } from "../../infra/text/code-points.ts";
import { Failure } from "../errors.ts";
import { type AssistantService, Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { ShownSession } from "../session/library.ts";
import type { KeptMessage } from "../session/record.ts";
import type { Sessions } from "../session/sessions.ts";
import { callOf } from "./caller.ts";
import { type CountListened, checkListened, traceListened } from "./request/listened.ts";
import { checkListSessions, checkSessionId, readReport } from "./validate.ts";

type SessionRpcs = Pick<
  ServiceImpl<typeof AssistantService>,
  "reportPlayback" | "getSession" | "listSessions" | "deleteSession"
>;

/** What the RPCs for sessions need. */
export interface SessionTools {
  readonly sessions: Sessions;
  /** Counts in the metrics what a player reports about a turn: when it was first heard, and gaps in its playback. */
  readonly countListened: CountListened;
  readonly tracer: Tracer;
  readonly clock: Clock;
}

const defaultPageSize = 20;

/** The RPCs that read and change sessions. */
export function createSessionRpcs({ sessions, countListened, tracer, clock }: SessionTools): SessionRpcs {
  return {
    async reportPlayback(request, context) {
      const played = readReport(request);
      checkListened(request.listened);
      const { tenant, span, inFull } = callOf(context, clock);
      if (!(await sessions.report(tenant, request.turnId, played)))
        throw new Failure(
          "NOT_FOUND",
          "TURN_NOT_FOUND",
          "no session has a turn with this turn_id, or the turn ended too long ago",
        );
      countListened(request.listened, span.context);
      traceListened(tracer, request.listened, tracer.read(context.requestHeader), inFull);
      return {};
    },

    async getSession({ sessionId }, context) {
      checkSessionId(sessionId);
      const { messages, ...session } = await sessions.get(callOf(context, clock), sessionId);
      return { session: toSession(session), messages: messages.map(toMessage) };
    },

    async listSessions(request, context) {
      checkListSessions(request);
      const call = callOf(context, clock);
      const size = request.pageSize || defaultPageSize;
      const page = await sessions.pageOf(call, call.user ?? request.userId, request.pageToken || undefined, size);
      return { sessions: page.sessions.map(toSession), nextPageToken: page.next ?? "" };
    },

    async deleteSession({ sessionId }, context) {
      checkSessionId(sessionId);
      await sessions.remove(callOf(context, clock), sessionId);
      return {};
    },
  };
}

function toSession({ session, head, expiresAt }: ShownSession) {
  return {
    sessionId: session,
    userId: head.user,
    createTime: timestampFromMs(head.createdAt),
    updateTime: timestampFromMs(head.updatedAt),
    expireTime: timestampFromMs(expiresAt),
    messageCount: head.count,
    title: head.title,
    profile: head.profile ?? "",
  };
}

function toMessage(message: KeptMessage & { readonly running: boolean }) {
  const { role, turn, createdAt, text, heard, interrupted, estimated, running } = message;
  return {
    role: role === "user" ? Role.USER : Role.ASSISTANT,
    turnId: turn,
    createTime: timestampFromMs(createdAt),
    text,
    heardEnd: countCodePoints(text.slice(0, heard)),
    interrupted,
    estimated,
    running,
  };
}
