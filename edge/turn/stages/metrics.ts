import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import type { TurnEvent } from "../events.ts";
import type { Turns } from "../turns.ts";
import { type Watched, watchEnd } from "./end.ts";

/** Counts a turn once, whatever its end, and how long its caller waited for text and sound. */
export type CountTurn = (events: AsyncIterable<TurnEvent>, watched: Watched) => AsyncGenerator<TurnEvent>;

/** Makes what counts the turns of a process. */
export function createTurnCounts(metrics: Metrics, turns: Turns): CountTurn {
  const ended = metrics.counter("duet_edge_turns_total", "Turns that have ended.", ["rpc", "outcome", "code"]);
  const ttft = metrics.histogram("duet_edge_ttft_seconds", "From the request to the first text.", ["rpc"]);
  const ttfa = metrics.histogram("duet_edge_ttfa_seconds", "From the request to the first audio.", ["rpc"]);
  metrics.gauge("duet_edge_turns_in_flight", "Turns that run now.", [], (gauge) => gauge.set(turns.count));

  return (events, { rpc, turn, ledger }) =>
    watchEnd(events, turn, ({ outcome, code }) => {
      const { firstTextMs, firstAudioMs } = ledger.timings();
      ended.inc({ rpc, outcome, code });
      if (firstTextMs !== undefined) ttft.observe({ rpc }, firstTextMs / 1000);
      if (firstAudioMs !== undefined) ttfa.observe({ rpc }, firstAudioMs / 1000);
    });
}
