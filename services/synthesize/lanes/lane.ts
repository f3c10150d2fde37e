/**
 * Several engines may speak, each in a lane of its own: with a schedule, a speaker and a memory of its voices. One schedule over all of
 * them would decide nothing more. It chooses the segment whose sound is needed first for a worker that is free, and a worker of one engine
 * cannot speak what another's voice was promised; what it learns (how fast segments are made, how many at once, how long a silence may
 * be) is true of one engine alone, and so are the least opener and where a text may first be cut. An engine that is full or broken then
 * cannot hold up another's listeners. What they do share is the machine that they run on: how many texts are spoken at once is limited
 * over all of them, in service.ts.
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

/** An engine and what speaks with it. */
export interface Lane {
  /** What this deployment calls the engine: its voices' names begin with it. */
  readonly name: string;
  /** Of its speech. */
  readonly sampleRateHertz: number;
  /** Where the first segment of a text may end, unless its caller says. */
  readonly opener: OpenerMode;
  /** It is sent the text as it is written; see Engine. */
  readonly asWritten: boolean;
  readonly speaker: Speaker;
  readonly voices: Voices;
  /** Speech that was made before; undefined if none is kept. */
  readonly kept: ClauseCache | undefined;
  /** Lets texts be spoken by it. */
  readonly admission: SpeechAdmission;
  /** When its first words are heard. */
  readonly forecast: Forecast;
  /**
   * Whether a worker lives. One of which nothing was heard yet is asked first: it would be waited for much longer than one whose pace is
   * known. Takes a few seconds at most.
   */
  answers(): Promise<boolean>;
}

/** A lane with what only its process needs. */
export interface OpenLane extends Lane {
  readonly watch: EngineWatch;
  readonly workers: ObservedWorkers;
  /** Texts that are being spoken, and requests that its servers have of ours. */
  readonly load: () => { readonly sessions: number; readonly busy: number };
  /** Looks for no worker any more, and cuts every connection. */
  close(): Promise<void>;
}

/** What a lane is made with. */
export interface LaneTools {
  /** The settings of how segments are cut. */
  readonly settings: Pick<Values<typeof synthesize>, "cache" | "maxSessions" | "opener" | "segmentMaxCharacters">;
  readonly metrics: SynthesizeMetrics;
  readonly log: Log;
  readonly clock: Clock;
  /** Speech that was made before, of all lanes. Default: none is kept. */
  readonly cache?: SegmentCache | undefined;
  /** Default: nothing is traced. */
  readonly tracer?: Tracer;
}

/** How long what an engine answered is taken for the present. */
const freshMs = 1000;

/** Makes the lane of an engine. */
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
    // What an operator says holds; what is known of the engine is weighed against the wait.
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
  const watch = createEngineWatch({ opened, trouble: speaker.trouble, log, clock });
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

/** Has an admission learn from what is measured. */
export function withLearning(metrics: SpeakMetrics, { learn }: Pick<SpeechAdmission, "learn">): SpeakMetrics {
  return {
    ...metrics,
    segment(outcome, engineSeconds, audioSeconds) {
      metrics.segment(outcome, engineSeconds, audioSeconds);
      learn(engineSeconds, audioSeconds);
    },
  };
}
