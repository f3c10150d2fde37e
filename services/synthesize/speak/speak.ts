import { randomInt } from "node:crypto";
import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { createPipe, type Pipe } from "../../../infra/stream/pipe.ts";
import { noTracer, type Tracer } from "../../../infra/telemetry/tracer.ts";
import { frameBytes } from "../audio/pcm.ts";
import type { Engine } from "../engines/engine.ts";
import type { SegmentOutcome, SpeakMetrics } from "../report/metrics.ts";
import { createWorkerHealth } from "../report/worker-health.ts";
import type { Command, Dispatch } from "../schedule/command.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Offer, SpeakableClause } from "../text/words.ts";
import { createPart, type Part } from "./part.ts";
import { startReading } from "./reading.ts";
import { nextStep, signOf } from "./retry.ts";
import { createSegmentTracer } from "./segment-spans.ts";
import type { Speaker, SpeakOptions, Speech } from "./speech.ts";

/** What a speaker is made of. */
export interface SpeakerOptions {
  readonly engine: Engine;
  readonly schedule: Schedule<SpeakableClause>;
  readonly clock: Clock;
  readonly metrics: SpeakMetrics;
  /** Is told when a worker goes and comes. Default: nobody is. */
  readonly log?: Log;
  /** Default: nothing is traced. */
  readonly tracer?: Tracer;
}

interface Session {
  readonly options: SpeakOptions;
  /** Of the first attempts at its segments. */
  readonly seed: number;
  /** One stream of events per segment or warning, in order. Unbounded: the schedule holds back what is not taken. */
  readonly queue: Pipe<AsyncIterable<Speech>>;
  readonly parts: Map<number, Part>;
  /** The first that was heard of it, where the rest is to sound like it. */
  like?: Part["sample"];
  /** The schedule has forgotten it. */
  closed: boolean;
}

/** An attempt at a segment, as long as its worker has it. */
interface Attempt {
  /** Nobody wants it any more, or another worker has the segment now. */
  abandon(why: "unwanted" | "silent"): void;
  /** What was heard of it is all there will be. */
  cut(): void;
}

/** Makes a speaker: drives the schedule with what happens, and does what it says. */
export function createSpeaker(options: SpeakerOptions): Speaker {
  const { engine, schedule, clock, metrics, log, tracer = noTracer } = options;
  const { sampleRateHertz } = engine;
  const segmentTrace = createSegmentTracer(tracer, engine, clock);
  const health = createWorkerHealth({ addresses: engine.addresses, log, clock });
  const sessions = new Map<string, Session>();
  const running = new Map<number, Attempt>();
  let lastId = 0;
  let cancelWake = () => {};
  let closed = false;

  function apply(commands: readonly Command<SpeakableClause>[]): void {
    for (const command of commands) {
      switch (command.kind) {
        case "dispatch":
          void run(command);
          break;
        case "abandon":
          running.get(command.id)?.abandon(command.why);
          break;
        case "cut":
          running.get(command.id)?.cut();
          break;
        case "over":
          close(command.session, ({ queue }) => queue.end());
          break;
        case "fail":
          close(command.session, (session) => fail(session, health.outage));
          break;
        case "probe":
          void probe(command.worker);
          break;
        case "health":
          health.changed(command.worker, command.health);
          break;
        case "wakeAt":
          cancelWake();
          if (command.at !== Number.POSITIVE_INFINITY && !closed)
            cancelWake = clock.after(Math.max(0, command.at - clock.now()), () => apply(schedule.tick(clock.now())));
          break;
      }
    }
  }

  function close(id: string, end: (session: Session) => void): void {
    const session = sessions.get(id);
    if (session === undefined || session.closed) return;
    session.closed = true;
    end(session);
    session.options.onMade?.();
  }

  /** Ends a session with an error, after what of it is whole. */
  function fail({ parts, queue }: Session, error: unknown): void {
    for (const part of parts.values()) part.fail(error);
    queue.fail(error);
  }

  async function probe(worker: number): Promise<void> {
    const reason = await engine.probe?.(worker).catch((error: unknown) => String(error));
    if (!closed) apply(schedule.probed(worker, reason === undefined, clock.now()));
  }

  async function run(dispatch: Dispatch<SpeakableClause>): Promise<void> {
    const { id, session: sessionId, segment: index, worker, attempts, failures, losses } = dispatch;
    const session = sessions.get(sessionId) as Session;
    const { voice, trace = {} } = session.options;
    const part = session.parts.get(index) ?? begin(session, dispatch);
    const trial = schedule.health(worker) !== "well";
    const since = clock.now();
    const endSpan = segmentTrace.begin(trace, dispatch, voice);
    const job = new AbortController();
    /** Set once the segment is not this attempt's any more. */
    let givenUp: SegmentOutcome | undefined;
    const passedSeconds = () => part.sampleCount / sampleRateHertz;
    // A segment cache belongs here: same words, voice, engine build and parameters -> the same audio, without the engine.
    const reading = startReading(
      {
        engine,
        worker,
        text: part.segment.spoken,
        voice,
        like: session.like,
        // The same throughout a text, and another for each further attempt at a segment.
        seed: (session.seed + attempts) % 2 ** 31,
        pass: (samples) => {
          if (givenUp === undefined) part.send(samples);
        },
        sounded: () => apply(schedule.sounded(id, passedSeconds(), clock.now())),
      },
      job.signal,
    );
    running.set(id, {
      abandon(why) {
        givenUp = why === "silent" ? "again" : "abandoned";
        job.abort();
      },
      cut() {
        part.send(reading.cut());
        part.end({ failed: true, engineMs: clock.now() - since });
        givenUp = "failed";
        job.abort();
      },
    });

    const { rest, fault } = await reading.ended;
    running.delete(id);
    const engineMs = clock.now() - since;
    if (fault instanceof Error && fault !== job.signal.reason) health.failed(worker, fault);
    const next = nextStep({
      fault,
      passedOn: part.sampleCount > 0,
      failures,
      losses,
      others: schedule.others(id),
      trial,
      wanted: givenUp === undefined,
    });
    if (next === "keep") {
      part.send(rest);
      if (fault === undefined) session.like ??= part.sample;
      part.end({ failed: fault instanceof Error, suspect: fault !== undefined, engineMs });
    }
    if (next === "giveUp") part.fail(fault);
    const seconds = next === "keep" ? passedSeconds() : 0;
    const retry = typeof next === "object" ? next.retry : undefined;
    const outcome = givenUp ?? (retry !== undefined ? "again" : seconds > 0 ? "done" : "failed");
    metrics.segment(outcome, engineMs / 1000, seconds);
    endSpan(outcome, fault, seconds);
    apply(schedule.ended(id, { seconds, retry, ...signOf(fault) }, clock.now()));
  }

  function begin(session: Session, { segment: index, clauses }: Dispatch<SpeakableClause>): Part {
    const keepsSample = engine.fromFirst(session.options.voice) && session.like === undefined;
    const part = createPart(index, clauses, keepsSample ? sampleRateHertz : undefined);
    session.parts.set(index, part);
    void session.queue.write(part.events);
    return part;
  }

  async function listen(id: string, session: Session, offers: AsyncIterable<Offer>): Promise<void> {
    try {
      for await (const { clauses, omitted, flush } of offers) {
        if (session.closed || !sessions.has(id)) return;
        for (const { start, end } of omitted)
          void session.queue.write(only({ kind: "warning", reason: "not-spoken", start, end }));
        segmentTrace.offered(clauses);
        apply(schedule.offer(id, clauses, clock.now()));
        if (flush) apply(schedule.flush(id, clock.now()));
      }
      if (!session.closed) apply(schedule.end(id, clock.now()));
    } catch (error) {
      session.queue.fail(error);
    }
  }

  return {
    async *speak(offers, options) {
      const { signal } = options;
      signal.throwIfAborted();
      const id = String(++lastId);
      const session: Session = {
        options,
        seed: randomInt(2 ** 31),
        queue: createPipe({ capacity: Number.POSITIVE_INFINITY }),
        parts: new Map(),
        closed: false,
      };
      sessions.set(id, session);
      if (engine.fromFirst(options.voice)) schedule.openAlone(id);
      const onAbort = () => fail(session, signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
      void listen(id, session, offers);
      const beganAt = clock.now();
      let heard = false;
      try {
        for await (const events of session.queue)
          for await (const event of events) {
            yield event;
            if (event.kind === "done") session.parts.delete(event.index);
            if (event.kind !== "audio") continue;
            if (!heard) {
              heard = true;
              metrics.firstAudio((clock.now() - beganAt) / 1000);
              schedule.heard(id, clock.now());
            }
            apply(schedule.taken(id, event.pcm.length / frameBytes / sampleRateHertz, clock.now()));
          }
      } finally {
        signal.removeEventListener("abort", onAbort);
        session.closed = true;
        apply(schedule.cancel(id, clock.now()));
        sessions.delete(id);
      }
    },
    async admit() {
      if (schedule.admits(clock.now())) return;
      const probes = schedule.probe(clock.now());
      await Promise.all(probes.map((command) => command.kind === "probe" && probe(command.worker)));
      if (!schedule.admits(clock.now())) throw health.outage;
    },
    trouble: health.trouble,
    close() {
      closed = true;
      cancelWake();
    },
  };
}

async function* only<T>(item: T): AsyncGenerator<T> {
  yield item;
}
