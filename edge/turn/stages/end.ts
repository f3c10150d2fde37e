import type { Span } from "../../../infra/telemetry/tracer.ts";
import { type Code, classify, codeOfNumber } from "../../errors.ts";
import { Outcome } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { EventOf, TurnEvent } from "../events.ts";
import type { Turn } from "../turns.ts";
import type { Ledger } from "./ledger.ts";

/** The facts about a turn that are given to stages which only observe it (log, metrics, traces). */
export interface Watched {
  /** The name of the RPC that asked for the turn. */
  readonly rpc: string;
  /** The id of the turn's profile; empty for none. */
  readonly profile: string;
  /** The tenant that the turn belongs to. */
  readonly tenant: string;
  readonly turn: Turn;
  readonly ledger: Ledger;
  /** The trace span of the call that asked for the turn. */
  readonly span: Span;
}

/** All ways in which a turn can end. `refused`: it failed before `started`; `left`: its caller stopped reading. */
export const turnOutcomes = ["completed", "interrupted", "failed", "no-speech", "unknown", "refused", "left"] as const;

/** How a turn ended: what its caller received, and the reason for the log. */
export interface TurnEnd {
  readonly outcome: (typeof turnOutcomes)[number];
  readonly code: Code | "OK";
  /** Why the turn failed, in words for the log; undefined if it did not fail. */
  readonly reason?: string | undefined;
  /** Why the turn failed, as the constant that callers get; undefined if it did not fail. */
  readonly constant?: string | undefined;
  readonly started?: EventOf<"started">;
  readonly finished?: EventOf<"finished">;
}

/** The end that is reported if the reader stops reading before the turn's end is known: the caller has left. */
export const leftEnd: TurnEnd = { outcome: "left", code: "CANCELLED" };

const outcomes: Record<Outcome, TurnEnd["outcome"]> = {
  [Outcome.UNSPECIFIED]: "unknown",
  [Outcome.COMPLETED]: "completed",
  [Outcome.INTERRUPTED]: "interrupted",
  [Outcome.FAILED]: "failed",
  [Outcome.NO_SPEECH]: "no-speech",
};

/**
 * Passes events on. When the turn has ended, calls `tell` once, and passes to it how the turn ended: with `finished`,
 * with an error, or because the reader left.
 */
export async function* watchEnd(
  events: AsyncIterable<TurnEvent>,
  turn: Turn,
  tell: (end: TurnEnd) => void,
): AsyncGenerator<TurnEvent> {
  let end = leftEnd;
  try {
    for await (const event of events) {
      if (event.case === "started") end = { ...end, started: event.value };
      if (event.case === "finished") end = { ...end, ...readFinished(event.value) };
      yield event;
    }
  } catch (error) {
    if (turn.stopped !== "left") {
      const { code, reason, inFull } = classify(error);
      end = { ...end, outcome: "refused", code, reason: inFull, constant: reason };
    }
    throw error;
  } finally {
    tell(end);
  }
}

function readFinished(finished: EventOf<"finished">) {
  const { outcome = Outcome.UNSPECIFIED, error } = finished;
  const code: TurnEnd["code"] = error === undefined ? "OK" : codeOfNumber(error.code ?? 0);
  return {
    outcome: outcomes[outcome] ?? "unknown",
    code,
    reason: error?.reason,
    constant: error?.reason || undefined,
    finished,
  };
}
