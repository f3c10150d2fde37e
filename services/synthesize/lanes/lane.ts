/**
 * Several engines may speak, each in a lane of its own: with a schedule, a speaker and a directory of its voices. A
 * common schedule would decide nothing better. A schedule chooses, for a free worker, the segment whose audio is needed
 * first, and a worker of one engine cannot speak in another engine's voice. What a schedule learns (how fast segments
 * are made, how many at once, how long a worker may be silent) applies to one engine only, and so do the minimum length
 * of a first segment and where it may end. So an engine that is full or broken does not hold up the listeners of
 * another. Lanes only share the machine: the number of texts spoken at once is limited over all engines, in service.ts.
 */

import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import type { Values } from "../../../infra/settings/setting.ts";
import type { synthesize } from "../../../infra/settings/synthesize.ts";
import type { Tracer } from "../../../infra/telemetry/tracer.ts";
import { shareAnswer } from "../../common/engine/share-answer.ts";
import { createSpeechAdmission, type SpeechAdmission } from "../admission/admission.ts";
import type { SegmentCache } from "../cache/cache.ts";
import type { ClauseCache } from "../cache/clauses.ts";
import { openClauseCache } from "../cache/open.ts";
import type { OpenedEngine } from "../engines/open.ts";
import { createVoices, type Voices } from "../engines/voices.ts";
import { createForecast, type Forecast } from "../openings/forecast.ts";
import type { SpeakMetrics, SynthesizeMetrics } from "../report/metrics.ts";
import { createEngineWatch, type EngineWatch } from "../report/watch.ts";
import type { ObservedWorkers } from "../report/worker-health.ts";
import { nothingKept } from "../schedule/kept.ts";
import { createSchedule } from "../schedule/schedule.ts";
import type { OpenerMode } from "../schedule/sizes/opener.ts";
import { createSpeaker } from "../speak/speak.ts";
import type { Speaker } from "../speak/speech.ts";
import { partClause, type SpeakableClause } from "../text/speakable.ts";

/** An engine, with everything that it takes to speak with it. */
export interface Lane {
  /** The engine's name in this deployment, which prefixes the names of its voices. */
  readonly name: string;
  /** The sample rate of the engine's speech. */
  readonly sampleRateHertz: number;
  /** Where the first segment of a text may end, unless the caller who sends the text specifies it. */
  readonly opener: OpenerMode;
  /** Whether the engine itself converts numbers and symbols to words, and so gets text as written; see Engine. */
  readonly asWritten: boolean;
  readonly speaker: Speaker;
  readonly voices: Voices;
  /** The cache of the engine's speech; undefined if its speech is not cached. */
  readonly kept: ClauseCache | undefined;
  /** Admits texts to the engine. */
  readonly admission: SpeechAdmission;
  /** Predicts when the first words of a text are heard. */
  readonly forecast: Forecast;
  /**
   * Whether any worker of the engine is alive. If the engine has not spoken yet, its workers are asked, which takes a
   * few seconds at most: while the engine's pace is unknown, a text would wait much longer for a dead worker.
   */
  answers(): Promise<boolean>;
}

/** A lane, together with what only the process that runs it needs: the lane's load, and a way to close the lane. */
export interface OpenLane extends Lane {
  readonly watch: EngineWatch;
  readonly workers: ObservedWorkers;
  /** How many texts are being spoken, and how many of our requests the engine's servers are working on. */
  readonly load: () => { readonly sessions: number; readonly busy: number };
  /** Stops probing workers, and closes all connections. */
  close(): Promise<void>;
}

/** What `openLane` needs besides the engine. */
export interface LaneTools {
  /** The settings that concern lanes. */
  readonly settings: Pick<Values<typeof synthesize>, "cache" | "maxSessions" | "opener" | "segmentMaxCharacters">;
  readonly metrics: SynthesizeMetrics;
  readonly log: Log;
  readonly clock: Clock;
  /** The cache that holds the speech of all lanes. Default: no speech is cached. */
  readonly cache?: SegmentCache | undefined;
  /** Traces the engine's work. Default: nothing is traced. */
  readonly tracer?: Tracer;
}

/** How long the result of asking an engine whether it is ready counts as current, in milliseconds. */
const freshMs = 1000;

/** Opens the lane of an engine. */
export function openLane(opened: OpenedEngine, tools: LaneTools): OpenLane {
  const { settings, metrics, log, clock, tracer } = tools;
  const { engine } = opened;
  const { opener, maxSessions, segmentMaxCharacters } = settings;
  const slots = engine.slots.reduce((sum, slots) => sum + slots, 0);
  const load = () => ({ ...schedule.load, slots });
  const speakMetrics = metrics.of(engine.name, load);
  const { revision: said } = settings.cache;
  const cache = tools.cache && openClauseCache(tools.cache, { opened, said, metrics: speakMetrics });
  const schedule = createSchedule<SpeakableClause>({
    slots: engine.slots,
    firstSlots: engine.firstSlots,
    // Short first segments may come out as noise. A minimum length that the operator set settles the matter;
    // without one, the risk of noise is weighed against the wait.
    minOpenerSeconds: opener.minSeconds ?? 0,
    garble: opener.minSeconds === undefined ? engine.garble : [],
    segmentMaxCharacters,
    probes: engine.probe !== undefined,
    kept: cache ?? nothingKept,
    part(clause, border) {
      const parts = partClause(clause, border);
      cache?.parted(clause, parts ?? []);
      return parts;
    },
  });
  const admission = createSpeechAdmission({
    name: engine.name,
    slots: () => schedule.slots,
    most: maxSessions,
    log,
    clock,
  });
  const speaker = createSpeaker({
    engine,
    schedule,
    clock,
    metrics: withLearning(speakMetrics, admission),
    log,
    cache,
    ...(tracer && { tracer }),
  });
  const ask = shareAnswer(() => engine.notReady(), freshMs, clock);
  const watch = createEngineWatch({ opened, trouble: (worker) => speaker.trouble(worker), log, clock });
  return {
    name: engine.name,
    sampleRateHertz: engine.sampleRateHertz,
    opener: opener.mode === "list" ? "soft" : opener.mode,
    asWritten: engine.readsWritten ?? false,
    speaker,
    voices: createVoices(engine, clock),
    kept: cache,
    admission,
    forecast: createForecast({ load: () => ({ busy: load().busy, slots }), clock }),
    answers: async () => speaker.admits() && (speaker.isKnown || (await ask()) === undefined),
    watch,
    workers: { engine: engine.name, addresses: engine.addresses, health: (worker) => schedule.health(worker) },
    load,
    async close() {
      watch.close();
      speaker.close();
      await engine.close();
    },
  };
}

/** Returns a copy of `metrics` that also passes the figures of each segment to an admission controller (`learn`). */
export function withLearning(metrics: SpeakMetrics, { learn }: Pick<SpeechAdmission, "learn">): SpeakMetrics {
  return {
    ...metrics,
    segment(outcome, engineSeconds, audioSeconds) {
      metrics.segment(outcome, engineSeconds, audioSeconds);
      learn(engineSeconds, audioSeconds);
    },
  };
}
