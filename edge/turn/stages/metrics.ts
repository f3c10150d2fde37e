import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import type { TurnEvent } from "../events.ts";
import type { Turns } from "../turns.ts";
import { type Watched, watchEnd } from "./end.ts";

/** Counts a turn once, whatever its end, and how long its caller waited for text and sound. */
export type CountTurn = (events: AsyncIterable<TurnEvent>, watched: Watched) => AsyncGenerator<TurnEvent>;

/** Makes what counts the turns of a process. */
export function createTurnCounts(metrics: Metrics, turns: Turns): CountTurn {
  const ended = metrics.counter("duet_edge_turns_total", "Turns that have ended.", [
    "rpc",
    "outcome",
    "code",
    "profile",
  ]);
  const ttft = metrics.histogram("duet_edge_ttft_seconds", "From the request to the first text.", ["rpc", "profile"]);
  const ttfa = metrics.histogram("duet_edge_ttfa_seconds", "From the request to the first audio.", ["rpc", "profile"]);
  metrics.gauge("duet_edge_turns_in_flight", "Turns that run now.", [], (gauge) => gauge.set(turns.count));

  return (events, { rpc, profile, turn, ledger }) =>
    watchEnd(events, turn, ({ outcome, code }) => {
      // The ids of the config, and no others: they are few.
      const ofProfile = profile === "" ? {} : { profile };
      const { firstTextMs, firstAudioMs } = ledger.timings();
      ended.inc({ rpc, outcome, code, ...ofProfile });
      if (firstTextMs !== undefined) ttft.observe({ rpc, ...ofProfile }, firstTextMs / 1000);
      if (firstAudioMs !== undefined) ttfa.observe({ rpc, ...ofProfile }, firstAudioMs / 1000);
    });
}
