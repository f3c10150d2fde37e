import type { Clock } from "../../../infra/clock/clock.ts";
import { duet, genAi, operations, toSeconds } from "../../../infra/telemetry/names.ts";
import type { Span, TraceContext, Tracer } from "../../../infra/telemetry/tracer.ts";
import { errorType } from "../../common/server/call-spans.ts";
import type { ChatEvent, ChatRequest, Layer } from "../chat.ts";

/** Gives each answer a span; the layers below see that span as their parent instead of the caller's. */
export function withSpans(tracer: Tracer, clock: Clock): Layer {
  if (!tracer.enabled) return (chat) => chat;
  return (chat) =>
    async function* chatWithSpan(request, signal) {
      const askedAt = clock.now();
      const span = tracer.start(nameOf(request.model), {
        kind: "client",
        parent: toContext(request.traceparent),
        attributes: describe(request),
      });
      let hasText = false;
      try {
        for await (const event of chat({ ...request, traceparent: span.context.traceparent }, signal)) {
          if (event.type === "started" || event.type === "finished") tell(span, event);
          else if (event.type === "delta" && !hasText) {
            hasText = true;
            span.set({ [genAi.timeToFirstChunk]: toSeconds(clock.now() - askedAt) });
          }
          yield event;
        }
      } catch (error) {
        // If the caller has aborted the answer, the engine has not failed.
        if (!signal.aborted) span.fail(errorType(error));
        throw error;
      } finally {
        span.end();
      }
    };
}

function toContext(traceparent: string | undefined): TraceContext {
  return traceparent === undefined ? {} : { traceparent };
}

function nameOf(model: string | undefined): string {
  return model === undefined ? operations.chat : `${operations.chat} ${model}`;
}

function describe({ requestId, model, maxTokens, sampling }: ChatRequest) {
  return {
    [genAi.operation]: operations.chat,
    [genAi.provider]: "vllm",
    [genAi.requestModel]: model,
    [genAi.maxTokens]: maxTokens,
    [genAi.temperature]: sampling.temperature,
    [genAi.topP]: sampling.topP,
    [genAi.stream]: true,
    [duet.requestId]: requestId,
  };
}

function tell(span: Span, event: Extract<ChatEvent, { type: "started" | "finished" }>): void {
  if (event.type === "started") {
    span.rename(nameOf(event.model));
    span.set({ [genAi.responseModel]: event.model });
  } else {
    span.set({
      [genAi.finishReasons]: [event.reason],
      [genAi.inputTokens]: event.usage?.promptTokens,
      [genAi.cachedTokens]: event.usage?.cachedTokens,
      [genAi.outputTokens]: event.usage?.completionTokens,
    });
  }
}
