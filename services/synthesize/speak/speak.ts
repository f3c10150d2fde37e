import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { noTracer, type Tracer } from "../../../infra/telemetry/tracer.ts";
import { frameBytes } from "../audio/pcm.ts";
import { type ClauseCache, mostJoined } from "../cache/clauses.ts";
import type { Engine } from "../engines/engine.ts";
import type { SpeakMetrics } from "../report/metrics.ts";
import { createWorkerHealth } from "../report/worker-health.ts";
import type { Command, Dispatch, Serve } from "../schedule/command.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { after, type SpeakableClause, unfinished } from "../text/speakable.ts";
import type { Offer } from "../text/words.ts";
import { type Attempt, startAttempt } from "./attempt.ts";
import { createLevels } from "./levels.ts";
import { createPart } from "./part.ts";
import type { Heard } from "./playback.ts";
import { createSegmentTracer } from "./segment-spans.ts";
import { createSession, failSession, type Session } from "./session.ts";
import type { Speaker } from "./speech.ts";

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
  /** Speech that was made before; the schedule must know of the same. Default: none is kept. */
  readonly cache?: ClauseCache | undefined;
}

/** Makes a speaker: drives the schedule with what happens, and does what it says. */
export function createSpeaker(options: SpeakerOptions): Speaker {
  const { engine, schedule, clock, metrics, log, tracer = noTracer, cache } = options;
  const { sampleRateHertz } = engine;
  const trace = createSegmentTracer(tracer, engine, clock);
  const health = createWorkerHealth({ addresses: engine.addresses, log, clock });
  const levels = createLevels(sampleRateHertz);
  const tools = { engine, clock, metrics, trace, health, cache, levels };
  const sessions = new Map<string, Session>();
  const running = new Map<number, Attempt>();
  let lastId = 0;
  let cancelWake = () => {};
  let closed = false;
  let isKnown = false;

  function apply(commands: readonly Command<SpeakableClause>[]): void {
    for (const command of commands) {
      switch (command.kind) {
        case "dispatch":
          start(command);
          break;
        case "serve":
          serve(command);
          break;
        case "abandon":
          running.get(command.id)?.abandon(command.why);
          break;
        case "cut":
          running.get(command.id)?.cut();
          break;
        case "over":
          close(command.session, true, ({ queue }) => queue.end());
          break;
        case "fail":
          close(command.session, false, (session) => failSession(session, health.outage));
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

  function close(id: string, whole: boolean, end: (session: Session) => void): void {
    const session = sessions.get(id);
    if (session === undefined || session.closed) return;
    session.closed = true;
    end(session);
    session.options.onMade?.(whole);
  }

  async function probe(worker: number): Promise<void> {
    const reason = await engine.probe?.(worker).catch((error: unknown) => String(error));
    if (!closed) apply(schedule.probed(worker, reason === undefined, clock.now()));
  }

  function start(dispatch: Dispatch<SpeakableClause>): void {
    const { id, session, worker } = dispatch;
    const attempt = startAttempt(dispatch, sessions.get(session) as Session, tools, {
      trial: schedule.health(worker) !== "well",
      others: () => schedule.others(id),
      overdue: () => schedule.isOverdue(id, clock.now()),
      sounded: (passedSeconds) => apply(schedule.sounded(id, passedSeconds, clock.now())),
      ended(ending) {
        running.delete(id);
        apply(schedule.ended(id, ending, clock.now()));
      },
    });
    running.set(id, attempt);
  }

  /** A segment whose speech the schedule saw in the cache just now. */
  function serve({ session: id, segment: index, clauses }: Serve<SpeakableClause>): void {
    const session = sessions.get(id) as Session;
    const { voice } = session.options;
    const samples = levels.adjust(voice, cache?.get(clauses) ?? new Int16Array(0));
    const part = createPart(index, clauses, { voice: `${engine.name}/${voice}`, source: "cache" });
    session.parts.set(index, part);
    void session.queue.write(part.events);
    session.options.waits?.dispatched(0);
    part.send(samples, { broughtAt: clock.now(), passedAt: clock.now() });
    part.end({ failure: undefined, engineMs: 0 });
    const seconds = samples.length / sampleRateHertz;
    metrics.segment("cached", 0, seconds);
    metrics.ended(clauses.at(-1)?.ends ?? "mark");
    trace.served(session.options.trace ?? {}, { segment: index, clauses, voice, seconds });
  }

  async function listen(session: Session, offers: AsyncIterable<Offer>): Promise<void> {
    const { id, options } = session;
    let begun: readonly SpeakableClause[] = [];
    const wanted = { voice: options.voice, tenant: options.tenant ?? "" };
    try {
      for await (const { clauses, omitted, open, flush } of offers) {
        await cache?.look(clauses, begun, wanted);
        begun = [...begun, ...clauses].slice(0, mostJoined);
        if (session.closed || !sessions.has(id)) return;
        for (const { start, end } of omitted)
          void session.queue.write(only({ kind: "warning", reason: "not-spoken", start, end }));
        trace.offered(clauses);
        const { spokenTo } = session;
        const left = after(clauses, spokenTo);
        cache?.want(left, wanted);
        const rest =
          open &&
          unfinished(open, Math.max(spokenTo, open.from), (place, head) => {
            session.spokenTo = place;
            cache?.want([head], wanted);
          });
        const foreseen = (before: readonly SpeakableClause[]) =>
          cache?.foresee(textOf(before) + (open?.text ?? ""), wanted);
        options.waits?.offered();
        apply(schedule.offer(id, left, clock.now(), rest && { ...rest, foreseen }));
        if (flush) apply(schedule.flush(id, clock.now()));
      }
      if (!session.closed) apply(schedule.end(id, clock.now()));
    } catch (error) {
      session.queue.fail(error);
    }
  }

  return {
    async *speak(offers, options) {
      const { signal, voice, opener = "soft", spare = false, background = false, waits, playback } = options;
      signal.throwIfAborted();
      const id = String(++lastId);
      const session = createSession(id, options);
      sessions.set(id, session);
      schedule.open(id, { firstAlone: engine.fromFirst(voice), opener, spare, background });
      const onAbort = () => failSession(session, signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
      playback?.follow((heard) => apply(schedule.played(id, heardSeconds(session, heard), clock.now())));
      void listen(session, offers);
      const beganAt = clock.now();
      let heard = false;
      /** Of the last segment that failed. */
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
              isKnown = true;
              metrics.firstAudio((clock.now() - beganAt) / 1000, options.trace);
              schedule.heard(id, clock.now());
            }
            apply(schedule.taken(id, event.pcm.length / frameBytes / sampleRateHertz, clock.now()));
          }
        // What was to be heard, and of which nothing was, has failed as a whole.
        if (!heard && failure !== undefined) throw failure;
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
    admits: () => schedule.admits(clock.now()),
    get isKnown() {
      return isKnown;
    },
    trouble: health.trouble,
    close() {
      closed = true;
      cancelWake();
    },
  };
}

/** How much of a session its listener has heard. */
function heardSeconds({ lengths }: Session, { segment, seconds }: Heard): number {
  const before = lengths.slice(0, segment).reduce((sum, length) => sum + length, 0);
  return before + Math.min(seconds, lengths[segment] ?? Number.POSITIVE_INFINITY);
}

const textOf = (clauses: readonly SpeakableClause[]) => clauses.map(({ clause }) => clause.text).join("");

async function* only<T>(item: T): AsyncGenerator<T> {
  yield item;
}
