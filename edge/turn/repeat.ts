import type { Call } from "../call.ts";
import { classify, type TurnErrorInit, toTurnError } from "../errors.ts";
import { Outcome } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ending, EventOf, TurnEvent } from "./events.ts";
import { type Ledger, tellTimings } from "./stages/ledger.ts";
import type { Turn } from "./turns.ts";

/** A turn that repeats the events of another one, which may still be running. */
export interface Given {
  readonly rpc: "Converse";
  /** The turn's id, if it is given in advance. Default: a new one. */
  readonly id?: string | undefined;
  /** Always absent: a turn that repeats another one belongs to no session. */
  readonly keep?: undefined;
  /** Returns the events of the turn that is repeated, up to its end or until the call's signal aborts. */
  readonly given: (call: Call) => AsyncIterable<TurnEvent>;
  /** The id of the turn's profile. Default: no profile. */
  readonly profile?: string;
}

/** Runs the turn: yields the events of the other turn, but with an id and times of its own. */
export async function* repeat(
  call: Call,
  turn: Turn,
  { given, profile = "" }: Given,
  ledger: Ledger,
): AsyncGenerator<TurnEvent> {
  let started = false;
  const finished = (outcome: Outcome, how: Partial<Ending> & { readonly error?: TurnErrorInit } = {}): TurnEvent => {
    const { error, finishReason, usage } = how;
    const why = { ...(finishReason !== undefined && { finishReason }), ...(usage && { usage }) };
    return {
      case: "finished",
      value: { outcome, ...(error && { error }), ...why, timings: tellTimings(ledger.timings()) },
    };
  };
  try {
    for await (const event of given(call)) {
      if (event.case === "started") {
        started = true;
        // The later stages expect plain values, not protobuf messages, so the message's type name is removed.
        const { $typeName: _, ...value } = event.value as EventOf<"started"> & { $typeName?: string };
        yield { ...event, value: { ...value, turnId: turn.id, profile, resumable: false } };
      } else if (event.case === "finished") {
        const { outcome = Outcome.UNSPECIFIED } = event.value;
        yield finished(outcome, event.value as Partial<Ending>);
        return;
      } else yield event;
    }
    throw new Error("the events of a repeated turn ended without a finished event");
  } catch (error) {
    if (turn.stopped === "left") throw error;
    const failed = classify(error, turn.stopped);
    if (!started) throw failed;
    yield turn.stopped === "interrupted" || turn.stopped === "superseded"
      ? finished(Outcome.INTERRUPTED)
      : finished(Outcome.FAILED, { error: toTurnError(failed, call.inFull) });
  }
}
