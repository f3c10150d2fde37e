import { Code, type HandlerContext, type ServiceImpl } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import { failure, invalidRequest } from "../errors.ts";
import type { AssistantService } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Services } from "../hosts/clients.ts";
import { readStatus } from "../hosts/status.ts";
import { createLedger } from "../turn/ledger.ts";
import type { Observer } from "../turn/observe.ts";
import { runTurn } from "../turn/turn.ts";
import type { Turns } from "../turn/turns.ts";
import { askModel, giveText, type Writer } from "../turn/writer.ts";
import { spanOf } from "./call-spans.ts";
import { passOn } from "./caller.ts";
import { checkConverse, checkSpeak } from "./validate.ts";

/** A question that the page offers when a script answers. */
export interface OfferedQuestion {
  readonly language: string;
  readonly label: string;
  readonly text: string;
}

/** What the service works with. */
export interface AssistantOptions {
  readonly services: Services;
  readonly turns: Turns;
  readonly observe: Observer;
  readonly clock: Clock;
  readonly log: Log;
  /** For requests that bring no instructions. */
  readonly instructions: string;
  /** Duet's version. */
  readonly version: string;
  /** Set if a script answers instead of a model: what it can be asked, and the setting that plugs in a model. */
  readonly script: { questions: OfferedQuestion[]; setting: string } | undefined;
}

/** What a browser or a customer calls: checks a request, then runs the turn. */
export function createAssistant(options: AssistantOptions): ServiceImpl<typeof AssistantService> {
  const { services, turns } = options;

  async function* run(rpc: string, request: { voice: string; language: string }, write: Writer, call: HandlerContext) {
    const ledger = createLedger(options.clock);
    const turn = turns.open(call.signal);
    const speech = { synthesize: services.synthesize, ...request, passedOn: passOn(call) };
    yield* options.observe(
      { rpc, turn, ledger, span: spanOf(call) },
      runTurn({ turn, write, speech, ledger, log: options.log }),
    );
  }

  return {
    async *converse(request, call) {
      checkConverse(request);
      const { voice, language } = request;
      const ask = { generate: services.generate, instructions: options.instructions, passedOn: passOn(call) };
      let sequence = 0;
      for await (const event of run("Converse", { voice, language }, askModel(request, ask), call))
        yield { sequence: ++sequence, event };
    },

    async *speak(request, call) {
      checkSpeak(request);
      const { voice, language } = request;
      let sequence = 0;
      for await (const event of run("Speak", { voice, language }, giveText(request.text), call))
        if (event.case !== "textDelta") yield { sequence: ++sequence, event };
    },

    interrupt({ turnId }) {
      if (turnId === "") throw invalidRequest([{ field: "turn_id", description: "must be started.turn_id of a turn" }]);
      if (!turns.interrupt(turnId))
        throw failure(
          Code.NotFound,
          "TURN_NOT_FOUND",
          "no turn of this turn_id runs here: it may have ended on its own",
        );
      return {};
    },

    async listVoices(_request, call) {
      const { voices } = await services.synthesize.client.listVoices({}, { signal: call.signal, ...passOn(call) });
      return { voices: voices.map(({ name, displayName, languages }) => ({ name, displayName, languages })) };
    },

    async getStatus(_request, call) {
      const { version, script } = options;
      return {
        version,
        turnCount: turns.count,
        ...(await readStatus(services, call.signal)),
        ...(script && { script }),
      };
    },
  };
}
