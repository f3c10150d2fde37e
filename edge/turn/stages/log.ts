import type { Log } from "../../../infra/log/log.ts";
import { traceIdOf } from "../../../infra/telemetry/tracer.ts";
import type { TurnEvent } from "../events.ts";
import { type Watched, watchEnd } from "./end.ts";

/**
 * Writes one log line when a turn has ended, however it ended. The line contains no text of the conversation. Times are
 * in whole milliseconds.
 */
export function logTurn(
  events: AsyncIterable<TurnEvent>,
  { rpc, profile, turn, ledger, span }: Watched,
  log: Log,
): AsyncGenerator<TurnEvent> {
  return watchEnd(events, turn, ({ outcome, code, reason }) => {
    const trace = traceIdOf(span.context);
    const { phases: _, ...moments } = ledger.timings();
    const timings = Object.entries(moments).map(([name, ms]) => [name, Math.round(ms)]);
    log.info(
      {
        turn: turn.id,
        ...(trace && { trace }),
        rpc,
        ...(profile && { profile }),
        outcome,
        code,
        ...(reason && { reason }),
        ...Object.fromEntries(timings),
      },
      "turn ended",
    );
  });
}
