import { firstByteBuckets, type Metrics } from "../../../infra/telemetry/metrics.ts";
import { listener } from "../../../infra/telemetry/names.ts";
import type { TraceContext, Tracer } from "../../../infra/telemetry/tracer.ts";
import { type FieldViolation, invalidRequest } from "../../errors.ts";
import type { Listened } from "../../gen/duet/assistant/v1/assistant_pb.ts";

/**
 * Counts in the metrics what a player reports about how a turn was heard; `within` is the turn's trace. Each report
 * contains only what is new, so nothing is counted twice.
 */
export type CountListened = (listened: Listened | undefined, within: TraceContext) => void;

/**
 * The longest duration accepted in a report, in milliseconds: a player that reports more is mistaken, since no turn
 * lasts that long.
 */
const mostMs = 3_600_000;
const mostGaps = 10_000;

/** Creates the function that adds a player's report (the wait for the first sound, the gaps) to these metrics. */
export function createListenedCounts(metrics: Metrics): CountListened {
  const ttfa = metrics.histogram(
    "duet_edge_listener_ttfa_seconds",
    "Time from the request to the first sound from the listener's speaker, as reported by the player.",
    [],
    firstByteBuckets,
  );
  const gaps = metrics.counter(
    "duet_edge_listener_gaps_total",
    "Gaps that listeners heard because more audio had not arrived in time, as reported by the player.",
  );
  const gapSeconds = metrics.counter(
    "duet_edge_listener_gap_seconds_total",
    "Total length of the gaps that listeners heard, as reported by the player.",
  );
  return (listened, within) => {
    if (listened === undefined) return;
    if (listened.firstSoundMs !== undefined) ttfa.observe({}, listened.firstSoundMs / 1000, within);
    gaps.inc({}, listened.gapCount);
    gapSeconds.inc({}, listened.gapMs / 1000);
  };
}

/**
 * Adds the wait for the first audio, as the player reports it, to the trace that the player began: the player itself
 * exports no spans.
 */
export function traceListened(
  tracer: Tracer,
  listened: Listened | undefined,
  within: TraceContext,
  believeSampled: boolean,
) {
  if (listened?.firstSoundMs === undefined) return;
  const { firstSoundMs: durationMs, reportedMs = durationMs } = listened;
  const beganMsAgo = Math.max(durationMs, reportedMs);
  tracer.record(listener.span, { place: within, service: listener.service, beganMsAgo, durationMs, believeSampled });
}

/** Checks a player's report. Throws INVALID_ARGUMENT with a violation for every impossible value. */
export function checkListened(listened: Listened | undefined): void {
  if (listened === undefined) return;
  const { firstSoundMs = 0, gapCount, gapMs, reportedMs = 0 } = listened;
  const violations = [
    ...checkMost("listened.first_sound_ms", firstSoundMs, mostMs),
    ...checkMost("listened.gap_count", gapCount, mostGaps),
    ...checkMost("listened.gap_ms", gapMs, mostMs),
    ...checkMost("listened.reported_ms", reportedMs, mostMs),
  ];
  if (violations.length > 0) throw invalidRequest(violations);
}

function* checkMost(field: string, value: number, most: number): Generator<FieldViolation> {
  // The condition is written so that NaN is rejected too.
  if (value >= 0 && value <= most) return;
  yield { field, reason: "OUT_OF_RANGE", description: `must be from 0 to ${most}` };
}
