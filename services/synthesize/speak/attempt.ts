import type { Clock } from "../../../infra/clock/clock.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import { createLoudness, type Loudness } from "../audio/loudness.ts";
import type { ClauseCache, Take } from "../cache/clauses.ts";
import type { Engine } from "../engines/engine.ts";
import type { SegmentOutcome, SpeakMetrics } from "../report/metrics.ts";
import type { WorkerHealth } from "../report/worker-health.ts";
import type { Dispatch } from "../schedule/command.ts";
import type { Ending } from "../schedule/ending.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import type { Levels } from "./levels.ts";
import { createPart, type Part } from "./part.ts";
import { type Reading, type RunningReading, startReading } from "./reading.ts";
import { type NextStep, nextStep, signOf } from "./retry.ts";
import type { EndSegment, SegmentTracer } from "./segment-spans.ts";
import type { Session } from "./session.ts";

/** An attempt to speak a segment, from its start until its worker is free again. */
export interface Attempt {
  /** Ends the attempt because nobody wants the segment any more, or another worker has it now. */
  abandon(why: "unwanted" | "silent"): void;
  /** Ends the segment early: after the audio that has already been passed on to the reader. */
  cut(): void;
}

/** What all attempts with an engine use in common. */
export interface AttemptTools {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly metrics: SpeakMetrics;
  readonly trace: SegmentTracer;
  readonly health: WorkerHealth;
  readonly cache: ClauseCache | undefined;
  readonly levels: Levels;
}

/** What an attempt asks the schedule, and what it reports to the schedule. */
export interface AttemptWatch {
  /** Whether the attempt's worker was on trial when the attempt began. */
  readonly trial: boolean;
  /** Whether a healthy worker could speak the segment instead. */
  others(): boolean;
  /** Whether the segment has waited as long as it may. */
  overdue(): boolean;
  /**
   * Reports that the worker sent bytes. `passedSeconds`: how much of the segment has been passed on to the reader by
   * now.
   */
  sounded(passedSeconds: number): void;
  /**
   * Reports that the worker is free. Called once, after all other calls, and in the same turn of the event loop in
   * which the part (the segment's events for the reader) is ended.
   */
  ended(ending: Ending): void;
}

class RunningAttempt implements Attempt {
  readonly #dispatch: Dispatch<SpeakableClause>;
  readonly #session: Session;
  readonly #tools: AttemptTools;
  readonly #watch: AttemptWatch;
  readonly #part: Part;
  /** When the attempt began. */
  readonly #since: number;
  readonly #endSpan: EndSegment;
  /** Receives the attempt's speech for the cache; undefined if the speech may not be reused for other texts. */
  readonly #take: Take | undefined;
  readonly #loudness: Loudness;
  readonly #job = new AbortController();
  readonly #reading: RunningReading;
  /** The outcome of an attempt that was abandoned; undefined as long as the segment still belongs to this attempt. */
  #givenUp: SegmentOutcome | undefined;
  /** When the worker first sent audio. Used only if the engine streams: other engines send all audio at the end. */
  #broughtAt: number | undefined;

  constructor(dispatch: Dispatch<SpeakableClause>, session: Session, tools: AttemptTools, watch: AttemptWatch) {
    const { engine, clock, metrics, trace, cache } = tools;
    const { options } = session;
    this.#dispatch = dispatch;
    this.#session = session;
    this.#tools = tools;
    this.#watch = watch;
    this.#part = session.parts.get(dispatch.segment) ?? beginPart(dispatch, session, engine);
    if (dispatch.attempts === 0) metrics.ended(endOf(dispatch));
    this.#since = clock.now();
    this.#endSpan = trace.begin(options.trace ?? {}, dispatch, options.voice);
    this.#take = cache?.take(dispatch.clauses);
    this.#loudness = createLoudness(engine.sampleRateHertz);
    metrics.waited(dispatch.waitedMs / 1000, options.trace);
    options.waits?.dispatched(dispatch.waitedMs);
    this.#reading = this.#read();
    void this.#reading.ended.then((reading) => this.#end(reading));
  }

  abandon(why: "unwanted" | "silent"): void {
    this.#givenUp = why === "silent" ? "again" : "abandoned";
    this.#job.abort();
  }

  cut(): void {
    const rest = this.#reading.cut();
    if (!this.#session.options.spare || !this.#part.takeBack()) this.#part.send(rest);
    const failure = new EngineError(
      "silent",
      `the speech server at ${this.#address} stopped sending audio before the segment was complete`,
    );
    this.#part.end({ failure, engineMs: this.#tools.clock.now() - this.#since });
    this.#givenUp = "failed";
    this.#job.abort();
  }

  get #address(): string | undefined {
    return this.#tools.engine.addresses[this.#dispatch.worker];
  }

  #read(): RunningReading {
    const { engine } = this.#tools;
    const { like, seed, options } = this.#session;
    const { worker, attempts } = this.#dispatch;
    return startReading(
      {
        engine,
        worker,
        text: this.#part.segment.spoken,
        goesOn: endOf(this.#dispatch) !== "mark",
        voice: options.voice,
        like,
        // The seed is the same throughout a text, and a different one for each further attempt at a segment.
        seed: (seed + attempts) % 2 ** 31,
        pass: (samples) => this.#pass(samples),
        sounded: () => this.#watch.sounded(this.#passedSeconds()),
      },
      this.#job.signal,
    );
  }

  #pass(samples: Int16Array): void {
    if (this.#givenUp !== undefined) return;
    if (this.#tools.engine.streams) this.#broughtAt ??= this.#tools.clock.now();
    this.#send(samples);
  }

  #send(samples: Int16Array): void {
    const now = this.#tools.clock.now();
    this.#take?.add(samples);
    this.#loudness.look(samples);
    this.#part.send(samples, { broughtAt: this.#broughtAt ?? now, passedAt: now });
  }

  #passedSeconds(): number {
    return this.#part.sampleCount / this.#tools.engine.sampleRateHertz;
  }

  /** Called when the worker is free again: ends the attempt, and decides whether the segment is attempted again. */
  #end({ rest, fault }: Reading): void {
    const { clock, health, metrics } = this.#tools;
    const { worker, failures, losses } = this.#dispatch;
    const engineMs = clock.now() - this.#since;
    if (fault instanceof Error && fault !== this.#job.signal.reason) health.failed(worker, fault);
    const wanted = this.#givenUp === undefined;
    // A failed segment that nobody has begun to hear is spoken again as a whole. If only its sound was wrong, this
    // happens once: audio that sounds wrong for the second time is better than none.
    const again = fault instanceof Error || (fault !== undefined && failures === 0);
    const passedOn = wanted && again ? !this.#part.takeBack() : this.#part.sampleCount > 0;
    const { trial } = this.#watch;
    const others = this.#watch.others();
    const overdue = this.#watch.overdue();
    const next = nextStep({ fault, passedOn, failures, losses, others, overdue, trial, wanted });
    if (next === "keep") this.#keep(rest, fault, engineMs);
    if (next === "giveUp") this.#part.fail(fault);
    const seconds = next === "keep" ? this.#passedSeconds() : 0;
    const outcome = this.#givenUp ?? outcomeOf(next, seconds);
    metrics.segment(outcome, engineMs / 1000, seconds);
    this.#endSpan(outcome, fault, seconds);
    const retry = typeof next === "object" ? next.retry : undefined;
    // The guard's verdict counts only if the guard has checked the whole speech: not if the attempt was abandoned or
    // ended with an error.
    const isGarbled = wanted && !(fault instanceof Error) ? fault !== undefined : undefined;
    this.#watch.ended({ seconds, retry, isGarbled, ...signOf(fault) });
  }

  /** Ends the segment with the audio that this attempt made: the segment is not attempted again. */
  #keep(rest: Int16Array, fault: Reading["fault"], engineMs: number): void {
    this.#send(rest);
    if (fault === undefined) {
      this.#take?.keep();
      this.#tools.levels.heard(this.#session.options.voice, this.#loudness.dbfs);
      this.#session.like ??= this.#part.sample;
    }
    const failure = failureOf(fault, this.#part.sampleCount > 0, this.#address);
    this.#part.end({ failure, suspect: fault !== undefined, engineMs });
  }
}

/**
 * Has a worker speak a segment, passes on its audio, and decides what happens to the segment when the worker is free
 * again.
 */
export function startAttempt(
  dispatch: Dispatch<SpeakableClause>,
  session: Session,
  tools: AttemptTools,
  watch: AttemptWatch,
): Attempt {
  return new RunningAttempt(dispatch, session, tools, watch);
}

const endOf = ({ clauses }: Dispatch<SpeakableClause>) => clauses.at(-1)?.ends ?? "mark";

/** Makes a segment's part (the segment's events for the reader), at the first attempt at the segment. */
function beginPart({ segment: index, clauses }: Dispatch<SpeakableClause>, session: Session, engine: Engine): Part {
  const keepsSample = engine.fromFirst(session.options.voice) && session.like === undefined;
  const voice = `${engine.name}/${session.options.voice}`;
  const part = createPart(index, clauses, { voice, sampleRateHertz: keepsSample ? engine.sampleRateHertz : undefined });
  session.parts.set(index, part);
  void session.queue.write(part.events);
  return part;
}

/** Why a segment that is not attempted again is incomplete; undefined if it is complete, however it sounds. */
function failureOf(fault: Reading["fault"], isHeard: boolean, address: string | undefined): Error | undefined {
  if (fault === "silent") return new EngineError("empty", `the speech server at ${address} sent only silence`);
  if (typeof fault === "string" && !isHeard)
    return new EngineError("misshapen", `the speech server at ${address} sent noise instead of speech`);
  return fault instanceof Error ? fault : undefined;
}

function outcomeOf(next: NextStep, seconds: number): SegmentOutcome {
  if (typeof next === "object") return "again";
  return seconds > 0 ? "done" : "failed";
}
