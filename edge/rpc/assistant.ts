import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { Access } from "../access/access.ts";
import { secondsOfSpeech } from "../access/expected.ts";
import { type Converse, keptAs, spokenAs } from "../answers/converse.ts";
import type { Call } from "../call.ts";
import { Failure } from "../errors.ts";
import { type AssistantService, SpeakRequestSchema } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ports } from "../hosts/ports.ts";
import { disclosure } from "../marking/disclosure.ts";
import { noticeOf, speechOf } from "../profiles/apply.ts";
import type { ChosenProfile, ProfileFields } from "../profiles/choose.ts";
import { startTurn, type TurnTools } from "../turn/turn.ts";
import { giveText } from "../turn/writer.ts";
import { callOf } from "./caller.ts";
import { type ChatRpcTools, createChatRpcs } from "./chat.ts";
import type { CountListened } from "./request/listened.ts";
import { createSessionRpcs } from "./sessions.ts";
import { createStatusRpc, type StatusRpcTools } from "./status/get-status.ts";
import { createTranscribeRpc } from "./transcribe.ts";
import { checkConverse, checkSpeak, checkTurnId } from "./validate.ts";

/** Options of createAssistant. */
export interface AssistantOptions extends Omit<ChatRpcTools & StatusRpcTools, "clock" | "turns"> {
  /** Answers questions. */
  readonly converse: Converse;
  readonly ports: Ports;
  /** Admits calls within each caller's limits. */
  readonly access: Access;
  /** Counts playback reports. */
  readonly countListened: CountListened;
  /** The tools that all turns share. */
  readonly tools: TurnTools;
  /** The notice that the first answer of a conversation begins with; an empty string means no notice. */
  readonly notice: string;
  /** Whether responses with speech get a header that states that the content is machine-made. */
  readonly marks: boolean;
}

/**
 * Implements the API for browsers and customers over Connect: validates requests and converts them to internal types.
 */
export function createAssistant(options: AssistantOptions): ServiceImpl<typeof AssistantService> {
  const { converse, ports, sessions, resume, access, profiles, tools } = options;
  const { turns, clock } = tools;
  const keepIn = (
    call: Call,
    { sessionId: session, userId: user }: ProfileFields,
    profile: ChosenProfile,
    given: string,
  ) => (session === "" ? undefined : sessions.join(call, { session, user, profile, question: undefined, given }).keep);

  return {
    converse(request, context) {
      checkConverse(request);
      passOnAtOnce(context, options.marks);
      return converse(callOf(context, clock), request);
    },

    async *speak(request, context) {
      checkSpeak(request);
      passOnAtOnce(context, options.marks);
      const { text } = request;
      const call = callOf(context, clock);
      const chosen = await profiles.of(call, request);
      const keep = keepIn(call, request, chosen, text);
      const speech = { ...speechOf(chosen, spokenAs(request)), questionLanguage: "" };
      const notice = noticeOf(chosen.profile, options.notice, () => []);
      const plan = { rpc: "Speak", write: giveText(text), ...speech, profile: chosen.id, notice, keep } as const;
      // A Speak turn never sends text, thinking or a transcript; the condition on `event` is only for the compiler.
      const turn = resume.run(call, keptAs(SpeakRequestSchema, request), (call, id) =>
        access.meter(call, chosen, { seconds: secondsOfSpeech(text) }, startTurn(call, { ...plan, id }, tools)),
      );
      for await (const { sequence, event } of turn)
        if (event.case !== "textDelta" && event.case !== "thinking" && event.case !== "transcript")
          yield { sequence, event };
    },

    resume({ turnId, afterSequence }, context) {
      checkTurnId(turnId);
      passOnAtOnce(context, options.marks);
      return resume.resume(callOf(context, clock), turnId, afterSequence);
    },

    ...createTranscribeRpc(options, tools),

    ...createChatRpcs({ ...options, clock }),

    async interrupt({ turnId, played }, context) {
      checkTurnId(turnId);
      const { tenant } = callOf(context, clock);
      const stopped =
        sessions.interruptHere(tenant, turnId, played) ||
        turns.interrupt(tenant, turnId) ||
        (await sessions.interruptElsewhere(tenant, turnId, played)) ||
        (await resume.interruptElsewhere(tenant, turnId));
      if (!stopped) throw noSuchTurn();
      return {};
    },

    ...createSessionRpcs({ ...options, clock }),

    async listVoices({ profile: asked }, context) {
      const call = callOf(context, clock);
      const { profile } = await profiles.of(call, { profile: asked, sessionId: "", userId: "" });
      // `context.signal`, unlike `call.signal`, also aborts at the call's deadline.
      const { voices } = await ports.listVoices({ ...call, signal: context.signal });
      const [own, others] = [true, false].map((isOwn) =>
        voices.filter((voice) => isNamed(voice, profile.voice) === isOwn),
      );
      const offered = [...(own ?? []), ...(others ?? [])];
      return {
        voices: offered.map(({ name, displayName, languages, engine }) => ({ name, displayName, languages, engine })),
      };
    },

    ...createStatusRpc({ ...options, turns, clock }),
  };
}

function noSuchTurn(): Failure {
  return new Failure(
    "NOT_FOUND",
    "TURN_NOT_FOUND",
    "no turn with this turn_id is running: it may have ended by itself",
  );
}

/**
 * Sets headers that ask proxies not to buffer or compress the response: nginx would otherwise collect some kilobytes
 * before it sends anything, even heartbeats. If `marks` is true, a further header states that the content is
 * machine-made.
 */
function passOnAtOnce({ responseHeader }: HandlerContext, marks: boolean): void {
  if (marks) responseHeader.set(...disclosure);
  responseHeader.set("x-accel-buffering", "no");
  responseHeader.set("cache-control", "no-store, no-transform");
}

/** Whether a voice has the name `wanted`, with or without the name of its engine before it. */
function isNamed({ name, engine }: { name: string; engine: string }, wanted: string | undefined): boolean {
  return wanted !== undefined && (name === wanted || name === `${engine}/${wanted}`);
}
