import type { Clock } from "../../infra/clock/clock.ts";
import type { Call } from "../call.ts";
import { mapError, toFailure } from "../connect/errors.ts";
import type { ListVoicesResponse } from "../gen/duet/synthesize/v1/synthesize_pb.ts";
import type { Generate, Synthesize } from "../turn/ports.ts";
import type { Services } from "./clients.ts";
import { toMetadata } from "./metadata.ts";

/** The services as the rest of the edge asks them: on behalf of a call, and with failures of ours. */
export interface Ports {
  readonly generate: Generate;
  readonly synthesize: Synthesize;
  /** The voices of Synthesize. Throws Failure. */
  readonly listVoices: (call: Call) => Promise<ListVoicesResponse>;
}

/** Makes the ports of two services. */
export function createPorts({ generate, synthesize }: Services, clock: Clock): Ports {
  const optionsFor = (call: Call) => ({ signal: call.signal, ...toMetadata(call, clock) });
  return {
    generate: (request, call) => mapError(generate.client.generate(request, optionsFor(call)), toFailure),
    synthesize: (requests, call) => mapError(synthesize.client.synthesize(requests, optionsFor(call)), toFailure),
    async listVoices(call) {
      try {
        return await synthesize.client.listVoices({}, optionsFor(call));
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}
