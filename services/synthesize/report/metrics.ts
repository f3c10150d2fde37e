import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import { observeDrift } from "../../common/engine/drift.ts";
import type { EngineWatch } from "./watch.ts";

/** How work on a segment ended: `again` is spoken once more, `abandoned` was wanted by nobody any more. */
export type SegmentOutcome = "done" | "again" | "failed" | "abandoned";

/** What Synthesize counts of the work it gives to engines. */
export interface SpeakMetrics {
  /** Work on a segment ended. */
  segment(outcome: SegmentOutcome, engineSeconds: number, audioSeconds: number): void;
  /** First text to first audio of a call. */
  firstAudio(seconds: number): void;
}

/** Registers them. */
export function createSpeakMetrics(metrics: Metrics, load: () => { sessions: number; busy: number }): SpeakMetrics {
  const segments = metrics.counter("duet_synthesize_segments_total", "Segments by outcome.", ["outcome"]);
  const engine = metrics.counter(
    "duet_synthesize_engine_seconds_total",
    "Time that workers were busy, by outcome of the segment.",
    ["outcome"],
  );
  const audio = metrics.counter("duet_synthesize_audio_seconds_total", "Speech made.");
  const ttfa = metrics.histogram("duet_synthesize_ttfa_seconds", "From a call's first text to its first audio.");
  metrics.gauge("duet_synthesize_sessions_in_flight", "Texts that are being spoken.", [], (gauge) =>
    gauge.set(load().sessions),
  );
  metrics.gauge("duet_synthesize_slots_in_use", "Engine slots in use.", [], (gauge) => gauge.set(load().busy));
  return {
    segment(outcome, engineSeconds, audioSeconds) {
      segments.inc({ outcome });
      engine.inc({ outcome }, engineSeconds);
      audio.inc(audioSeconds);
    },
    firstAudio: (seconds) => ttfa.observe(seconds),
  };
}

/** Registers how far engines are from their config, as they were seen last. */
export function observeEngines(metrics: Metrics, watches: readonly Pick<EngineWatch, "differences">[]): void {
  const help = "Fields of the config that the voice's servers differ from.";
  observeDrift(metrics, { name: "duet_synthesize_drift", help }, () =>
    watches.flatMap(({ differences }) => differences),
  );
}
