import type { Metadata } from "nice-grpc";
import type { Clock } from "../../infra/clock/clock.ts";
import { withIdle } from "../../infra/stream/idle.ts";
import { readTraceContext } from "../../infra/telemetry/tracer.ts";
import type { Applicant } from "../common/admission/gate.ts";
import { priorityOf, whoseOf } from "../common/server/caller.ts";
import { OpenerMode, type SynthesizeServiceImplementation } from "../gen/duet/synthesize/v1/synthesize.ts";
import { createCalls } from "./admission/calls.ts";
import type { SegmentCache } from "./cache/cache.ts";
import type { Casting } from "./lanes/casting.ts";
import type { Lane } from "./lanes/lane.ts";
import { createOpenings, type Openings } from "./openings/openings.ts";
import type { EngineWatch } from "./report/watch.ts";
import { createPlayback } from "./speak/playback.ts";
import { createWaits } from "./speak/waits.ts";
import { createSegmenter } from "./text/segmenter/segmenter.ts";
import { noLexicon } from "./text/spoken/lexicon/lexicon.ts";
import type { Lexicons } from "./text/spoken/lexicon/lexicons.ts";
import { createSpokenForm } from "./text/spoken/spoken.ts";
import { cut } from "./text/words.ts";
import {
  openerOf,
  type Received,
  readConfig,
  readWritten,
  toCache,
  toCapacity,
  toEngine,
  toEvent,
  toOpenerMode,
  toVoice,
} from "./wire.ts";

/** Options of createSynthesizeService. */
export interface SynthesizeOptions {
  /** Chooses the engine and the voice that speak a text. */
  readonly casting: Casting;
  /** If the writer sends nothing for this many milliseconds, the clauses so far are spoken without waiting for more. */
  readonly writerPauseMs: number;
  /**
   * How many calls (one session each) may speak at once, over all engines; further calls are refused. Default: the
   * capacity of all engines. A call whose speech has been synthesized completely no longer counts, even if its caller
   * has not read all of it; up to `maxSessions` more calls may be in that state. Each call holds at most about 25 s of
   * audio (2.2 MB at 44.1 kHz): what the schedule makes ahead of the call's reader, plus one segment.
   */
  readonly maxSessions?: number | undefined;
  /** The lanes of the engines, in the order of `watches`; they tell how many texts each engine can speak. */
  readonly lanes: readonly Pick<Lane, "admission" | "forecast">[];
  /** The speech cache. Default: none. */
  readonly cache?: Pick<SegmentCache, "report"> | undefined;
  /** Observers of the engines, which provide the report on each engine. */
  readonly watches: readonly Pick<EngineWatch, "report">[];
  readonly clock: Clock;
  /** The pronunciation lexicons; read at the beginning of each text. */
  readonly lexicons?: Lexicons | undefined;
  /** Chooses among the openings that a call offers. Default: no opening is used. */
  readonly openings?: Openings;
  /** Whether a call's openings are used if the call does not say whether to use them. Default: false. */
  readonly listByDefault?: boolean;
}

/** Implements SynthesizeService. */
export function createSynthesizeService(options: SynthesizeOptions): SynthesizeServiceImplementation {
  const { casting, writerPauseMs, maxSessions, listByDefault = false, clock } = options;
  const openings = options.openings ?? createOpenings({ fromMs: Number.POSITIVE_INFINITY });
  const calls = createCalls(maxSessions);

  return {
    async *synthesize(request, { metadata, signal }) {
      const messages = request[Symbol.asyncIterator]();
      const config = readConfig(await messages.next());
      const calledAt = clock.now();
      const cast = await casting.cast(config.voice);
      const lexicon = (await options.lexicons?.current(config.lexicon)) ?? noLexicon;
      const { made: onMade, leave } = await calls.enter(applicantOf(metadata), cast.first.lane.admission, signal);
      try {
        const { voice, sampleRateHertz } = cast;
        const opener = openerOf(config.opener) ?? cast.opener;
        const { language, questionLanguage } = config;
        const spokenForm = (asWritten: boolean) => createSpokenForm({ language, questionLanguage, lexicon, asWritten });
        const said = { language, questionLanguage, lexicon: config.lexicon };
        const tenant = metadata.get("duet-tenant");
        const isListed = config.opener === OpenerMode.UNSPECIFIED ? listByDefault : config.opener === OpenerMode.LIST;
        const offered = isListed ? config.openings : [];
        const planned = { offered, role: cast.first, spokenForm, said, tenant: tenant ?? "" };
        const beginning = await openings.begin(planned);
        const format = { sampleRateHertz, channelCount: 1 };
        const inForce = isListed ? OpenerMode.LIST : toOpenerMode(opener);
        const waitedMs = clock.now() - calledAt;
        const admitted = { voice, format, openerMode: inForce, openings: [...beginning.openings], waitedMs };
        yield { event: { $case: "admitted", value: admitted } };
        const waits = createWaits(clock);
        const playback = createPlayback();
        const played: Received["played"] = ({ segment, offset }) =>
          playback.tell({ segment, seconds: offset / sampleRateHertz });
        const received: Received = { characters: 0, firstTextAt: undefined, waits, played };
        const written = readWritten(messages, received, clock.now);
        const opened = beginning.open(withIdle(written, clock, writerPauseMs));
        const cuts = cut(opened, createSegmenter());
        let segmentCount = 0;
        let sampleCount = 0;
        let firstAudioMs = 0;
        const trace = readTraceContext(metadata);
        const spoken = cast.speak(cuts, { spokenForm, tenant, opener, signal, trace, waits, playback, onMade });
        for await (const speech of beginning.watch(spoken)) {
          const isFirst = speech.kind === "audio" && firstAudioMs === 0;
          if (isFirst) firstAudioMs = clock.now() - (received.firstTextAt ?? 0);
          if (speech.kind === "done") {
            segmentCount++;
            sampleCount += speech.sampleCount;
          }
          yield toEvent(speech, isFirst ? waits.first : undefined);
        }
        const value = {
          segmentCount,
          sampleCount: BigInt(sampleCount),
          characterCount: received.characters,
          firstAudioMs,
        };
        yield { event: { $case: "finished", value } };
      } finally {
        leave();
      }
    },

    async listVoices() {
      return { voices: (await casting.list()).map(toVoice) };
    },

    async getEngine() {
      const reports = await Promise.all(options.watches.map((watch) => watch.report()));
      const capacities = options.lanes.map(toCapacity);
      const sessionLimit = maxSessions ?? capacities.reduce((sum, one) => sum + one.sessionLimit, 0);
      const openerMode = listByDefault ? OpenerMode.LIST : toOpenerMode(casting.opener);
      const cache = options.cache && toCache(options.cache.report());
      return {
        engines: reports.map((report, at) => ({ ...toEngine(report), capacity: capacities[at] })),
        sessions: calls.speaking,
        sessionLimit,
        openerMode,
        cache,
      };
    },
  };
}

/** A caller as an admission controller sees it: priority and share decide who waits and who is refused. */
const applicantOf = (metadata: Metadata): Applicant => ({
  priority: priorityOf({ metadata }),
  deadlineAt: Number.POSITIVE_INFINITY,
  whose: whoseOf({ metadata }),
});
