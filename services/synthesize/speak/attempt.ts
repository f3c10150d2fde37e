import type { Clock } from "../../../infra/clock/clock.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import { createLoudness } from "../audio/loudness.ts";
import type { ClauseCache } from "../cache/clauses.ts";
import type { Engine } from "../engines/engine.ts";
import type { SegmentOutcome, SpeakMetrics } from "../report/metrics.ts";
import type { WorkerHealth } from "../report/worker-health.ts";
import type { Dispatch } from "../schedule/command.ts";
import type { Ending } from "../schedule/ending.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import type { Levels } from "./levels.ts";
import { createPart, type Part } from "./part.ts";
import { type Reading, startReading } from "./reading.ts";
import { type NextStep, nextStep, signOf } from "./retry.ts";
import type { SegmentTracer } from "./segment-spans.ts";
import type { Session } from "./session.ts";

/** An attempt at a segment, as long as its worker has it. */
export interface Attempt {
  /** Nobody wants it any more, or another worker has the segment now. */
  abandon(why: "unwanted" | "silent"): void;
  /** What was heard of it is all there will be. */
  cut(): void;
}

/** What all attempts share. */
export interface AttemptTools {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly metrics: SpeakMetrics;
  readonly trace: SegmentTracer;
  readonly health: WorkerHealth;
  readonly cache: ClauseCache | undefined;
  readonly levels: Levels;
}

/** What the schedule knows of an attempt, and what it is told. */
export interface AttemptWatch {
  /** Whether its worker was on trial as it began. */
  readonly trial: boolean;
  /** Whether a worker that is well could read the segment instead. */
  others(): boolean;
  /** Whether the segment has waited for as long as it may. */
  overdue(): boolean;
  /** The worker brought bytes; so many seconds of the segment have gone on to the reader by now. */
  sounded(passedSeconds: number): void;
  /** The worker is free. Called once, last, and in the same turn of the event loop in which the part got its end. */
  ended(ending: Ending): void;
}

/** Has a worker read a segment, passes on what may be heard, and decides what becomes of the segment when the worker is free again. */
export function startAttempt(
  dispatch: Dispatch<SpeakableClause>,
  session: Session,
  { engine, clock, metrics, trace, health, cache, levels }: AttemptTools,
  watch: AttemptWatch,
): Attempt {
  const { worker, segment: index, attempts, failures, losses } = dispatch;
  const { voice } = session.options;
  const address = engine.addresses[worker];
  const part = session.parts.get(index) ?? beginPart(dispatch, session, engine);
  if (attempts === 0) metrics.ended(dispatch.clauses.at(-1)?.ends ?? "mark");
  const since = clock.now();
  const endSpan = trace.begin(session.options.trace ?? {}, dispatch, voice);
  const job = new AbortController();
  /** Set once the segment is not this attempt's any more. */
  let givenUp: SegmentOutcome | undefined;
  /** All that it comes to, where that may serve other texts. */
  const take = cache?.take(dispatch.clauses);
  const loudness = createLoudness(engine.sampleRateHertz);
  metrics.waited(dispatch.waitedMs / 1000, session.options.trace);
  session.options.waits?.dispatched(dispatch.waitedMs);
  /** When the worker brought something for the first time, of an engine that streams: all of another's is there at once. */
  let broughtAt: number | undefined;
  const beginning = () => ({ broughtAt: broughtAt ?? clock.now(), passedAt: clock.now() });
  const passedSeconds = () => part.sampleCount / engine.sampleRateHertz;
  const reading = startReading(
    {
      engine,
      worker,
      text: part.segment.spoken,
      goesOn: (dispatch.clauses.at(-1)?.ends ?? "mark") !== "mark",
      voice,
      like: session.like,
      // The same throughout a text, and another for each further attempt at a segment.
      seed: (session.seed + attempts) % 2 ** 31,
      pass: (samples) => {
        if (givenUp !== undefined) return;
        take?.add(samples);
        loudness.look(samples);
        if (engine.streams) broughtAt ??= clock.now();
        part.send(samples, beginning());
      },
      sounded: () => watch.sounded(passedSeconds()),
    },
    job.signal,
  );

  function end({ rest, fault }: Reading): void {
    const engineMs = clock.now() - since;
    if (fault instanceof Error && fault !== job.signal.reason) health.failed(worker, fault);
    const wanted = givenUp === undefined;
    // What nobody has begun to hear is spoken again as a whole; what sounds odd for the second time is better than nothing.
    const again = fault instanceof Error || (fault !== undefined && failures === 0);
    const passedOn = wanted && again ? !part.takeBack() : part.sampleCount > 0;
    const { trial } = watch;
    const others = watch.others();
    const overdue = watch.overdue();
    const next = nextStep({ fault, passedOn, failures, losses, others, overdue, trial, wanted });
    if (next === "keep") {
      take?.add(rest);
      loudness.look(rest);
      part.send(rest, beginning());
      if (fault === undefined) {
        take?.keep();
        levels.heard(voice, loudness.dbfs);
        session.like ??= part.sample;
      }
      part.end({ failure: failureOf(fault, part.sampleCount > 0, address), suspect: fault !== undefined, engineMs });
    }
    if (next === "giveUp") part.fail(fault);
    const seconds = next === "keep" ? passedSeconds() : 0;
    const outcome = givenUp ?? outcomeOf(next, seconds);
    metrics.segment(outcome, engineMs / 1000, seconds);
    endSpan(outcome, fault, seconds);
    const retry = typeof next === "object" ? next.retry : undefined;
    // Of what was heard whole, how it sounded is known; a reading that failed says nothing of its text.
    const isGarbled = wanted && !(fault instanceof Error) ? fault !== undefined : undefined;
    watch.ended({ seconds, retry, isGarbled, ...signOf(fault) });
  }

  void reading.ended.then(end);
  return {
    abandon(why) {
      givenUp = why === "silent" ? "again" : "abandoned";
      job.abort();
    },
    cut() {
      const rest = reading.cut();
      if (!session.options.spare || !part.takeBack()) part.send(rest);
      const failure = new EngineError("silent", `the voice at ${address} fell silent`);
      part.end({ failure, engineMs: clock.now() - since });
      givenUp = "failed";
      job.abort();
    },
  };
}

/** The part of a segment that is attempted for the first time. */
function beginPart({ segment: index, clauses }: Dispatch<SpeakableClause>, session: Session, engine: Engine): Part {
  const keepsSample = engine.fromFirst(session.options.voice) && session.like === undefined;
  const voice = `${engine.name}/${session.options.voice}`;
  const part = createPart(index, clauses, { voice, sampleRateHertz: keepsSample ? engine.sampleRateHertz : undefined });
  session.parts.set(index, part);
  void session.queue.write(part.events);
  return part;
}

/** Why a segment that is kept is not spoken to its end; undefined if it is, however it sounds. */
function failureOf(fault: Reading["fault"], isHeard: boolean, address: string | undefined): Error | undefined {
  if (fault === "silent") return new EngineError("empty", `the voice at ${address} sent nothing but silence`);
  if (typeof fault === "string" && !isHeard)
    return new EngineError("misshapen", `the voice at ${address} sent noise where speech was due`);
  return fault instanceof Error ? fault : undefined;
}

function outcomeOf(next: NextStep, seconds: number): SegmentOutcome {
  if (typeof next === "object") return "again";
  return seconds > 0 ? "done" : "failed";
}
