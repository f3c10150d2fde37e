import type { Clock } from "../../../infra/clock/clock.ts";
import { speakMs } from "../../../infra/cost/cost.ts";
import type { Law } from "../../../infra/cost/law.ts";
import { createPace } from "../../../infra/cost/pace.ts";
import { createPipe } from "../../../infra/stream/pipe.ts";
import { fishModes } from "../../../infra/twins/fish/modes.ts";
import { framesFor, framesPerSecond } from "../../../infra/twins/fish/sound/audio.ts";
import { splitText } from "../../../infra/twins/fish/sound/split.ts";
import { createSerial } from "../../../infra/twins/serial.ts";
import { answerOf, readMarks } from "../../../infra/twins/vllm/answer/answer.ts";
import { createBatch } from "../../../infra/twins/vllm/batch/batch.ts";
import { planAnswer } from "../../../infra/twins/vllm/batch/plan.ts";
import { createPrefixCache } from "../../../infra/twins/vllm/batch/prefix.ts";
import { readChatRequest } from "../../../infra/twins/vllm/wire/request.ts";
import type { Calibration } from "../calibrations.ts";
import { benchSampleCount } from "../engines/speaker.ts";
import type { EngineWork } from "../record.ts";

/** What a worker is asked: what of it decides how long it takes. */
export interface SpeechAsked {
  readonly text: string;
  readonly streaming: boolean;
  readonly chunk_length?: number;
  readonly max_new_tokens: number;
}

/** The engines of a calibration in virtual time: the costs, rules and queues of the stand-ins, without HTTP and without a sample of sound. */
export interface VirtualEngines {
  /** Answers a chat request, given as its body; gives the text token by token. Left early or aborted, it gives up its place. */
  write(body: string, signal: AbortSignal): AsyncGenerator<string>;
  /** Speaks on a worker to the end, whoever listens; gives the frames of each part, or of all if it is not streamed. */
  speak(worker: number, asked: SpeechAsked): AsyncIterable<number>;
  /** How many workers speak. */
  readonly workers: number;
  /** What they did so far. */
  work(): EngineWork[];
}

const never = Number.POSITIVE_INFINITY;
const mode = fishModes["1.5.1"];
/** As the stand-in takes requests that set none. */
const usual = { modelName: "duet-script", maxModelLen: 32_768, chunkLength: 200 };

/** Makes engines that have done nothing yet. `law`: what the model's steps take in truth. */
export function createVirtualEngines(
  { vllm: cost, fish, workers }: Calibration,
  law: Law,
  clock: Clock,
  signal: AbortSignal,
): VirtualEngines {
  const batch = createBatch({ cost, pace: createPace(clock, 1), law, signal, onStep: () => {} });
  const prefixes = createPrefixCache();
  const voices = Array.from({ length: workers }, () => ({ serial: createSerial(), pace: createPace(clock, 1) }));
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
    async *write(body, leaving) {
      const read = readChatRequest(body, usual);
      if ("error" in read) throw new Error(read.error.message);
      const { question, prompt, promptTokens } = read.request;
      const { deltas } = planAnswer(answerOf(read.request, readMarks(question)), read.request);
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
    speak(worker, { text, streaming, chunk_length = usual.chunkLength, max_new_tokens }) {
      const work = begin("speak", text);
      const spoken = createPipe<number>({ capacity: Number.POSITIVE_INFINITY });
      const mostFrames = max_new_tokens > 0 ? max_new_tokens : never;
      const { serial, pace } = voices[worker] as (typeof voices)[number];
      void serial(async () => {
        work.startedAtMs = clock.now();
        let total = 0;
        for (const part of splitText(text, mode.split, chunk_length)) {
          const frames = framesFor(benchSampleCount(part, mostFrames / framesPerSecond), mostFrames);
          await pace(speakMs(fish, frames / framesPerSecond));
          work.writtenAtMs.push(clock.now());
          total += frames;
          if (streaming) void spoken.write(frames);
        }
        if (!streaming) void spoken.write(total);
        spoken.end();
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
