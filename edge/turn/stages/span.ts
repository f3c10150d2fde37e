import { agentName, duet, genAi, operations, toSeconds } from "../../../infra/telemetry/names.ts";
import type { Attributes, Span } from "../../../infra/telemetry/tracer.ts";
import { FinishReason } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../events.ts";
import { leftEnd, type TurnEnd, type Watched, watchEnd } from "./end.ts";
import { phaseNames, type Timings } from "./ledger.ts";

/** Span names and initial attributes, keyed by the name of an RPC that runs a turn. */
export const turnSpans: Record<string, { name: string; attributes: Attributes }> = {
  Converse: turnSpan(operations.agent),
  Speak: turnSpan(operations.speech),
};

function turnSpan(operation: string) {
  const attributes = { [genAi.operation]: operation, [genAi.agent]: agentName, [genAi.outputType]: "speech" };
  return { name: `${operation} ${agentName}`, attributes };
}

const finishReasons: Record<FinishReason, string> = {
  [FinishReason.UNSPECIFIED]: "other",
  [FinishReason.STOP]: "stop",
  [FinishReason.LENGTH]: "length",
  [FinishReason.REPETITION]: "repetition",
  [FinishReason.TOOL_CALLS]: "tool_calls",
};

/**
 * Records on the call's span how the turn ended. If a turn fails after its start, the span is marked as failed, though
 * the call itself succeeds.
 */
export function traceTurn(
  events: AsyncIterable<TurnEvent>,
  { profile, turn, ledger, span }: Watched,
): AsyncGenerator<TurnEvent> {
  // At first the span says that the caller left, since if the caller does leave, the real end may never be seen.
  span.set({ [duet.profile]: profile || undefined });
  describe(span, turn.id, leftEnd);
  return watchEnd(events, turn, (end) => describe(span, turn.id, end, ledger.timings()));
}

function describe(span: Span, id: string, { outcome, started, finished }: TurnEnd, timings?: Timings): void {
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
    [duet.timeToTranscript]: ifKnown(timings?.transcriptMs),
    [duet.timeToAdmission]: ifKnown(timings?.admittedMs),
    [duet.timeToFirstText]: ifKnown(timings?.firstTextMs),
    [duet.timeToFirstAudio]: ifKnown(timings?.firstAudioMs),
    ...describePhases(timings?.phases),
  });
  if (outcome === "failed") span.fail(error?.reason ?? "UNKNOWN");
}

function describePhases(phases: Timings["phases"]): Attributes {
  if (phases === undefined) return {};
  return Object.fromEntries(phaseNames.map((name) => [`${duet.phase}.${name}`, toSeconds(phases[name])]));
}

function ifKnown(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : toSeconds(ms);
}
