import { createResampler, type Resampler } from "../../../infra/audio/resample.ts";
import { frameBytes, pieces, toBytes, toSamples } from "../audio/pcm.ts";
import { pieceBytes, type Speech } from "../speak/speech.ts";

/**
 * Converts speech to another sample rate. Each segment is resampled separately, so that nothing carries over into the
 * next.
 */
export async function* inRate(
  speeches: AsyncIterable<Speech>,
  fromHertz: number,
  toHertz: number,
): AsyncGenerator<Speech> {
  let resampler: Resampler | undefined;
  let offset = 0;

  function* audio(index: number, samples: Int16Array): Generator<Speech> {
    for (const pcm of pieces(toBytes(samples), pieceBytes)) {
      yield { kind: "audio", index, offset, pcm };
      offset += pcm.length / frameBytes;
    }
  }

  try {
    for await (const speech of speeches) {
      switch (speech.kind) {
        case "audio":
          resampler ??= await createResampler(fromHertz, toHertz);
          yield* audio(speech.index, resampler.push(toSamples(speech.pcm)));
          break;
        case "done":
          if (resampler !== undefined) yield* audio(speech.index, resampler.end());
          yield { ...speech, sampleCount: offset };
          resampler?.close();
          resampler = undefined;
          offset = 0;
          break;
        default:
          yield speech;
      }
    }
  } finally {
    resampler?.close();
  }
}
