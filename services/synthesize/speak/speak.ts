/*
 * The speaker connects a synchronous core that decides (the schedule) with everything that takes time. Whatever
 * happens (new clauses, bytes from a worker, audio taken by the reader, an alarm) is reported to the schedule, and the
 * commands it returns are executed at once and in order by `#apply`. Nothing here decides what is spoken when.
 *
 * Ownership: the speaker owns its sessions (one per text, see `speak`), the running attempts, and a single alarm. An
 * attempt (`attempt.ts`) owns a slot of a worker until it has reported `ended`. A part (`part.ts`) owns the events of
 * one segment across attempts, and the queue of the session puts parts in order.
 *
 * Pitfalls: an event that is not reported leaves the schedule waiting forever, so every attempt reports `ended`,
 * abandoned or not, and every session ends with `cancel`, however it was left. `#apply` is reentrant: executing a
 * command may report another event before the remaining commands have been executed. After an `await` the session may
 * have been closed, which is checked before more is offered.
 */
import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { noTracer, type Tracer } from "../../../infra/telemetry/tracer.ts";
import { frameBytes } from "../audio/pcm.ts";
import { type ClauseCache, mostJoined } from "../cache/clauses.ts";
import type { Engine } from "../engines/engine.ts";
import type { SpeakMetrics } from "../report/metrics.ts";
import { createWorkerHealth, type WorkerHealth } from "../report/worker-health.ts";
import type { Command, Dispatch, Serve } from "../schedule/command.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { after, type SpeakableClause, unfinished } from "../text/speakable.ts";
import type { Offer } from "../text/words.ts";
import { type Attempt, type AttemptTools, startAttempt } from "./attempt.ts";
import { createLevels, type Levels } from "./levels.ts";
import { createPart } from "./part.ts";
import { createSegmentTracer, type SegmentTracer } from "./segment-spans.ts";
import { createSession, failSession, heardSeconds, type Session } from "./session.ts";
import type { Speaker, SpeakOptions, Speech } from "./speech.ts";

/** Options of createSpeaker. */
export interface SpeakerOptions {
  readonly engine: Engine;
  readonly schedule: Schedule<SpeakableClause>;
  readonly clock: Clock;
  readonly metrics: SpeakMetrics;
  /** Logs when a worker goes away and comes back. Default: not logged. */
  readonly log?: Log;
  /** Traces the attempts at segments. Default: no tracing. */
  readonly tracer?: Tracer;
  /** The speech cache; the schedule must use the same one. Default: none. */
  readonly cache?: ClauseCache | undefined;
}

class ScheduledSpeaker implements Speaker {
  readonly #engine: Engine;
  readonly #schedule: Schedule<SpeakableClause>;
  readonly #clock: Clock;
  readonly #metrics: SpeakMetrics;
  readonly #cache: ClauseCache | undefined;
  readonly #trace: SegmentTracer;
  readonly #health: WorkerHealth;
  readonly #levels: Levels;
  readonly #tools: AttemptTools;
  readonly #sessions = new Map<string, Session>();
  readonly #running = new Map<number, Attempt>();
  #lastId = 0;
  #cancelWake = () => {};
  #closed = false;
  #isKnown = false;

  constructor(options: SpeakerOptions) {
    const { engine, schedule, clock, metrics, log, tracer = noTracer, cache } = options;
    this.#engine = engine;
    this.#schedule = schedule;
    this.#clock = clock;
    this.#metrics = metrics;
    this.#cache = cache;
    this.#trace = createSegmentTracer(tracer, engine, clock);
    this.#health = createWorkerHealth({ addresses: engine.addresses, log, clock });
    this.#levels = createLevels(engine.sampleRateHertz);
    this.#tools = { engine, clock, metrics, trace: this.#trace, health: this.#health, cache, levels: this.#levels };
  }

  async *speak(offers: AsyncIterable<Offer>, options: SpeakOptions): AsyncGenerator<Speech> {
    const { sampleRateHertz } = this.#engine;
    const { signal, voice, opener = "soft", spare = false, background = false, waits, playback } = options;
    signal.throwIfAborted();
    const id = String(++this.#lastId);
    const session = createSession(id, options);
    this.#sessions.set(id, session);
    this.#schedule.open(id, { firstAlone: this.#engine.fromFirst(voice), opener, spare, background });
    const onAbort = () => failSession(session, signal.reason);
    signal.addEventListener("abort", onAbort);
    playback?.follow((heard) =>
      this.#apply(this.#schedule.played(id, heardSeconds(session, heard), this.#clock.now())),
    );
    void this.#listen(session, offers);
    const beganAt = this.#clock.now();
    let heard = false;
    /** The error of the last segment that failed. */
    let failure: Error | undefined;
    try {
      for await (const events of session.queue)
        for await (const event of events) {
          if (!heard && event.kind === "audio") waits?.heard(session.parts.get(event.index)?.beginning);
          yield event;
          if (event.kind === "done") {
            if (!heard) waits?.unheard();
            failure = session.parts.get(event.index)?.failure ?? failure;
            session.parts.delete(event.index);
            session.lengths.push(event.sampleCount / sampleRateHertz);
          }
          if (event.kind !== "audio") continue;
          if (!heard) {
            heard = true;
            this.#isKnown = true;
            this.#metrics.firstAudio((this.#clock.now() - beganAt) / 1000, options.trace);
            this.#schedule.heard(id, this.#clock.now());
          }
          const seconds = event.pcm.length / frameBytes / sampleRateHertz;
          this.#apply(this.#schedule.taken(id, seconds, this.#clock.now()));
        }
      // If a segment failed and the text produced no audio at all, the whole call fails.
      if (!heard && failure !== undefined) throw failure;
    } finally {
      signal.removeEventListener("abort", onAbort);
      session.closed = true;
      this.#apply(this.#schedule.cancel(id, this.#clock.now()));
      this.#sessions.delete(id);
    }
  }

  async admit(): Promise<void> {
    if (this.#schedule.admits(this.#clock.now())) return;
    const probes = this.#schedule.probe(this.#clock.now());
    await Promise.all(probes.map((command) => command.kind === "probe" && this.#probe(command.worker)));
    if (!this.#schedule.admits(this.#clock.now())) throw this.#health.outage;
  }

  admits(): boolean {
    return this.#schedule.admits(this.#clock.now());
  }

  get isKnown(): boolean {
    return this.#isKnown;
  }

  trouble(worker: number): string | undefined {
    return this.#health.trouble(worker);
  }

  close(): void {
    this.#closed = true;
    this.#cancelWake();
  }

  #apply(commands: readonly Command<SpeakableClause>[]): void {
    for (const command of commands) {
      switch (command.kind) {
        case "dispatch":
          this.#start(command);
          break;
        case "serve":
          this.#serve(command);
          break;
        case "abandon":
          this.#running.get(command.id)?.abandon(command.why);
          break;
        case "cut":
          this.#running.get(command.id)?.cut();
          break;
        case "over":
          this.#close(command.session, true, ({ queue }) => queue.end());
          break;
        case "fail":
          this.#close(command.session, false, (session) => failSession(session, this.#health.outage));
          break;
        case "probe":
          void this.#probe(command.worker);
          break;
        case "health":
          this.#health.changed(command.worker, command.health);
          break;
        case "wakeAt":
          this.#wakeAt(command.at);
          break;
      }
    }
  }

  #wakeAt(at: number): void {
    this.#cancelWake();
    if (at === Number.POSITIVE_INFINITY || this.#closed) return;
    const tick = () => this.#apply(this.#schedule.tick(this.#clock.now()));
    this.#cancelWake = this.#clock.after(Math.max(0, at - this.#clock.now()), tick);
  }

  #close(id: string, whole: boolean, end: (session: Session) => void): void {
    const session = this.#sessions.get(id);
    if (session === undefined || session.closed) return;
    session.closed = true;
    end(session);
    session.options.onMade?.(whole);
  }

  async #probe(worker: number): Promise<void> {
    const reason = await this.#engine.probe?.(worker).catch((error: unknown) => String(error));
    if (!this.#closed) this.#apply(this.#schedule.probed(worker, reason === undefined, this.#clock.now()));
  }

  #start(dispatch: Dispatch<SpeakableClause>): void {
    const { id, session, worker } = dispatch;
    const attempt = startAttempt(dispatch, this.#sessions.get(session) as Session, this.#tools, {
      trial: this.#schedule.health(worker) !== "well",
      others: () => this.#schedule.others(id),
      overdue: () => this.#schedule.isOverdue(id, this.#clock.now()),
      sounded: (passedSeconds) => this.#apply(this.#schedule.sounded(id, passedSeconds, this.#clock.now())),
      ended: (ending) => {
        this.#running.delete(id);
        this.#apply(this.#schedule.ended(id, ending, this.#clock.now()));
      },
    });
    this.#running.set(id, attempt);
  }

  /** Serves a segment whose speech the schedule has just found in the cache. */
  #serve({ session: id, segment: index, clauses }: Serve<SpeakableClause>): void {
    const session = this.#sessions.get(id) as Session;
    const { voice } = session.options;
    const samples = this.#levels.adjust(voice, this.#cache?.get(clauses) ?? new Int16Array(0));
    const part = createPart(index, clauses, { voice: `${this.#engine.name}/${voice}`, source: "cache" });
    session.parts.set(index, part);
    void session.queue.write(part.events);
    session.options.waits?.dispatched(0);
    part.send(samples, { broughtAt: this.#clock.now(), passedAt: this.#clock.now() });
    part.end({ failure: undefined, engineMs: 0 });
    const seconds = samples.length / this.#engine.sampleRateHertz;
    this.#metrics.segment("cached", 0, seconds);
    this.#metrics.ended(clauses.at(-1)?.ends ?? "mark");
    this.#trace.served(session.options.trace ?? {}, { segment: index, clauses, voice, seconds });
  }

  async #listen(session: Session, offers: AsyncIterable<Offer>): Promise<void> {
    const { id, options } = session;
    let begun: readonly SpeakableClause[] = [];
    const wanted = { voice: options.voice, tenant: options.tenant ?? "" };
    try {
      for await (const { clauses, omitted, open, flush } of offers) {
        await this.#cache?.look(clauses, begun, wanted);
        begun = [...begun, ...clauses].slice(0, mostJoined);
        if (session.closed || !this.#sessions.has(id)) return;
        for (const { start, end } of omitted)
          void session.queue.write(only({ kind: "warning", reason: "not-spoken", start, end }));
        this.#trace.offered(clauses);
        const { spokenTo } = session;
        const left = after(clauses, spokenTo);
        this.#cache?.want(left, wanted);
        const rest =
          open &&
          unfinished(open, Math.max(spokenTo, open.from), (place, head) => {
            session.spokenTo = place;
            this.#cache?.want([head], wanted);
          });
        const foreseen = (before: readonly SpeakableClause[]) =>
          this.#cache?.foresee(textOf(before) + (open?.text ?? ""), wanted);
        options.waits?.offered();
        this.#apply(this.#schedule.offer(id, left, this.#clock.now(), rest && { ...rest, foreseen }));
        if (flush) this.#apply(this.#schedule.flush(id, this.#clock.now()));
      }
      if (!session.closed) this.#apply(this.#schedule.end(id, this.#clock.now()));
    } catch (error) {
      session.queue.fail(error);
    }
  }
}

/** Creates a speaker: it passes events to the schedule, and executes its commands. */
export function createSpeaker(options: SpeakerOptions): Speaker {
  return new ScheduledSpeaker(options);
}

const textOf = (clauses: readonly SpeakableClause[]) => clauses.map(({ clause }) => clause.text).join("");

async function* only<T>(item: T): AsyncGenerator<T> {
  yield item;
}
