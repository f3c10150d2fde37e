import type { Clock } from "../../infra/clock/clock.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { duet, genAi, operations, toSeconds } from "../../infra/telemetry/names.ts";
import type { TraceContext, Tracer } from "../../infra/telemetry/tracer.ts";

/**
 * How the work on a recording ended. `words`: with a transcript; `silent`: nobody spoke, and no recognizer was asked;
 * `wordless`: the recognizer heard no words; `left`: the caller left.
 */
export type RecordingOutcome = "words" | "wordless" | "silent" | "failed" | "left";

/** Reports on recordings in metrics and traces; never what was said. */
export interface EarsReport {
  /** Call this when a recording has arrived. `parent` is the trace context of its call. */
  begin(durationMs: number | undefined, parent: TraceContext): RecordingReport;
}

/** Reports on the work on one recording. */
export interface RecordingReport {
  /** The trace context of the work on this recording. */
  readonly context: TraceContext;
  /** Call this when the recording was checked for speech, with the milliseconds of speech that were found. */
  looked(speechMs: number): void;
  /** Call this when the recording has a recognizer's slot and its transcription begins. */
  started(): void;
  /** Call this once, at the end. `reason` is the constant that names the failure, if there was one. */
  end(outcome: RecordingOutcome, reason?: string): void;
}

/** Options of createEarsReport. */
export interface EarsReportOptions {
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  readonly clock: Clock;
  /** The name of the model that recognizers are to use; undefined if the settings name none. */
  readonly model: string | undefined;
}

/** Creates the report on a process's transcriptions. */
export function createEarsReport({ metrics, tracer, clock, model }: EarsReportOptions): EarsReport {
  const took = metrics.histogram(
    "duet_edge_transcribe_seconds",
    "Time from a recording to its transcript, for recordings that were sent to a recognizer.",
    [],
  );
  const ended = metrics.counter("duet_edge_recordings_total", "Recordings, by outcome.", ["outcome"]);
  return {
    begin(durationMs, parent) {
      const beganAt = clock.now();
      let startedAt: number | undefined;
      const span = tracer.start(operations.transcription, {
        kind: "client",
        parent,
        attributes: {
          [genAi.operation]: operations.transcription,
          [genAi.requestModel]: model,
          [duet.recordingDuration]: durationMs === undefined ? undefined : toSeconds(durationMs),
        },
      });
      return {
        context: span.context,
        looked: (speechMs) => span.set({ [duet.recordingSpeechDuration]: toSeconds(speechMs) }),
        started() {
          startedAt = clock.now();
          span.set({ [duet.recordingQueueDuration]: toSeconds(startedAt - beganAt) });
        },
        end(outcome, reason) {
          ended.inc({ outcome });
          if (startedAt !== undefined) took.observe({}, (clock.now() - startedAt) / 1000, span.context);
          span.set({ [duet.recordingOutcome]: outcome });
          if (reason !== undefined) span.fail(reason);
          span.end();
        },
      };
    },
  };
}
