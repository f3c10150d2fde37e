import type { Call } from "../call.ts";
import { classify, type TurnErrorInit, toTurnError } from "../errors.ts";
import { Outcome } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ending, EventOf, TurnEvent } from "./events.ts";
import { type Ledger, tellTimings } from "./stages/ledger.ts";
import type { Turn } from "./turns.ts";

/** A turn whose events are those of another one, which was made before or is being made. */
export interface Given {
  readonly rpc: "Converse";
  /** What it is called, where that is decided. Default: a new name. */
  readonly id?: string | undefined;
  /** It belongs to no session. */
  readonly keep?: undefined;
  /** The events of the other, to its end; until the call's signal aborts. */
  readonly given: (call: Call) => AsyncIterable<TurnEvent>;
  /** The id of its profile. Default: none. */
  readonly profile?: string;
}

/** The turn itself: what happened in the other, under its own name and at its own time. */
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
        // Whatever else is said of a turn is no message yet, and so this must not be one.
        const { $typeName: _, ...value } = event.value as EventOf<"started"> & { $typeName?: string };
        yield { ...event, value: { ...value, turnId: turn.id, profile, resumable: false } };
      } else if (event.case === "finished") {
        const { outcome = Outcome.UNSPECIFIED } = event.value;
        yield finished(outcome, event.value as Partial<Ending>);
        return;
      } else yield event;
    }
    throw new Error("a turn that was repeated has no end");
  } catch (error) {
    if (turn.stopped === "left") throw error;
    const failed = classify(error, turn.stopped);
    if (!started) throw failed;
    yield turn.stopped === "interrupted" || turn.stopped === "superseded"
      ? finished(Outcome.INTERRUPTED)
      : finished(Outcome.FAILED, { error: toTurnError(failed, call.inFull) });
  }
}
