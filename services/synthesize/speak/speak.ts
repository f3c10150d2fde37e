import type { Clock } from "../../../infra/clock/clock.ts";
import { createPipe, type Pipe } from "../../../infra/stream/pipe.ts";
import { noTracer, type TraceContext, type Tracer } from "../../../infra/telemetry/tracer.ts";
import { frameBytes, toBytes } from "../audio/pcm.ts";
import type { Engine } from "../engines/engine.ts";
import type { SegmentOutcome, SpeakMetrics } from "../report/metrics.ts";
import type { Command, Dispatch } from "../schedule/command.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { joinClauses, type Segment } from "../text/join.ts";
import type { Offer, SpeakableClause } from "../text/words.ts";
import { readAloud } from "./reading.ts";
import { isUnreachable, nextStep } from "./retry.ts";
import { createSegmentTracer } from "./segment-spans.ts";

/** Something that happened while a text is spoken. Segments come in order, each complete before the next begins. */
export type Speech =
  | { readonly kind: "segment"; readonly index: number; readonly segment: Segment }
  /** `offset` counts sample frames within the segment; `pcm` is s16le, at most 32 KiB. */
  | { readonly kind: "audio"; readonly index: number; readonly offset: number; readonly pcm: Uint8Array }
  | { readonly kind: "done"; readonly index: number; readonly sampleCount: number; readonly engineMs: number }
  /** A range of the written text is not heard as written. */
  | { readonly kind: "warning"; readonly reason: WarningReason; readonly start: number; readonly end: number };

/** Why a range is not heard as written. */
export type WarningReason = "segment-failed" | "audio-suspect" | "not-spoken";

/** Speaks texts of many sessions with one engine. */
export interface Speaker {
  /**
   * Speaks what is offered, while it is offered, with a voice of the engine. Ends after the last segment; throws the
   * EngineError that makes going on useless, the source's error, or the signal's reason. Left early, it drops what waits.
   * `trace` is the place in a trace that the work belongs to.
   */
  speak(offers: AsyncIterable<Offer>, voice: string, signal: AbortSignal, trace?: TraceContext): AsyncGenerator<Speech>;
}

/** What a speaker is made of. */
export interface SpeakerOptions {
  readonly engine: Engine;
  readonly schedule: Schedule<SpeakableClause>;
  readonly clock: Clock;
  readonly metrics: SpeakMetrics;
  /** Default: nothing is traced. */
  readonly tracer?: Tracer;
}

interface Session {
  readonly voice: string;
  readonly trace: TraceContext;
  /** One stream of events per segment or warning, in order. Unbounded: the schedule holds back what is not taken. */
  readonly queue: Pipe<AsyncIterable<Speech>>;
  readonly segments: Map<number, { output: Pipe<Speech>; segment: Segment; job: AbortController }>;
}

/** Bytes of an audio event: 0.37 s at 44.1 kHz; what a message costs is paid per message, not per byte. */
const pieceBytes = 32 * 1024;

/** Makes a speaker: drives the schedule with what happens, and does what it says. */
export function createSpeaker(options: SpeakerOptions): Speaker {
  const { engine, schedule, clock, metrics, tracer = noTracer } = options;
  const segmentTrace = createSegmentTracer(tracer, engine, clock);
  const sessions = new Map<string, Session>();
  let lastId = 0;
  let cancelWake = () => {};

  function apply(commands: readonly Command<SpeakableClause>[]): void {
    for (const command of commands) {
      switch (command.kind) {
        case "dispatch":
          void run(command);
          break;
        case "abandon":
          sessions.get(command.session)?.segments.get(command.segment)?.job.abort();
          break;
        case "over":
          sessions.get(command.session)?.queue.end();
          break;
        case "wakeAt":
          cancelWake();
          if (command.at !== Number.POSITIVE_INFINITY)
            cancelWake = clock.after(command.at - clock.now(), () => apply(schedule.tick(clock.now())));
          break;
      }
    }
  }

  async function run(dispatch: Dispatch<SpeakableClause>): Promise<void> {
    const { session: id, segment: index, worker, attempt } = dispatch;
    const session = sessions.get(id) as Session;
    const { output, segment, job } = session.segments.get(index) ?? begin(session, dispatch);
    const since = clock.now();
    const endSpan = segmentTrace.begin(session.trace, dispatch, session.voice);
    let sampleCount = 0;
    const send = (samples: Int16Array) => {
      for (const pcm of pieces(toBytes(samples), pieceBytes)) {
        void output.write({ kind: "audio", index, offset: sampleCount, pcm });
        sampleCount += pcm.length / frameBytes;
      }
    };
    // A segment cache belongs here: same words, voice, engine build and parameters -> the same audio, without the engine.
    const { rest, fault } = await readAloud(
      { engine, worker, text: segment.spoken, voice: session.voice },
      job.signal,
      send,
    );
    const engineMs = clock.now() - since;
    const settle = (outcome: SegmentOutcome) => {
      const seconds = sampleCount / engine.sampleRateHertz;
      metrics.segment(outcome, engineMs / 1000, seconds);
      endSpan(outcome, fault, seconds);
      const again = outcome === "again";
      apply(
        outcome === "done"
          ? schedule.done(id, index, seconds, clock.now())
          : schedule.failed(id, index, { again, unreachable: isUnreachable(fault) }, clock.now()),
      );
    };
    switch (nextStep({ fault, passedOn: sampleCount > 0, attempt, wanted: !job.signal.aborted })) {
      case "abandon":
        return settle("abandoned");
      case "again":
        return settle("again");
      case "giveUp":
        output.fail(fault);
        return settle("failed");
      case "keep":
        send(rest);
    }
    if (fault !== undefined) {
      const reason = fault instanceof Error || sampleCount === 0 ? "segment-failed" : "audio-suspect";
      void output.write({ kind: "warning", reason, start: segment.start, end: segment.end });
    }
    void output.write({ kind: "done", index, sampleCount, engineMs });
    output.end();
    settle(sampleCount === 0 ? "failed" : "done");
  }

  function begin(session: Session, { segment: index, clauses }: Dispatch<SpeakableClause>) {
    const segment = joinClauses(clauses);
    const output = createPipe<Speech>({ capacity: Number.POSITIVE_INFINITY });
    void output.write({ kind: "segment", index, segment });
    void session.queue.write(output);
    const begun = { output, segment, job: new AbortController() };
    session.segments.set(index, begun);
    return begun;
  }

  async function listen(id: string, session: Session, offers: AsyncIterable<Offer>): Promise<void> {
    try {
      for await (const { clauses, omitted, flush } of offers) {
        if (!sessions.has(id)) return;
        for (const { start, end } of omitted)
          void session.queue.write(only({ kind: "warning", reason: "not-spoken", start, end }));
        segmentTrace.offered(clauses);
        apply(schedule.offer(id, clauses, clock.now()));
        if (flush) apply(schedule.flush(id, clock.now()));
      }
      apply(schedule.end(id, clock.now()));
    } catch (error) {
      session.queue.fail(error);
    }
  }

  return {
    async *speak(offers, voice, signal, trace = {}) {
      signal.throwIfAborted();
      const id = String(++lastId);
      const session: Session = {
        voice,
        trace,
        queue: createPipe({ capacity: Number.POSITIVE_INFINITY }),
        segments: new Map(),
      };
      sessions.set(id, session);
      const onAbort = () => {
        for (const { output } of session.segments.values()) output.fail(signal.reason);
        session.queue.fail(signal.reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      void listen(id, session, offers);
      const beganAt = clock.now();
      let heard = false;
      try {
        for await (const output of session.queue)
          for await (const event of output) {
            yield event;
            if (event.kind !== "audio") continue;
            if (!heard) {
              heard = true;
              metrics.firstAudio((clock.now() - beganAt) / 1000);
              schedule.heard(id, clock.now());
            }
            apply(schedule.taken(id, event.pcm.length / frameBytes / engine.sampleRateHertz, clock.now()));
          }
      } finally {
        signal.removeEventListener("abort", onAbort);
        apply(schedule.cancel(id, clock.now()));
        sessions.delete(id);
      }
    },
  };
}

function* pieces(bytes: Uint8Array, most: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += most) yield bytes.subarray(at, at + most);
}

async function* only<T>(item: T): AsyncGenerator<T> {
  yield item;
}
