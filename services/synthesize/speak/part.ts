import { createPipe } from "../../../infra/stream/pipe.ts";
import { concatSamples, frameBytes, pieces, toBytes } from "../audio/pcm.ts";
import type { Sample } from "../engines/engine.ts";
import { joinClauses, type Segment } from "../text/join.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import { pieceBytes, type Speech, type SpeechSource } from "./speech.ts";
import type { Beginning } from "./waits.ts";

/** What a session's reader gets of one segment, whichever attempt it comes from. */
export interface Part {
  readonly segment: Segment;
  readonly events: AsyncIterable<Speech>;
  /** How many sample frames have been sent so far. */
  readonly sampleCount: number;
  /** When the segment's audio began to be available; undefined before that. */
  readonly beginning: Beginning | undefined;
  /** The segment's audio as a voice sample for the engine; undefined if there is none, or if it is not needed. */
  readonly sample: Sample | undefined;
  /** Sends audio; `beginning` counts only with the first audio. */
  send(samples: Int16Array, beginning?: Beginning): void;
  /**
   * Withdraws all events that were sent, unless the reader has begun to read them. Returns whether the segment is now
   * without audio.
   */
  takeBack(): boolean;
  /** Why the segment could not be spoken completely; undefined if it could, or if the part has not ended. */
  readonly failure: Error | undefined;
  /**
   * Ends the part. `failure`: why the segment could not be spoken completely; `suspect`: whether its audio does not
   * sound like its text.
   */
  end(ending: { failure: Error | undefined; suspect?: boolean; engineMs: number }): void;
  /** Makes the part's reader throw `error` once the reader has got all audio sent so far. */
  fail(error: unknown): void;
}

/** How many seconds of speech make a voice sample: enough to identify a voice; more would slow down every request. */
const sampleSeconds = 10;

/** Options of createPart. */
export interface PartOptions {
  /** The full name of the voice. */
  readonly voice: string;
  /** The audio's sample rate, given only if the audio may serve as a voice sample. */
  readonly sampleRateHertz?: number | undefined;
  /** Where the audio comes from. Default: an engine. */
  readonly source?: SpeechSource;
}

/** Makes the part of a segment. Its buffer is unbounded, but the schedule limits how much unread audio there is. */
export function createPart(
  index: number,
  clauses: readonly SpeakableClause[],
  { voice, sampleRateHertz, source = "engine" }: PartOptions,
): Part {
  const mostShown = sampleSeconds * (sampleRateHertz ?? 0);
  const segment = joinClauses(clauses);
  const output = createPipe<Speech>({ capacity: Number.POSITIVE_INFINITY });
  const shown: Int16Array[] = [];
  let sampleCount = 0;
  let isRead = false;
  let failure: Error | undefined;
  let beginning: Beginning | undefined;
  const begin = () => void output.write({ kind: "segment", index, segment, voice, source });
  begin();

  return {
    segment,
    events: {
      [Symbol.asyncIterator]() {
        isRead = true;
        return output[Symbol.asyncIterator]();
      },
    },
    get sampleCount() {
      return sampleCount;
    },
    get beginning() {
      return beginning;
    },
    get sample() {
      if (shown.length === 0) return undefined;
      return { samples: concatSamples(shown).subarray(0, mostShown), text: segment.spoken };
    },
    send(samples, began) {
      if (samples.length > 0) beginning ??= began;
      if (sampleCount < mostShown && samples.length > 0) shown.push(samples);
      for (const pcm of pieces(toBytes(samples), pieceBytes)) {
        void output.write({ kind: "audio", index, offset: sampleCount, pcm });
        sampleCount += pcm.length / frameBytes;
      }
    },
    takeBack() {
      if (isRead) return sampleCount === 0;
      output.clear();
      shown.length = 0;
      sampleCount = 0;
      beginning = undefined;
      begin();
      return true;
    },
    get failure() {
      return failure;
    },
    end({ suspect = false, engineMs, ...ending }) {
      failure = ending.failure;
      if (failure !== undefined || suspect) {
        const reason = failure !== undefined ? "segment-failed" : "audio-suspect";
        void output.write({ kind: "warning", reason, start: segment.start, end: segment.end });
      }
      void output.write({ kind: "done", index, sampleCount, engineMs });
      output.end();
    },
    fail: output.fail,
  };
}
