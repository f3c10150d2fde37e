import type { Clock } from "../../../infra/clock/clock.ts";
import { duet, genAi, operations, toSeconds } from "../../../infra/telemetry/names.ts";
import type { TraceContext, Tracer } from "../../../infra/telemetry/tracer.ts";
import { errorType } from "../../common/server/call-spans.ts";
import type { Engine } from "../engines/engine.ts";
import type { SegmentOutcome } from "../report/metrics.ts";
import type { Dispatch } from "../schedule/command.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import type { Reading } from "./reading.ts";

/** Traces the engines' work: one span for each attempt at a segment. */
export interface SegmentTracer {
  /** Notes that clauses begin to wait for a worker. */
  offered(clauses: readonly SpeakableClause[]): void;
  /** Records that the speech of a clause was cached. */
  served(parent: TraceContext, served: Served): void;
  /** Notes that a worker begins an attempt; call the returned function when the worker is free again. */
  begin(parent: TraceContext, dispatch: Dispatch<SpeakableClause>, voice: string): EndSegment;
}

/** A segment whose speech was cached, so that it needed no engine. */
export interface Served {
  readonly segment: number;
  readonly clauses: readonly SpeakableClause[];
  readonly voice: string;
  readonly seconds: number;
}

/** Ends the span of an attempt that produced `audioSeconds` of speech. */
export type EndSegment = (outcome: SegmentOutcome, fault: Reading["fault"], audioSeconds: number) => void;

const untraced: SegmentTracer = { offered() {}, served() {}, begin: () => () => {} };

/** Makes the tracer of an engine's work. An attempt that is no longer wanted is traced until its worker is free. */
export function createSegmentTracer(tracer: Tracer, engine: Engine, clock: Clock): SegmentTracer {
  if (!tracer.enabled) return untraced;
  /** Since when each clause has been waiting for a worker. */
  const waiting = new WeakMap<SpeakableClause, number>();
  const offered = (clauses: readonly SpeakableClause[]) => {
    for (const clause of clauses) waiting.set(clause, clock.now());
  };
  return {
    offered,
    served(parent, { segment, clauses, voice, seconds }) {
      const attributes = {
        [duet.voice]: voice,
        [duet.segment]: segment,
        [duet.characters]: totalCharacters(clauses),
        [duet.audioDuration]: toSeconds(seconds * 1000),
      };
      tracer.start(`${operations.speech} cache`, { kind: "internal", parent, attributes }).end();
    },
    begin(parent, { clauses, segment, attempts, worker }, voice) {
      const first = waiting.get(clauses[0] as SpeakableClause) ?? clock.now();
      const span = tracer.start(`${operations.speech} ${engine.name}`, {
        kind: "client",
        parent,
        attributes: {
          [genAi.operation]: operations.speech,
          [genAi.provider]: engine.name,
          [genAi.outputType]: "speech",
          [duet.voice]: `${engine.name}/${voice}`,
          [duet.segment]: segment,
          [duet.attempt]: attempts,
          [duet.worker]: worker,
          [duet.characters]: totalCharacters(clauses),
          [duet.queueDuration]: toSeconds(clock.now() - first),
        },
      });
      return (outcome, fault, audioSeconds) => {
        span.set({ [duet.speechOutcome]: outcome, [duet.audioDuration]: toSeconds(audioSeconds * 1000) });
        if (fault !== undefined && outcome !== "abandoned")
          span.fail(typeof fault === "string" ? fault : errorType(fault));
        span.end();
        if (outcome === "again") offered(clauses);
      };
    },
  };
}

const totalCharacters = (clauses: readonly SpeakableClause[]) =>
  clauses.reduce((sum, { characters }) => sum + characters, 0);
