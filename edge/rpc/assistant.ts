import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { languageOf } from "../../infra/text/language/language.ts";
import { canonicalTag } from "../../infra/text/language/tag.ts";
import { Failure, invalidRequest } from "../errors.ts";
import { type AssistantService, Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Services } from "../hosts/clients.ts";
import type { Ports } from "../hosts/ports.ts";
import { readStatus } from "../hosts/status.ts";
import { startTurn, type TurnTools } from "../turn/turn.ts";
import { giveText } from "../turn/writer.ts";
import { callOf } from "./caller.ts";
import { checkConverse, checkSpeak } from "./validate.ts";

/** A question that the page offers when a script answers. */
export interface OfferedQuestion {
  readonly language: string;
  readonly label: string;
  readonly text: string;
}

/** What the service works with. */
export interface AssistantOptions {
  /** The services, for their health. */
  readonly services: Services;
  readonly ports: Ports;
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
export function createAssistant(options: AssistantOptions): Partial<ServiceImpl<typeof AssistantService>> {
  const { services, ports, tools } = options;
  const { turns, clock } = tools;

  return {
    async *converse(request, context) {
      checkConverse(request);
      passOnAtOnce(context);
      const { text, voice, generation = {} } = request;
      const language = canonicalTag(request.language) ?? "";
      const questionLanguage = languageOf(text) ?? "";
      const instructions = request.instructions || options.instructions;
      const history = [...request.history, { role: Role.USER, content: text }];
      const write = ports.askModel({ instructions, history, options: generation });
      yield* startTurn(callOf(context, clock), { rpc: "Converse", write, voice, language, questionLanguage }, tools);
    },

    async *speak(request, context) {
      checkSpeak(request);
      passOnAtOnce(context);
      const { text, voice } = request;
      const language = canonicalTag(request.language) ?? "";
      const plan = { rpc: "Speak", write: giveText(text), voice, language, questionLanguage: "" } as const;
      // A given text is never shown to its caller, and no model thinks: this tells the compiler.
      for await (const { sequence, event } of startTurn(callOf(context, clock), plan, tools))
        if (event.case !== "textDelta" && event.case !== "thinking") yield { sequence, event };
    },

    interrupt({ turnId }) {
      if (turnId === "") throw invalidRequest([{ field: "turn_id", description: "must be started.turn_id of a turn" }]);
      if (!turns.interrupt(turnId))
        throw new Failure(
          "NOT_FOUND",
          "TURN_NOT_FOUND",
          "no turn of this turn_id runs here: it may have ended on its own",
        );
      return {};
    },

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
      };
    },
  };
}

/** Asks proxies to keep nothing of a stream back: nginx would gather some kilobytes first, heartbeats too, and others would pack it. */
function passOnAtOnce({ responseHeader }: HandlerContext): void {
  responseHeader.set("x-accel-buffering", "no");
  responseHeader.set("cache-control", "no-store, no-transform");
}
