import { type Metrics, startAtZero } from "../../../infra/telemetry/metrics.ts";
import type { TraceContext } from "../../../infra/telemetry/tracer.ts";
import { observeDrift } from "../../common/engine/drift.ts";
import type { Found } from "../cache/cache.ts";
import type { BorderKind } from "../schedule/sizes/border.ts";
import type { EngineWatch } from "./watch.ts";

/**
 * How an attempt at a segment ended. `again`: the segment is attempted again. `abandoned`: nobody wanted the segment
 * any more. `cached`: no engine was needed, since the segment's speech existed already.
 */
const segmentOutcomes = ["done", "again", "failed", "abandoned", "cached"] as const;

/** How an attempt at a segment ended. */
export type SegmentOutcome = (typeof segmentOutcomes)[number];

/** What Synthesize measures about the work of one engine. */
export interface SpeakMetrics {
  /** Records that an attempt at a segment has ended, how long its engine worked, and how much audio came of it. */
  segment(outcome: SegmentOutcome, engineSeconds: number, audioSeconds: number): void;
  /** Records how long a segment waited for a worker. */
  waited(seconds: number, within?: TraceContext): void;
  /** Records at which kind of border a segment ends; called once per segment, however often it is attempted. */
  ended(border: BorderKind): void;
  /** Records the time from the first text of a call to its first audio. */
  firstAudio(seconds: number, within?: TraceContext): void;
  /** Records that a clause was looked up in the cache; `found`: what the look-up found, undefined if nothing. */
  looked(found: Found | undefined): void;
}

/** An engine's load, and how many requests it accepts at once. */
export interface Load {
  readonly sessions: number;
  readonly busy: number;
  readonly slots: number;
}

/** What Synthesize measures about its engines. */
export interface SynthesizeMetrics {
  /** The metrics of one engine; `load` is called whenever they are read. */
  of(engine: string, load: () => Load): SpeakMetrics;
  /** Records that a text was handed over from one engine to another. */
  handedOver(from: string, to: string): void;
}

/** Registers the metrics of Synthesize. */
export function createSynthesizeMetrics(metrics: Metrics): SynthesizeMetrics {
  const segments = metrics.counter("duet_synthesize_segments_total", "Segments by outcome.", ["engine", "outcome"]);
  const seconds = metrics.counter(
    "duet_synthesize_engine_seconds_total",
    "Time that workers were busy, by outcome of the segment.",
    ["engine", "outcome"],
  );
  const audio = metrics.counter("duet_synthesize_audio_seconds_total", "Speech made.", ["engine"]);
  const ttfa = metrics.histogram("duet_synthesize_ttfa_seconds", "Time from a call's first text to its first audio.", [
    "engine",
  ]);
  const substitutions = metrics.counter(
    "duet_synthesize_substitutions_total",
    "Texts that continued with a substitute voice of another engine because their own could not speak.",
    ["engine", "substitute"],
  );
  const clauses = metrics.counter(
    "duet_synthesize_cache_clauses_total",
    "Clauses by where the cache found speech for them: memory, shared (Redis), or miss if it found none.",
    ["engine", "outcome"],
  );
  const borders = metrics.counter(
    "duet_synthesize_segment_borders_total",
    "Segments by where they end: at a punctuation mark, or, if none came in time, after a phrase or a word.",
    ["engine", "border"],
  );
  const queue = metrics.histogram(
    "duet_synthesize_queue_seconds",
    "How long segments that were ready to be spoken waited for a worker.",
    ["engine"],
  );
  const loads = new Map<string, () => Load>();
  metrics.gauge("duet_synthesize_sessions_in_flight", "Texts being spoken.", ["engine"], (gauge) => {
    for (const [engine, load] of loads) gauge.set({ engine }, load().sessions);
  });
  metrics.gauge(
    "duet_synthesize_slots_in_use",
    "Requests that an engine's servers are processing.",
    ["engine"],
    (gauge) => {
      for (const [engine, load] of loads) gauge.set({ engine }, load().busy);
    },
  );
  metrics.gauge(
    "duet_synthesize_slots",
    "The most requests that an engine's servers process at once.",
    ["engine"],
    (gauge) => {
      for (const [engine, load] of loads) gauge.set({ engine }, load().slots);
    },
  );
  return {
    of(engine, load) {
      loads.set(engine, load);
      startAtZero(
        seconds,
        segmentOutcomes.map((outcome) => ({ engine, outcome })),
      );
      return {
        segment(outcome, engineSeconds, audioSeconds) {
          segments.inc({ engine, outcome });
          seconds.inc({ engine, outcome }, engineSeconds);
          audio.inc({ engine }, audioSeconds);
        },
        waited: (seconds, within) => queue.observe({ engine }, seconds, within),
        ended: (border) => borders.inc({ engine, border }),
        looked: (found) => clauses.inc({ engine, outcome: found ?? "miss" }),
        firstAudio: (seconds, within) => ttfa.observe({ engine }, seconds, within),
      };
    },
    handedOver: (engine, substitute) => substitutions.inc({ engine, substitute }),
  };
}

/** Registers a metric that shows in which fields the workers of each engine last differed from the config. */
export function observeEngines(metrics: Metrics, watches: readonly Pick<EngineWatch, "differences">[]): void {
  const help = "Fields of the config that do not match the running speech servers.";
  observeDrift(metrics, { name: "duet_synthesize_drift", help }, () =>
    watches.flatMap(({ differences }) => differences),
  );
}
