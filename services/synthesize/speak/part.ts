import { createPipe } from "../../../infra/stream/pipe.ts";
import { concatSamples, frameBytes, pieces, toBytes } from "../audio/pcm.ts";
import type { Sample } from "../engines/engine.ts";
import { joinClauses, type Segment } from "../text/join.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import { pieceBytes, type Speech, type SpeechSource } from "./speech.ts";
import type { Beginning } from "./waits.ts";

/** What a session's reader gets of one segment, whichever worker reads it. */
export interface Part {
  readonly segment: Segment;
  readonly events: AsyncIterable<Speech>;
  /** Sample frames that went on. */
  readonly sampleCount: number;
  /** When it began to be there; undefined before. */
  readonly beginning: Beginning | undefined;
  /** What went on, where it is to be shown to the engine; undefined if nothing did, or it is not. */
  readonly sample: Sample | undefined;
  /** Lets audio go on, of a beginning that counts if it is the first of it. */
  send(samples: Int16Array, beginning?: Beginning): void;
  /** Forgets all that went on, if its reader has not begun to read it; returns whether nothing of it is on its way any more. */
  takeBack(): boolean;
  /** Why not all of it could be spoken; undefined if it could, or has not ended. */
  readonly failure: Error | undefined;
  /** There is no more. `failure`: why not all of it could be spoken; `suspect`: it does not sound like its text. */
  end(ending: { failure: Error | undefined; suspect?: boolean; engineMs: number }): void;
  /** Its reader gets the error after what went on. */
  fail(error: unknown): void;
}

/** A voice is known from this much; more makes each further request longer. */
const sampleSeconds = 10;

/** How a part is made. */
export interface PartOptions {
  /** Who speaks it, in full. */
  readonly voice: string;
  /** Given where its audio may be shown to the engine. */
  readonly sampleRateHertz?: number | undefined;
  /** Default: an engine makes it. */
  readonly source?: SpeechSource;
}

/** Makes the part of a segment. Unbounded: the schedule holds back what is not taken. */
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
