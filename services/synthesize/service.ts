import type { Clock } from "../../infra/clock/clock.ts";
import { withIdle } from "../../infra/stream/idle.ts";
import { readTraceContext } from "../../infra/telemetry/tracer.ts";
import { OverloadedError } from "../common/errors/request-error.ts";
import type { SynthesizeServiceImplementation } from "../gen/duet/synthesize/v1/synthesize.ts";
import type { Casting } from "./lanes/casting.ts";
import type { EngineWatch } from "./report/watch.ts";
import { createSegmenter } from "./text/segmenter/segmenter.ts";
import { noLexicon } from "./text/spoken/lexicon/lexicon.ts";
import type { Lexicons } from "./text/spoken/lexicon/lexicons.ts";
import { createSpokenForm } from "./text/spoken/spoken.ts";
import { cut } from "./text/words.ts";
import { openerOf, type Received, readConfig, readWritten, toEngine, toEvent, toOpenerMode, toVoice } from "./wire.ts";

/** What SynthesizeService is made of. */
export interface SynthesizeOptions {
  /** Chooses who speaks. */
  readonly casting: Casting;
  /** A writer that is silent for this long has what it wrote spoken as it is. */
  readonly writerPauseMs: number;
  /**
   * How many calls speak at once; one more is refused. A call whose speech is all made speaks no more, though its caller may not have
   * read it: as many calls again may be so. Each holds some 25 s of audio at most (2.2 MB at 44.1 kHz): what the schedule makes
   * ahead of its reader, and a segment.
   */
  readonly maxSessions: number;
  /** Tell what is known of each engine. */
  readonly watches: readonly Pick<EngineWatch, "report">[];
  readonly clock: Clock;
  /** How words are to be said that would be said wrongly; asked at the start of each text. */
  readonly lexicons?: Lexicons | undefined;
}

/** How long a refused caller does well to wait: about a short answer's length. */
const retryDelayMs = 2000;

/** Implements SynthesizeService. */
export function createSynthesizeService(options: SynthesizeOptions): SynthesizeServiceImplementation {
  const { casting, writerPauseMs, maxSessions, clock } = options;
  let sessions = 0;
  let unread = 0;

  function admitOne(): void {
    const isFull = sessions >= maxSessions;
    if (!isFull && unread < maxSessions) return;
    throw new OverloadedError(
      isFull
        ? `${maxSessions} texts are being spoken, which is the limit (DUET_SYNTHESIZE_MAX_SESSIONS)`
        : `the speech of ${unread} texts waits for its readers, which is the limit (DUET_SYNTHESIZE_MAX_SESSIONS)`,
      retryDelayMs,
    );
  }

  return {
    async *synthesize(request, { metadata, signal }) {
      const messages = request[Symbol.asyncIterator]();
      const config = readConfig(await messages.next());
      const cast = await casting.cast(config.voice);
      const lexicon = (await options.lexicons?.current(config.lexicon)) ?? noLexicon;
      admitOne();
      sessions++;
      let isMade = false;
      const onMade = () => {
        isMade = true;
        sessions--;
        unread++;
      };
      try {
        const { voice, sampleRateHertz } = cast;
        const opener = openerOf(config.opener) ?? cast.opener;
        const openerMode = toOpenerMode(opener);
        const format = { sampleRateHertz, channelCount: 1 };
        yield { event: { $case: "admitted", value: { voice, format, openerMode } } };
        const received: Received = { characters: 0, firstTextAt: undefined };
        const written = readWritten({ [Symbol.asyncIterator]: () => messages }, received, clock.now);
        const cuts = cut(withIdle(written, clock, writerPauseMs), createSegmenter());
        const { language, questionLanguage } = config;
        const spokenForm = (asWritten: boolean) => createSpokenForm({ language, questionLanguage, lexicon, asWritten });
        let segmentCount = 0;
        let sampleCount = 0;
        let firstAudioMs = 0;
        const trace = readTraceContext(metadata);
        const tenant = metadata.get("duet-tenant");
        for await (const speech of cast.speak(cuts, { spokenForm, tenant, opener, signal, trace, onMade })) {
          if (speech.kind === "audio" && firstAudioMs === 0) firstAudioMs = clock.now() - (received.firstTextAt ?? 0);
          if (speech.kind === "done") {
            segmentCount++;
            sampleCount += speech.sampleCount;
          }
          yield toEvent(speech);
        }
        const value = {
          segmentCount,
          sampleCount: BigInt(sampleCount),
          characterCount: received.characters,
          firstAudioMs,
        };
        yield { event: { $case: "finished", value } };
      } finally {
        if (isMade) unread--;
        else sessions--;
      }
    },

    async listVoices() {
      return { voices: (await casting.list()).map(toVoice) };
    },

    async getEngine() {
      const reports = await Promise.all(options.watches.map((watch) => watch.report()));
      const openerMode = toOpenerMode(casting.opener);
      return { engines: reports.map(toEngine), sessions, sessionLimit: maxSessions, openerMode };
    },
  };
}
