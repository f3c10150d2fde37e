import type { Clock } from "../../infra/clock/clock.ts";
import type { Call } from "../call.ts";
import { toFailure } from "../connect/errors.ts";
import type { ListVoicesResponse } from "../gen/duet/synthesize/v1/synthesize_pb.ts";
import type { OpenSpeech } from "../turn/speech.ts";
import type { AskModel } from "../turn/writer.ts";
import type { Services } from "./clients.ts";
import { createAskModel } from "./generate.ts";
import { toCallOptions } from "./metadata.ts";
import { createOpenSpeech } from "./synthesize.ts";

/** The services as the rest of the edge uses them: on behalf of a call, with the edge's own types and failures. */
export interface Ports {
  readonly askModel: AskModel;
  readonly openSpeech: OpenSpeech;
  /** Lists the voices of Synthesize. Throws a Failure if Synthesize cannot list them. */
  readonly listVoices: (call: Call) => Promise<ListVoicesResponse>;
}

/** Makes the ports from the clients of the two services. */
export function createPorts({ generate, synthesize }: Services, clock: Clock): Ports {
  return {
    askModel: createAskModel(generate.client, clock),
    openSpeech: createOpenSpeech(synthesize.client, clock),
    async listVoices(call) {
      try {
        return await synthesize.client.listVoices({}, toCallOptions(call, clock));
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}
