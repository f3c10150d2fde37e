import type { Clock } from "../../infra/clock/clock.ts";
import { withIdle } from "../../infra/stream/idle.ts";
import { readTraceContext } from "../../infra/telemetry/tracer.ts";
import { OverloadedError } from "../common/errors/request-error.ts";
import type { SynthesizeServiceImplementation } from "../gen/duet/synthesize/v1/synthesize.ts";
import type { Voices } from "./engines/voices.ts";
import type { EngineWatch } from "./report/watch.ts";
import type { Speaker } from "./speak/speak.ts";
import { createSegmenter } from "./text/segmenter/segmenter.ts";
import { createSpokenForm } from "./text/spoken/spoken.ts";
import { words } from "./text/words.ts";
import { type Received, readConfig, readWritten, toEngine, toEvent, toVoice } from "./wire.ts";

/** What SynthesizeService is made of. */
export interface SynthesizeOptions {
  readonly speaker: Speaker;
  readonly voices: Voices;
  readonly sampleRateHertz: number;
  /** A writer that is silent for this long has what it wrote spoken as it is. */
  readonly writerPauseMs: number;
  /** How many calls speak at once; one more is refused. */
  readonly maxSessions: number;
  /** Tell what is known of each engine. */
  readonly watches: readonly Pick<EngineWatch, "report">[];
  readonly clock: Clock;
}

/** How long a refused caller does well to wait: about a short answer's length. */
const retryDelayMs = 2000;

/** Implements SynthesizeService. */
export function createSynthesizeService(options: SynthesizeOptions): SynthesizeServiceImplementation {
  const { speaker, voices, sampleRateHertz, writerPauseMs, maxSessions, clock } = options;
  let sessions = 0;

  return {
    async *synthesize(request, { metadata, signal }) {
      const messages = request[Symbol.asyncIterator]();
      const config = readConfig(await messages.next());
      const voice = await voices.find(config.voice);
      if (sessions >= maxSessions)
        throw new OverloadedError(
          `${maxSessions} texts are being spoken, which is the limit (DUET_SYNTHESIZE_MAX_SESSIONS)`,
          retryDelayMs,
        );
      sessions++;
      try {
        yield {
          event: { $case: "admitted", value: { voice: voice.name, format: { sampleRateHertz, channelCount: 1 } } },
        };
        const received: Received = { characters: 0, firstTextAt: undefined };
        const written = readWritten({ [Symbol.asyncIterator]: () => messages }, received, clock.now);
        const offers = words(
          withIdle(written, clock, writerPauseMs),
          createSegmenter(),
          createSpokenForm({ language: config.language, questionLanguage: config.questionLanguage }),
        );
        let segmentCount = 0;
        let sampleCount = 0;
        let firstAudioMs = 0;
        for await (const speech of speaker.speak(offers, voice.name, signal, readTraceContext(metadata))) {
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
        sessions--;
      }
    },

    async listVoices() {
      return { voices: (await voices.list()).map(toVoice) };
    },

    async getEngine() {
      const reports = await Promise.all(options.watches.map((watch) => watch.report()));
      return { engines: reports.map(toEngine), sessions, sessionLimit: maxSessions };
    },
  };
}
