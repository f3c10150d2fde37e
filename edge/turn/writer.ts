import { mapError, toFailure } from "../connect/errors.ts";
import { Failure } from "../errors.ts";
import { type ConverseRequest, FinishReason } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { type Finished, type GenerateResponse, Role as ModelRole } from "../gen/duet/generate/v1/generate_pb.ts";
import type { Services } from "../hosts/clients.ts";
import type { PassedOn } from "../rpc/caller.ts";
import type { Ending } from "./events.ts";
import { toFinishReason, toModelRole } from "./translate.ts";

/** A text that is being written. */
export interface Writing {
  /** The model that writes; empty if the text was given. */
  readonly model: string;
  /** Whether the caller is shown the text: not if it is his own. */
  readonly shown: boolean;
  /** The text, in pieces. Returns how it ended. */
  readonly deltas: AsyncGenerator<string, Ending>;
}

/** Begins to write; throws if no writer takes the work. */
export type Writer = (turn: { id: string; signal: AbortSignal }) => Promise<Writing>;

/** What the model is asked, besides the caller's request. */
export interface AskOptions {
  /** The service that asks it. */
  readonly generate: Services["generate"];
  /** For a request that brings no instructions. */
  readonly instructions: string;
  /** What the service is told of the customer's call. */
  readonly passedOn: PassedOn;
}

/** A writer that asks the model. */
export function askModel(request: ConverseRequest, options: AskOptions): Writer {
  return async ({ id, signal }) => {
    const stream = options.generate.client.generate(toGenerateRequest(id, request, options.instructions), {
      signal,
      ...options.passedOn,
    });
    const events = mapError(stream, toFailure)[Symbol.asyncIterator]();
    const first = (await events.next()).value as GenerateResponse | undefined;
    if (first?.event.case !== "started") throw brokenStream();
    return { model: first.event.value.model, shown: true, deltas: readDeltas(events) };
  };
}

/** A writer of a text that is known already. */
export function giveText(text: string): Writer {
  async function* deltas(): AsyncGenerator<string, Ending> {
    yield text;
    return { finishReason: FinishReason.UNSPECIFIED, usage: undefined };
  }
  return async () => ({ model: "", shown: false, deltas: deltas() });
}

function toGenerateRequest(id: string, request: ConverseRequest, instructions: string) {
  const { maxTokens = 0, temperature, topP, seed } = request.generation ?? {};
  return {
    requestId: id,
    messages: [
      { role: ModelRole.SYSTEM, content: request.instructions || instructions },
      ...request.history.map(({ role, content }) => ({ role: toModelRole(role), content })),
      { role: ModelRole.USER, content: request.text },
    ],
    maxTokens,
    sampling: { temperature, topP, seed },
  };
}

async function* readDeltas(events: AsyncIterator<GenerateResponse>): AsyncGenerator<string, Ending> {
  let finished: Finished | undefined;
  for await (const { event } of { [Symbol.asyncIterator]: () => events }) {
    if (event.case === "delta") yield event.value.text;
    if (event.case === "finished") finished = event.value;
  }
  if (finished === undefined) throw brokenStream();
  const { promptTokens = 0, cachedTokens = 0, completionTokens = 0 } = finished.usage ?? {};
  return {
    finishReason: toFinishReason(finished.reason),
    usage: finished.usage && { promptTokens, cachedTokens, completionTokens },
  };
}

function brokenStream() {
  return new Failure("UNAVAILABLE", "GENERATE_BROKEN", "Generate ended an answer without its end: its log says why");
}
