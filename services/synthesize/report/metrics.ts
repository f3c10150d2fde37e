import { type Metrics, startAtZero } from "../../../infra/telemetry/metrics.ts";
import type { TraceContext } from "../../../infra/telemetry/tracer.ts";
import { observeDrift } from "../../common/engine/drift.ts";
import type { Found } from "../cache/cache.ts";
import type { BorderKind } from "../schedule/sizes/border.ts";
import type { EngineWatch } from "./watch.ts";

/** How work on a segment ends: `again` is spoken once more, `abandoned` was wanted by nobody any more, `cached` was made before. */
const segmentOutcomes = ["done", "again", "failed", "abandoned", "cached"] as const;

/** How it ended. */
export type SegmentOutcome = (typeof segmentOutcomes)[number];

/** What Synthesize counts of the work it gives to an engine. */
export interface SpeakMetrics {
  /** Work on a segment ended. */
  segment(outcome: SegmentOutcome, engineSeconds: number, audioSeconds: number): void;
  /** A segment has waited so long for a worker. */
  waited(seconds: number, within?: TraceContext): void;
  /** A segment ends there; each is told once, however often it is attempted. */
  ended(border: BorderKind): void;
  /** First text to first audio of a call. */
  firstAudio(seconds: number, within?: TraceContext): void;
  /** Speech of a clause was looked for in the cache. */
  looked(found: Found | undefined): void;
}

/** What an engine has to do, and how many requests it takes at once. */
export interface Load {
  readonly sessions: number;
  readonly busy: number;
  readonly slots: number;
}

/** What Synthesize counts of its engines. */
export interface SynthesizeMetrics {
  /** Those of an engine of that name, whose load is asked for when somebody reads them. */
  of(engine: string, load: () => Load): SpeakMetrics;
  /** A text goes on with another engine. */
  handedOver(from: string, to: string): void;
}

/** Registers them. */
export function createSynthesizeMetrics(metrics: Metrics): SynthesizeMetrics {
  const segments = metrics.counter("duet_synthesize_segments_total", "Segments by outcome.", ["engine", "outcome"]);
  const seconds = metrics.counter(
    "duet_synthesize_engine_seconds_total",
    "Time that workers were busy, by outcome of the segment.",
    ["engine", "outcome"],
  );
  const audio = metrics.counter("duet_synthesize_audio_seconds_total", "Speech made.", ["engine"]);
  const ttfa = metrics.histogram("duet_synthesize_ttfa_seconds", "From a call's first text to its first audio.", [
    "engine",
  ]);
  const substitutions = metrics.counter(
    "duet_synthesize_substitutions_total",
    "Texts that went on with a voice of another engine, since their own could not speak.",
    ["engine", "substitute"],
  );
  const clauses = metrics.counter(
    "duet_synthesize_cache_clauses_total",
    "Clauses by where speech of the same words was found: memory, shared, or miss.",
    ["engine", "outcome"],
  );
  const borders = metrics.counter(
    "duet_synthesize_segment_borders_total",
    "Segments by where they end: at a mark, or where no mark came in time, after a phrase or a word.",
    ["engine", "border"],
  );
  const queue = metrics.histogram(
    "duet_synthesize_queue_seconds",
    "How long segments that could be spoken have waited for a worker.",
    ["engine"],
  );
  const loads = new Map<string, () => Load>();
  metrics.gauge("duet_synthesize_sessions_in_flight", "Texts that are being spoken.", ["engine"], (gauge) => {
    for (const [engine, load] of loads) gauge.set({ engine }, load().sessions);
  });
  metrics.gauge("duet_synthesize_slots_in_use", "Engine slots in use.", ["engine"], (gauge) => {
    for (const [engine, load] of loads) gauge.set({ engine }, load().busy);
  });
  metrics.gauge("duet_synthesize_slots", "Requests that an engine's servers take at once.", ["engine"], (gauge) => {
    for (const [engine, load] of loads) gauge.set({ engine }, load().slots);
  });
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

/** Registers how far engines are from their config, as they were seen last. */
export function observeEngines(metrics: Metrics, watches: readonly Pick<EngineWatch, "differences">[]): void {
  const help = "Fields of the config that the voice's servers differ from.";
  observeDrift(metrics, { name: "duet_synthesize_drift", help }, () =>
    watches.flatMap(({ differences }) => differences),
  );
}
