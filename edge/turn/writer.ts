import type { Call } from "../call.ts";
import { Failure } from "../errors.ts";
import { FinishReason, type Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { type Finished, type GenerateResponse, Role as ModelRole } from "../gen/duet/generate/v1/generate_pb.ts";
import type { Ending } from "./events.ts";
import type { Generate } from "./ports.ts";
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

/** Begins to write for a turn, until the call's signal aborts; throws if no writer takes the work. */
export type Writer = (call: Call, turnId: string) => Promise<Writing>;

/** What the model is asked. */
export interface Question {
  /** How it is to answer. */
  readonly instructions: string;
  /** The conversation, oldest first; what is to be answered is the last of it. */
  readonly history: readonly { readonly role: Role; readonly content: string }[];
  /** How the answer is written; what is left out is the deployment's default. */
  readonly options: {
    /** The most tokens to write. */
    readonly maxTokens?: number;
    readonly temperature?: number;
    readonly topP?: number;
    readonly seed?: number;
  };
}

/** A writer that asks the model. */
export function askModel(generate: Generate, question: Question): Writer {
  return async (call, turnId) => {
    const events = generate(toGenerateRequest(turnId, question), call)[Symbol.asyncIterator]();
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

function toGenerateRequest(requestId: string, { instructions, history, options }: Question) {
  const { maxTokens = 0, temperature, topP, seed } = options;
  return {
    requestId,
    messages: [
      { role: ModelRole.SYSTEM, content: instructions },
      ...history.map(({ role, content }) => ({ role: toModelRole(role), content })),
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
