import { faultOf } from "../../../../common/engine/faults.ts";
import { EngineError, type EngineFault } from "../../../../common/errors/engine-error.ts";
import { InvalidRequestError } from "../../../../common/errors/request-error.ts";
import { TooLongError } from "../../../too-long.ts";
import type { Complaint } from "./complaint.ts";
import { readContextLimit } from "./context-limit.ts";
import { type Compared, tellWords } from "./words.ts";

/** Our wording for each fault; the server's own message is added to it. */
const sentences: Record<EngineFault, string> = {
  unauthorized: "the model server rejected the API key",
  overloaded: "the model server is overloaded",
  stalled: "a proxy gave up waiting for the model server",
  rejected: "the model server rejected the request",
  broken: "the model server failed",
  unreachable: "the model server cannot be reached",
  silent: "the model server does not respond",
  empty: "the model server wrote nothing",
  misshapen: "the model server answered in an unexpected format",
};

/**
 * The error to throw for a model server's error. If the prompt or the requested answer is too long, the caller has to
 * change the request; everything else is the fault of the engine, the operator or this service.
 */
export function toError(complaint: Complaint, compared: Compared = nothing, retryDelayMs?: number): Error {
  const { status, type, param } = complaint;
  const { forLog, forCaller } = tellWords(complaint.message, compared);
  const kind = /^[\w .-]{1,64}$/.test(type) ? type : "";
  const say = (words: string) => [status, kind, words].filter((part) => part !== "").join(", ");
  const tooLong = readContextLimit(complaint);
  if (tooLong !== undefined) return new TooLongError(tooLong, ` (${say(forCaller)})`);
  if (param === "max_tokens" && status === 400)
    return new InvalidRequestError({
      field: "max_tokens",
      description: `is more than fits in the model's context (${say(forCaller)}): lower it, or send shorter messages`,
    });
  const fault = faultOf(status);
  // A server's message about the API key may quote part of the key, so it is left out.
  const told = fault === "unauthorized" ? `${say("")}): check DUET_VLLM_API_KEY` : `${say(forCaller)})`;
  return new EngineError(fault, `${sentences[fault]} (${told}`, {
    retryDelayMs,
    forLog: forLog === "" || forLog === forCaller ? undefined : forLog,
  });
}

const nothing: Compared = { request: undefined, apiKey: undefined };
