import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { languageOf } from "../../infra/text/language/language.ts";
import { canonicalTag } from "../../infra/text/language/tag.ts";
import type { Access } from "../access/access.ts";
import { answerSeconds, secondsOfSpeech } from "../access/expected.ts";
import type { Call } from "../call.ts";
import { Failure } from "../errors.ts";
import { type AssistantService, type Constraint, Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Services } from "../hosts/clients.ts";
import type { Ports } from "../hosts/ports.ts";
import { readStatus } from "../hosts/status.ts";
import type { Sessions } from "../session/sessions.ts";
import { startTurn, type TurnTools } from "../turn/turn.ts";
import { giveText, type Shape, type Writer } from "../turn/writer.ts";
import { callOf } from "./caller.ts";
import { createSessionRpcs, toStoreStatus } from "./sessions.ts";
import { checkConverse, checkSpeak, checkTurnId } from "./validate.ts";

/** A question that the page offers when a script answers. */
export interface OfferedQuestion {
  readonly language: string;
  readonly label: string;
  readonly text: string;
}

type SessionFields = Record<"sessionId" | "userId", string>;

/** What the service works with. */
export interface AssistantOptions {
  /** The services, for their health. */
  readonly services: Services;
  readonly ports: Ports;
  readonly sessions: Sessions;
  /** Holds callers to their limits. */
  readonly access: Access;
  /** What its turns share. */
  readonly tools: TurnTools;
  /** For requests that bring no instructions. */
  readonly instructions: string;
  /** Duet's version. */
  readonly version: string;
  /** Set if a script answers instead of a model: what it can be asked, and the setting that plugs in a model. */
  readonly script: { questions: OfferedQuestion[]; setting: string } | undefined;
}

/** What a browser or a customer calls over Connect: checks a request, and puts what it asks for into our own words. */
export function createAssistant(options: AssistantOptions): ServiceImpl<typeof AssistantService> {
  const { services, ports, sessions, access, tools } = options;
  const { turns, clock } = tools;
  const joinSession = (
    call: Call,
    { sessionId, userId }: SessionFields,
    question: string | undefined,
    given: string,
  ) => (sessionId === "" ? undefined : sessions.join(call, { session: sessionId, user: userId, question, given }));

  return {
    async *converse(request, context) {
      checkConverse(request);
      passOnAtOnce(context);
      const { text, voice, sessionId, generation = {} } = request;
      const constraint = toShape(request.constraint);
      const language = canonicalTag(request.language) ?? "";
      const questionLanguage = languageOf(text) ?? "";
      const instructions = request.instructions || options.instructions;
      const call = callOf(context, clock);
      const joined = joinSession(call, request, text, "");
      const write: Writer = (call, turnId) => {
        const history = joined?.prompt() ?? [...request.history, { role: Role.USER, content: text }];
        const { stop } = request;
        return ports.askModel({ instructions, history, sessionId, options: generation, stop, constraint })(
          call,
          turnId,
        );
      };
      const spoken = constraint?.case === "jsonSchema" ? request.constraint?.spoken : undefined;
      const plan = { rpc: "Converse", write, voice, language, questionLanguage, spoken, keep: joined?.keep } as const;
      yield* access.meter(call, answerSeconds, startTurn(call, plan, tools));
    },

    async *speak(request, context) {
      checkSpeak(request);
      passOnAtOnce(context);
      const { text, voice } = request;
      const language = canonicalTag(request.language) ?? "";
      const call = callOf(context, clock);
      const keep = joinSession(call, request, undefined, text)?.keep;
      const plan = { rpc: "Speak", write: giveText(text), voice, language, questionLanguage: "", keep } as const;
      // A given text is never shown to its caller, and no model thinks: this tells the compiler.
      for await (const { sequence, event } of access.meter(call, secondsOfSpeech(text), startTurn(call, plan, tools)))
        if (event.case !== "textDelta" && event.case !== "thinking") yield { sequence, event };
    },

    async interrupt({ turnId, played }, context) {
      checkTurnId(turnId);
      const { tenant } = callOf(context, clock);
      const stopped =
        sessions.interruptHere(tenant, turnId, played) ||
        turns.interrupt(tenant, turnId) ||
        (await sessions.interruptElsewhere(tenant, turnId, played));
      if (!stopped)
        throw new Failure("NOT_FOUND", "TURN_NOT_FOUND", "no turn of this turn_id runs: it may have ended on its own");
      return {};
    },

    ...createSessionRpcs(sessions, clock),

    async listVoices(_request, context) {
      // Connect's own signal ends this call at the deadline too.
      const { voices } = await ports.listVoices({ ...callOf(context, clock), signal: context.signal });
      return { voices: voices.map(({ name, displayName, languages }) => ({ name, displayName, languages })) };
    },

    async getStatus(_request, context) {
      const { version, script } = options;
      const { generate, synthesize } = await readStatus(services, context.signal);
      return {
        version,
        turnCount: turns.count,
        generate: { ready: generate.ready, message: generate.message },
        synthesize: { ready: synthesize.ready, message: synthesize.message },
        ...(script && { script }),
        sessions: toStoreStatus(sessions),
      };
    },
  };
}

/** The shape that an answer is held to; one was checked to be there. */
function toShape(constraint: Constraint | undefined): Shape | undefined {
  return constraint?.shape.case === undefined ? undefined : constraint.shape;
}

/** Asks proxies to keep nothing of a stream back: nginx would gather some kilobytes first, heartbeats too, and others would pack it. */
function passOnAtOnce({ responseHeader }: HandlerContext): void {
  responseHeader.set("x-accel-buffering", "no");
  responseHeader.set("cache-control", "no-store, no-transform");
}
