import type { Clock } from "../../../infra/clock/clock.ts";
import { type FishCost, type SpeechCost, speakMs } from "../../../infra/cost/cost.ts";
import { exactLaw, type Law } from "../../../infra/cost/law.ts";
import { createPace } from "../../../infra/cost/pace.ts";
import { createPipe } from "../../../infra/stream/pipe.ts";
import { fishModes } from "../../../infra/twins/fish/modes.ts";
import { framesFor, framesPerSecond, sampleRateHertz } from "../../../infra/twins/fish/sound/audio.ts";
import { splitText } from "../../../infra/twins/fish/sound/split.ts";
import { createSerial } from "../../../infra/twins/serial.ts";
import { createBatch as createSpeechBatch } from "../../../infra/twins/speaking/batch.ts";
import { answerOf, readMarks } from "../../../infra/twins/vllm/answer/answer.ts";
import type { OpeningHabit } from "../../../infra/twins/vllm/answer/openings.ts";
import { createBatch } from "../../../infra/twins/vllm/batch/batch.ts";
import { planAnswer } from "../../../infra/twins/vllm/batch/plan.ts";
import { createPrefixCache } from "../../../infra/twins/vllm/batch/prefix.ts";
import { readChatRequest } from "../../../infra/twins/vllm/wire/request.ts";
import type { Calibration, VoiceCost } from "../calibrations.ts";
import { benchSampleCount } from "../engines/speaker.ts";
import type { EngineWork } from "../record.ts";

/** What a worker is asked: what of it decides how long it takes. */
export interface SpeechAsked {
  readonly text: string;
  readonly streaming: boolean;
  readonly chunk_length?: number;
  readonly max_new_tokens: number;
  /** A voice that batches stops for whoever leaves. */
  readonly leaving?: AbortSignal;
}

/**
 * The engines of a calibration in virtual time: the costs, rules and queues of the stand-ins, without HTTP and without
 * a sample of sound.
 */
export interface VirtualEngines {
  /**
   * Answers a chat request, given as its body; gives the text token by token. Left early or aborted, it gives up its
   * place.
   */
  write(body: string, signal: AbortSignal): AsyncGenerator<string>;
  /**
   * Speaks on a worker; gives the frames of each part, or of all if it is not streamed. A serial voice speaks to the
   * end, whoever listens; one that batches gives frames as they are made, in fractions, and stops for whoever leaves.
   */
  speak(worker: number, asked: SpeechAsked): AsyncIterable<number>;
  /** How many workers speak. */
  readonly workers: number;
  /** Whether they batch, and stream. */
  readonly kind: VoiceCost["kind"];
  /** What they did so far. */
  work(): EngineWork[];
}

const never = Number.POSITIVE_INFINITY;
const mode = fishModes["1.5.1"];
/** As the stand-in takes requests that set none. */
const usual = { modelName: "duet-script", maxModelLen: 32_768, chunkLength: 200 };

/**
 * Makes engines that have done nothing yet. `law`: what the model's steps take in truth. `habit`: how the model takes
 * it that it is asked to begin in a certain way.
 */
export function createVirtualEngines(
  { vllm: cost, voice, workers }: Calibration,
  law: Law,
  clock: Clock,
  signal: AbortSignal,
  habit?: OpeningHabit,
): VirtualEngines {
  const batch = createBatch({ cost, pace: createPace(clock, 1), law, signal, onStep: () => {} });
  const prefixes = createPrefixCache();
  const speakers = Array.from({ length: workers }, () => createSpeaker(voice, clock, signal));
  const all: { -readonly [Key in keyof EngineWork]: EngineWork[Key] }[] = [];

  function begin(kind: EngineWork["kind"], text: string) {
    const at = clock.now();
    const writtenAtMs: number[] = [];
    const work = { kind, text, receivedAtMs: at, startedAtMs: never, writtenAtMs, endedAtMs: never, left: false };
    all.push(work);
    return work;
  }

  return {
    workers,
    kind: voice.kind,
    async *write(body, leaving) {
      const read = readChatRequest(body, usual);
      if ("error" in read) throw new Error(read.error.message);
      const { question, prompt, promptTokens } = read.request;
      const { deltas } = planAnswer(answerOf(read.request, readMarks(question), habit), read.request);
      const work = begin("write", question);
      work.startedAtMs = clock.now();
      let index = 0;
      try {
        for await (const count of batch.run(promptTokens, deltas.length, leaving, prefixes.take(prompt)))
          for (const text of deltas.slice(index, index + count)) {
            index++;
            work.writtenAtMs.push(clock.now());
            // The last token ends the answer and holds no text.
            if (text !== "") yield text;
          }
      } finally {
        work.endedAtMs = clock.now();
        work.left = index < deltas.length;
      }
    },
    speak(worker, asked) {
      const work = begin("speak", asked.text);
      const spoken = createPipe<number>({ capacity: Number.POSITIVE_INFINITY });
      const speak = async () => {
        let total = 0;
        const begun = () => {
          work.startedAtMs = Math.min(work.startedAtMs, clock.now());
        };
        for await (const frames of (speakers[worker] as SpeakerOf)(asked, begun)) {
          work.writtenAtMs.push(clock.now());
          total += frames;
          if (asked.streaming) void spoken.write(frames);
        }
        if (!asked.streaming) void spoken.write(total);
      };
      void speak()
        .then(spoken.end, (error: unknown) => {
          work.left = true;
          spoken.fail(error);
        })
        .finally(() => {
          work.endedAtMs = clock.now();
        });
      return spoken;
    },
    work() {
      // What still waits or runs is taken to begin or end now.
      const byNow = (at: number) => Math.min(at, clock.now());
      return all.map((work) => ({
        ...work,
        startedAtMs: byNow(work.startedAtMs),
        endedAtMs: byNow(work.endedAtMs),
      }));
    },
  };
}

/** A worker's speech: the frames of each part when it is made; `begun` is called when it is worked on. */
type SpeakerOf = (asked: SpeechAsked, begun: () => void) => AsyncIterable<number>;

function createSpeaker(voice: VoiceCost, clock: Clock, signal: AbortSignal): SpeakerOf {
  return voice.kind === "serial"
    ? createSerialSpeaker(voice.cost, clock)
    : createBatchSpeaker(voice.cost, clock, signal);
}

function createSerialSpeaker(cost: FishCost, clock: Clock): SpeakerOf {
  const serial = createSerial();
  const pace = createPace(clock, 1);
  return ({ text, chunk_length = usual.chunkLength, max_new_tokens }, begun) => {
    const mostFrames = max_new_tokens > 0 ? max_new_tokens : never;
    const spoken = createPipe<number>({ capacity: Number.POSITIVE_INFINITY });
    void serial(async () => {
      begun();
      for (const part of splitText(text, mode.split, chunk_length)) {
        const frames = framesFor(benchSampleCount(part, mostFrames / framesPerSecond), mostFrames);
        await pace(speakMs(cost, frames / framesPerSecond));
        void spoken.write(frames);
      }
      spoken.end();
    });
    return spoken;
  };
}

function createBatchSpeaker(cost: SpeechCost, clock: Clock, signal: AbortSignal): SpeakerOf {
  const batch = createSpeechBatch({ cost, law: exactLaw, clock, timeScale: 1, signal });
  return async function* ({ text, leaving }, begun) {
    begun();
    const seconds = benchSampleCount(text, never) / sampleRateHertz;
    let given = 0;
    for await (const made of batch.run(seconds, leaving ?? signal)) {
      // Coarse sound holds 32 samples of a frame.
      const frames = Math.round(made * framesPerSecond * 32) / 32;
      yield frames - given;
      given = frames;
    }
  };
}
