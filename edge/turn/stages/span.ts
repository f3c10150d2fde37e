import { agentName, duet, genAi, operations, toSeconds } from "../../../infra/telemetry/names.ts";
import type { Attributes, Span } from "../../../infra/telemetry/tracer.ts";
import { FinishReason, Outcome } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { EventOf } from "../events.ts";
import type { Timings } from "./ledger.ts";

/** How the spans of the RPCs that run a turn begin, by the RPC's name. */
export const turnSpans: Record<string, { name: string; attributes: Attributes }> = {
  Converse: turnSpan(operations.agent),
  Speak: turnSpan(operations.speech),
};

function turnSpan(operation: string) {
  const attributes = { [genAi.operation]: operation, [genAi.agent]: agentName, [genAi.outputType]: "speech" };
  return { name: `${operation} ${agentName}`, attributes };
}

const finishReasons: Record<number, string> = {
  [FinishReason.STOP]: "stop",
  [FinishReason.LENGTH]: "length",
  [FinishReason.REPETITION]: "repetition",
};

/** How a turn ended, as far as its caller was told. */
export interface TurnEnd {
  outcome: string;
  started?: EventOf<"started">;
  finished?: EventOf<"finished">;
}

/** Says of the span of a turn's call what has become of the turn. A turn that failed after its start fails its span, not its call. */
export function describeTurn(span: Span, id: string, { outcome, started, finished }: TurnEnd, timings?: Timings): void {
  const { finishReason, usage, error } = finished ?? {};
  span.set({
    [duet.turnId]: id,
    [duet.turnOutcome]: outcome,
    [duet.voice]: started?.voice,
    [genAi.responseModel]: started?.model || undefined,
    [genAi.finishReasons]: finishReason ? [finishReasons[finishReason] ?? "other"] : undefined,
    [genAi.inputTokens]: usage?.promptTokens,
    [genAi.cachedTokens]: usage?.cachedTokens,
    [genAi.outputTokens]: usage?.completionTokens,
    [duet.timeToAdmission]: ifKnown(timings?.admittedMs),
    [duet.timeToFirstText]: ifKnown(timings?.firstTextMs),
    [duet.timeToFirstAudio]: ifKnown(timings?.firstAudioMs),
  });
  if (finished?.outcome === Outcome.FAILED) span.fail(error?.reason ?? "UNKNOWN");
}

function ifKnown(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : toSeconds(ms);
}
