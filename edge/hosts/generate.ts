import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Client } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import { withinTick } from "../../infra/stream/tick.ts";
import { mapError, serviceFailure, toFailure } from "../connect/errors.ts";
import { ThinkingMode } from "../gen/duet/assistant/v1/assistant_pb.ts";
import {
  type Finished,
  type GenerateRequestSchema,
  type GenerateResponse,
  type GenerateService,
  Role as ModelRole,
} from "../gen/duet/generate/v1/generate_pb.ts";
import type { Ending } from "../turn/events.ts";
import { openingsUnused } from "../turn/openings.ts";
import type { AskModel, Question, Returned, Said, Shape, TextWaits, Thought } from "../turn/writer.ts";
import { toCallOptions } from "./metadata.ts";
import { toFinishReason, toModelRole, toModelThinking } from "./translate.ts";

/** Makes the function that asks the model through Generate. Its writers throw Failure if Generate fails. */
export function createAskModel(client: Client<typeof GenerateService>, clock: Clock): AskModel {
  return (question) =>
    async (call, turnId, offered = []) => {
      const openings = mayOpen(question) ? openingsUnused(offered, question.history) : [];
      const stream = client.generate(toGenerateRequest(turnId, question, openings), toCallOptions(call, clock));
      const events = mapError(stream, toFailure)[Symbol.asyncIterator]();
      const first = (await events.next()).value as GenerateResponse | undefined;
      if (first?.event.case !== "started") throw brokenStream();
      const { model } = first.event.value;
      let waits: TextWaits | undefined;
      const deltas = readDeltas(events, (told) => {
        waits ??= told;
      });
      return { model, shown: true, opens: openings.length > 0, deltas, waits: () => waits };
    };
}

/** Whether an opener may come before the answer: not before structured output, a tool call or thinking. */
function mayOpen({ constraint, tools, options }: Question): boolean {
  return constraint === undefined && tools === undefined && options.thinking !== ThinkingMode.ON;
}

function toGenerateRequest(
  requestId: string,
  question: Question,
  openings: readonly string[],
): MessageInitShape<typeof GenerateRequestSchema> {
  const { instructions, history, sessionId = "", options, stop = [], constraint, tools } = question;
  const { maxTokens = 0, thinking, ...sampling } = options;
  return {
    requestId,
    sessionId,
    messages: [{ role: ModelRole.SYSTEM, content: instructions }, ...history.map(toMessage)],
    maxTokens,
    sampling,
    stop: [...stop],
    openings: [...openings],
    ...(constraint !== undefined && { constraint: toShape(constraint) }),
    ...(tools !== undefined && {
      tools: [...tools.definitions],
      toolChoice: tools.choice ?? "",
      ...(tools.parallel !== undefined && { parallelToolCalls: tools.parallel }),
    }),
    ...(thinking !== undefined && { thinking: toModelThinking(thinking) }),
  };
}

function toMessage(message: Said | Returned) {
  const { content } = message;
  if ("toolCallId" in message) return { role: ModelRole.TOOL, content, toolCallId: message.toolCallId };
  const { role, toolCalls = [] } = message;
  return { role: toModelRole(role), content, toolCalls: [...toolCalls] };
}

function toShape(shape: Shape) {
  return shape.case === "choice" ? { case: shape.case, value: { options: [...shape.value.options] } } : shape;
}

async function* readDeltas(
  events: AsyncIterator<GenerateResponse>,
  onFirst: (waits: TextWaits | undefined) => void,
): AsyncGenerator<string | Thought, Ending> {
  let finished: Finished | undefined;
  for await (const { event } of withinTick({ [Symbol.asyncIterator]: () => events }, joinDeltas)) {
    if (event.case === "delta") {
      onFirst(event.value.first);
      yield event.value.text;
    }
    if (event.case === "thinking") yield { elapsedMs: event.value.elapsedMs, done: event.value.done };
    if (event.case === "finished") finished = event.value;
  }
  if (finished === undefined) throw brokenStream();
  const { promptTokens = 0, cachedTokens = 0, completionTokens = 0 } = finished.usage ?? {};
  return {
    finishReason: toFinishReason(finished.reason),
    leftOut: finished.leftOut,
    ...(finished.toolCalls.length > 0 && {
      toolCalls: finished.toolCalls.map(({ id, name, arguments: given }) => ({ id, name, arguments: given })),
    }),
    usage: finished.usage && { promptTokens, cachedTokens, completionTokens },
  };
}

/** Joins two messages that are waiting because the edge reads too slowly; undefined unless both are deltas. */
function joinDeltas(last: GenerateResponse, next: GenerateResponse): GenerateResponse | undefined {
  if (last.event.case !== "delta" || next.event.case !== "delta") return undefined;
  last.event.value.text += next.event.value.text;
  return last;
}

function brokenStream() {
  return serviceFailure("UNAVAILABLE", "GENERATE_BROKEN", "Generate broke off an answer: see its log");
}
