import { concatSamples, toSamples } from "../../../infra/audio/pcm.ts";
import { createResampler } from "../../../infra/audio/resample.ts";
import { type FieldFault, invalidRequest } from "../../errors.ts";
import { type AudioInput, InputEncoding } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import { breathe } from "../breathe.ts";
import { durationOf, formatOf } from "./files.ts";
import { earRateHertz, type FileFormat, mostRecordedBytes, mostRecordedMs, type Recording } from "./recording.ts";
import { rateFault, readWav } from "./wav.ts";

/** The fields of a request that make up a recording. */
export type Recorded = Pick<AudioInput, "data" | "encoding" | "sampleRateHertz">;

const files: Partial<Record<InputEncoding, FileFormat>> = {
  [InputEncoding.OGG_OPUS]: "ogg",
  [InputEncoding.WEBM_OPUS]: "webm",
  [InputEncoding.MP3]: "mp3",
  [InputEncoding.FLAC]: "flac",
};

/**
 * Reads the recording of a request. Throws INVALID_ARGUMENT if the recording is empty, too long, too large, or not in
 * the stated encoding; the error names `field` as the field of the request that is invalid.
 */
export async function readRecording(audio: Recorded | undefined, field = "audio"): Promise<Recording> {
  const refuse = (below: string, reason: FieldFault, description: string) =>
    invalidRequest([{ field: `${field}${below}`, reason, description }]);
  const tooLong = () =>
    refuse(".data", "TOO_LONG", `must last at most ${mostRecordedMs / 1000} s: send one utterance at a time`);
  const { data, encoding, sampleRateHertz } = audio ?? {};
  if (audio === undefined || data === undefined || data.length === 0)
    throw refuse(audio === undefined ? "" : ".data", "REQUIRED", "must hold a recording of speech");
  if (data.length > mostRecordedBytes)
    throw refuse(".data", "TOO_LONG", `must be at most ${mostRecordedBytes >> 20} MiB: lower the sample rate`);

  if (encoding === InputEncoding.PCM_S16LE) {
    const fault = rateFault(sampleRateHertz ?? 0);
    if (fault !== undefined)
      throw refuse(".sample_rate_hertz", "OUT_OF_RANGE", `is required with PCM_S16LE: the recording must ${fault}`);
    return toRecording(toSamples(data), sampleRateHertz ?? 0, tooLong);
  }
  if (encoding !== undefined && !(Object.values(InputEncoding) as number[]).includes(encoding))
    throw refuse(".encoding", "UNKNOWN_VALUE", "must be a value of InputEncoding, or left out");
  if (sampleRateHertz) throw refuse(".sample_rate_hertz", "NOT_ALLOWED", "must be 0: only PCM_S16LE needs it");
  const format = formatOf(data);
  const wanted = encoding === InputEncoding.WAV ? "wav" : files[encoding ?? InputEncoding.UNSPECIFIED];
  if (format === undefined || (wanted !== undefined && wanted !== format))
    throw refuse(
      ".data",
      "INVALID_FORMAT",
      `must be a complete file in the format ${wanted ?? "WAV, Ogg, WebM, MP3 or FLAC"}`,
    );
  if (format === "wav") {
    const wav = readWav(data);
    if (typeof wav === "string") throw refuse(".data", "INVALID_FORMAT", `must ${wav}`);
    return toRecording(wav.samples, wav.rateHertz, tooLong);
  }
  const durationMs = durationOf(format, data);
  if (durationMs !== undefined && durationMs > mostRecordedMs) throw tooLong();
  return { form: "file", format, bytes: data, durationMs };
}

async function toRecording(samples: Int16Array, rateHertz: number, tooLong: () => Error): Promise<Recording> {
  const durationMs = (samples.length / rateHertz) * 1000;
  if (durationMs > mostRecordedMs) throw tooLong();
  return { form: "samples", samples: await toEarRate(samples, rateHertz), durationMs };
}

/** Resamples a second at a time, so that other turns make progress meanwhile. */
async function toEarRate(samples: Int16Array, rateHertz: number): Promise<Int16Array> {
  if (rateHertz === earRateHertz) return samples;
  const resampler = await createResampler(rateHertz, earRateHertz);
  try {
    const made: Int16Array[] = [];
    for (let at = 0; at < samples.length; at += rateHertz) {
      made.push(resampler.push(samples.subarray(at, at + rateHertz)));
      await breathe();
    }
    return concatSamples([...made, resampler.end()]);
  } finally {
    resampler.close();
  }
}
