import type { Log } from "../../../infra/log/log.ts";
import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import { type Span, traceIdOf } from "../../../infra/telemetry/tracer.ts";
import { classify, codeOfNumber } from "../../errors.ts";
import { Outcome } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../events.ts";
import type { Turn, Turns } from "../turns.ts";
import type { Ledger } from "./ledger.ts";
import { describeTurn, type TurnEnd } from "./span.ts";

/** What is known of a turn while it runs. */
export interface Observed {
  /** `Converse` or `Speak`. */
  readonly rpc: string;
  readonly turn: Turn;
  readonly ledger: Ledger;
  /** The span of the call. */
  readonly span: Span;
}

/** Counts, logs and traces turns: one line and one count for each, whatever its end; never what was said. */
export type Observer = (observed: Observed, events: AsyncIterable<TurnEvent>) => AsyncGenerator<TurnEvent>;

/** Makes the observer of a process. */
export function createObserver(metrics: Metrics, log: Log, turns: Turns): Observer {
  const ended = metrics.counter("duet_turns_total", "Turns that have ended.", ["rpc", "outcome", "code"]);
  const ttft = metrics.histogram("duet_turn_ttft_seconds", "From the request to the first text.", ["rpc"]);
  const ttfa = metrics.histogram("duet_turn_ttfa_seconds", "From the request to the first audio.", ["rpc"]);
  metrics.gauge("duet_turns_in_flight", "Turns that run now.", [], (gauge) => gauge.set(turns.count));

  return async function* observe({ rpc, turn, ledger, span }, events) {
    const end: TurnEnd = { outcome: "left" };
    let code: string = "CANCELLED";
    let reason: string | undefined;
    // Said now too: when its caller has left, a turn may never be read to its end.
    describeTurn(span, turn.id, end);
    try {
      for await (const event of events) {
        if (event.case === "started") end.started = event.value;
        if (event.case === "finished") {
          end.finished = event.value;
          end.outcome = outcomeNames[event.value.outcome ?? 0] ?? "unknown";
          code = event.value.error === undefined ? "OK" : codeOfNumber(event.value.error.code ?? 0);
          reason = event.value.error?.reason;
        }
        yield event;
      }
    } catch (error) {
      if (turn.stopped !== "left") {
        const failed = classify(error);
        end.outcome = "refused";
        code = failed.code;
        reason = failed.message;
      }
      throw error;
    } finally {
      const timings = ledger.timings();
      const { outcome } = end;
      ended.inc({ rpc, outcome, code });
      if (timings.firstTextMs !== undefined) ttft.observe({ rpc }, timings.firstTextMs / 1000);
      if (timings.firstAudioMs !== undefined) ttfa.observe({ rpc }, timings.firstAudioMs / 1000);
      describeTurn(span, turn.id, end, timings);
      const trace = traceIdOf(span.context);
      log.info(
        { turn: turn.id, ...(trace && { trace }), rpc, outcome, code, ...(reason && { reason }), ...rounded(timings) },
        "turn ended",
      );
    }
  };
}

const outcomeNames: Record<number, string> = {
  [Outcome.COMPLETED]: "completed",
  [Outcome.INTERRUPTED]: "interrupted",
  [Outcome.FAILED]: "failed",
};

function rounded(timings: object): Record<string, number> {
  return Object.fromEntries(Object.entries(timings).map(([name, ms]) => [name, Math.round(ms)]));
}
