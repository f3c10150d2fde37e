import { createFew } from "../../../infra/telemetry/few.ts";
import { type Metrics, startAtZero } from "../../../infra/telemetry/metrics.ts";
import type { TurnEvent } from "../events.ts";
import type { Turns } from "../turns.ts";
import { type TurnEnd, turnOutcomes, type Watched, watchEnd } from "./end.ts";
import { phaseNames } from "./ledger.ts";

/**
 * Records the metrics of each turn once, however the turn ends: what its caller waited for and how long, and what the
 * turn cost its tenant.
 */
export type CountTurn = (events: AsyncIterable<TurnEvent>, watched: Watched) => AsyncGenerator<TurnEvent>;

/** Histogram buckets, in seconds, for phases of the wait for audio: most take under 1 ms, the longest far more. */
const phaseBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Histogram buckets in seconds for how long turns last: as long as their audio, or longer if the reader is slow. */
const turnBuckets = [0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300];
/**
 * How many tenants, and how many failure reasons, get a metric label of their own; all further ones share one label.
 * Otherwise there could be any number: tokens can name any tenant, and services can fail for unknown reasons.
 */
const mostTenants = 100;
const mostReasons = 100;

/** Makes the stage that records the metrics of all turns of a process. */
export function createTurnCounts(metrics: Metrics, turns: Turns): CountTurn {
  const waits = createWaitCounts(metrics);
  const ends = createEndCounts(metrics);
  const costs = createCostCounts(metrics);
  metrics.gauge("duet_edge_turns_in_flight", "Turns in progress.", [], (gauge) => gauge.set(turns.count));
  metrics.gauge("duet_edge_turns_limit", "The limit on turns in progress at once.", [], (gauge) =>
    gauge.set(turns.limit),
  );

  return (events, watched) =>
    watchEnd(events, watched.turn, (end) => {
      waits(watched);
      ends(watched, end);
      costs(watched, end);
    });
}

/** The metric labels of a turn. `profile` has few values, since only profiles of the configuration are used. */
function labelsOf({ rpc, profile }: Watched) {
  return profile === "" ? { rpc } : { rpc, profile };
}

/** Makes the function that records how long a caller waited for text and audio, and how smoothly the audio arrived. */
function createWaitCounts(metrics: Metrics): (watched: Watched) => void {
  const ttft = metrics.histogram("duet_edge_ttft_seconds", "Time from the request to the first text.", [
    "rpc",
    "profile",
  ]);
  const ttfa = metrics.histogram("duet_edge_ttfa_seconds", "Time from the request to the first audio.", [
    "rpc",
    "profile",
  ]);
  const phase = metrics.histogram(
    "duet_edge_phase_seconds",
    "Time that a turn's caller waited for the first audio, by phase; the phases add up to duet_edge_ttfa_seconds.",
    ["phase"],
    phaseBuckets,
  );
  const gaps = metrics.counter(
    "duet_edge_gaps_total",
    "Estimated number of gaps in playback, for a listener who plays speech as soon as it arrives.",
  );
  const gapSeconds = metrics.counter(
    "duet_edge_gap_seconds_total",
    "Estimated total length of the gaps that duet_edge_gaps_total counts.",
  );
  return (watched) => {
    const { firstTextMs, firstAudioMs, phases } = watched.ledger.timings();
    const { context } = watched.span;
    if (firstTextMs !== undefined) ttft.observe(labelsOf(watched), firstTextMs / 1000, context);
    if (firstAudioMs !== undefined) ttfa.observe(labelsOf(watched), firstAudioMs / 1000, context);
    if (phases !== undefined)
      for (const name of phaseNames) phase.observe({ phase: name }, phases[name] / 1000, context);
    gaps.inc({}, watched.ledger.playhead.gaps);
    gapSeconds.inc({}, watched.ledger.playhead.gapMs / 1000);
  };
}

/** Makes the function that counts how turns ended. */
function createEndCounts(metrics: Metrics): (watched: Watched, end: TurnEnd) => void {
  const ended = metrics.counter("duet_edge_turns_total", "Turns that have ended.", [
    "rpc",
    "outcome",
    "code",
    "profile",
  ]);
  const outcomes = metrics.counter(
    "duet_edge_turn_outcomes_total",
    "Turns that have ended, by outcome alone, for alerts.",
    ["outcome"],
  );
  startAtZero(
    outcomes,
    turnOutcomes.map((outcome) => ({ outcome })),
  );
  const failed = metrics.counter("duet_edge_failures_total", "Turns that were refused or failed, by reason.", [
    "outcome",
    "reason",
  ]);
  const lasted = metrics.histogram("duet_edge_turn_seconds", "How long turns last.", ["rpc", "outcome"], turnBuckets);
  const few = createFew(mostReasons);
  return (watched, { outcome, code, constant }) => {
    ended.inc({ ...labelsOf(watched), outcome, code });
    outcomes.inc({ outcome });
    if (constant !== undefined) failed.inc({ outcome, reason: few(constant) });
    lasted.observe({ rpc: watched.rpc, outcome }, watched.ledger.timings().totalMs / 1000, watched.span.context);
  };
}

/** Creates the function that adds up what the turns of each tenant cost. */
function createCostCounts(metrics: Metrics): (watched: Watched, end: TurnEnd) => void {
  const turns = metrics.counter("duet_edge_tenant_turns_total", "Turns that have ended, by tenant.", [
    "tenant",
    "outcome",
  ]);
  const tokens = metrics.counter("duet_edge_tenant_tokens_total", "Tokens as counted by the model, by tenant.", [
    "tenant",
    "kind",
  ]);
  const audio = metrics.counter("duet_edge_tenant_audio_seconds_total", "Seconds of speech generated, by tenant.", [
    "tenant",
  ]);
  const few = createFew(mostTenants);
  return ({ ledger, ...watched }, { outcome, finished }) => {
    const tenant = few(watched.tenant);
    const { promptTokens = 0, completionTokens = 0 } = finished?.usage ?? {};
    turns.inc({ tenant, outcome });
    tokens.inc({ tenant, kind: "prompt" }, promptTokens);
    tokens.inc({ tenant, kind: "completion" }, completionTokens);
    audio.inc({ tenant }, ledger.playhead.seconds);
  };
}
