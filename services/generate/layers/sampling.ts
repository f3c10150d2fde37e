import { InvalidRequestError } from "../../common/errors/request-error.ts";
import type { ChatRequest, Layer } from "../chat.ts";

/**
 * Throws InvalidRequestError for sampling parameters that a server does not support together with speculative decoding.
 * vLLM refuses them too, but only within a stream that began with status 200.
 */
export function withSampling(guesses: () => boolean): Layer {
  return (chat) =>
    async function* chatWithSampling(request, signal) {
      if (guesses()) refuseUnguessable(request);
      yield* chat(request, signal);
    };
}

function refuseUnguessable({ sampling }: ChatRequest): void {
  const description =
    "is not supported while the model server uses speculative decoding (engine.vllm.speculation): leave it out";
  const faults = [
    ...((sampling.minP ?? 0) > 0 ? [{ field: "sampling.min_p", description }] : []),
    ...(sampling.logitBias !== undefined ? [{ field: "sampling.logit_bias", description }] : []),
  ];
  if (faults.length > 0) throw new InvalidRequestError(...faults);
}
