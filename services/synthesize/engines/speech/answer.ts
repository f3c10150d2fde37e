import type { Dispatcher } from "undici";
import { createResampler, type Resampler } from "../../../../infra/audio/resample.ts";
import { readSse } from "../../../common/engine/sse.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { readAnswer } from "../../audio/answer.ts";
import { concat, frameBytes, toBytes, toSamples } from "../../audio/pcm.ts";
import { readWavHeader } from "../../audio/wav.ts";
import { whatItSaid } from "./refusal.ts";

/** How a response is to be read. */
export interface ReadOptions {
  /** Where the response came from, for messages. */
  readonly from: string;
  /** The rate to convert to, in hertz, and the rate that samples are assumed to have if the response states none. */
  readonly toHertz: number;
  readonly usualHertz: number;
  /** Whether a complete file was requested, so that a file that ends early is an error. */
  readonly whole: boolean;
}

/** Bytes of samples, and their rate as far as the response has revealed it. */
interface Sound {
  readonly frames: Uint8Array;
  readonly rateHertz: number | undefined;
}

/**
 * The samples of a response with status 200, converted to the wanted rate, PCM s16le in whole frames. The response may
 * be a WAV file, bare samples, or server-sent events that carry either. Throws EngineError like `readAnswer`, and
 * `broken` for events that report an error or stop without a final event.
 */
export async function* readSpeech(
  { headers, body }: Dispatcher.ResponseData,
  { from, toHertz, usualHertz, whole }: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const type = String(headers["content-type"] ?? "");
  const told = Number(headers["x-sample-rate"] ?? /;\s*rate=(\d+)/i.exec(type)?.[1]);
  const sound = /^text\/event-stream/i.test(type)
    ? readEvents(from, body)
    : readBytes({ from, headers, body }, whole ? "wav" : "stream");
  let resampler: Resampler | undefined;
  let fromHertz: number | undefined;
  try {
    for await (const { frames, rateHertz } of sound) {
      fromHertz ??= checkRate(from, rateHertz ?? (told > 0 ? told : usualHertz));
      if (fromHertz !== toHertz) resampler ??= await createResampler(fromHertz, toHertz);
      yield resampler === undefined ? frames : toBytes(resampler.push(toSamples(frames)));
    }
    if (resampler !== undefined) yield toBytes(resampler.end());
  } finally {
    resampler?.close();
  }
}

async function* readBytes(answer: Parameters<typeof readAnswer>[0], as: "wav" | "stream"): AsyncGenerator<Sound> {
  let rateHertz: number | undefined;
  const onRate = (rate: number) => {
    rateHertz = rate;
  };
  for await (const frames of readAnswer(answer, { sampleRateHertz: "any", as, onRate })) yield { frames, rateHertz };
}

/** The lowest and highest sample rates worth resampling; any other is a mistake, or an attempt to exhaust memory. */
const rates = { least: 8_000, most: 192_000 } as const;

function checkRate(from: string, hertz: number): number {
  if (Number.isInteger(hertz) && hertz >= rates.least && hertz <= rates.most) return hertz;
  throw new EngineError(
    "misshapen",
    `${from} states a sample rate of ${hertz} Hz, but only ${rates.least} to ${rates.most} Hz are supported`,
  );
}

/** The fields of a server-sent event that are read: OpenAI's `speech.audio.*`, or sglang-omni's chunks. */
interface SpeechEvent {
  readonly type?: string;
  readonly audio?: string | { readonly data?: string; readonly sample_rate?: number } | null;
  readonly finish_reason?: string | null;
  readonly error?: unknown;
}

async function* readEvents(from: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Sound> {
  let held: Uint8Array = new Uint8Array(0);
  let isOver = false;
  for await (const batch of readSse(body))
    for (const data of batch) {
      if (data === "[DONE]") isOver = true;
      if (data === "[DONE]") continue;
      const event = readEvent(from, data);
      if (event.error !== undefined || event.type === "speech.audio.error")
        throw new EngineError(
          "broken",
          `${from} failed in the middle of its answer: ${whatItSaid(data) || "no reason given"}`,
        );
      if (event.type === "speech.audio.done" || typeof event.finish_reason === "string") isOver = true;
      const { audio } = event;
      const encoded = typeof audio === "string" ? audio : audio?.data;
      if (encoded === undefined || encoded === "") continue;
      const told = typeof audio === "object" ? audio?.sample_rate : undefined;
      const { samples, rateHertz = told } = withoutHeader(from, Buffer.from(encoded, "base64"));
      const bytes = concat([held, samples]);
      const length = bytes.length - (bytes.length % frameBytes);
      held = bytes.subarray(length);
      if (length > 0) yield { frames: bytes.subarray(0, length), rateHertz };
    }
  if (!isOver) throw new EngineError("broken", `${from} ended its stream before it had sent all of the audio`);
}

function readEvent(from: string, data: string): SpeechEvent {
  try {
    const event: unknown = JSON.parse(data);
    if (typeof event === "object" && event !== null) return event;
  } catch {
    // The event cannot be parsed, which is reported below.
  }
  throw new EngineError("misshapen", `${from} sent an event that is not JSON where audio was expected`);
}

/** Removes the header of a piece that is a WAV file of its own. */
function withoutHeader(from: string, bytes: Uint8Array): { samples: Uint8Array; rateHertz?: number } {
  const header = readWavHeader(bytes);
  if (typeof header === "string") return { samples: bytes };
  if (header.channelCount !== 1 || header.bitsPerSample !== 16 || !header.isPcm)
    throw new EngineError("misshapen", `${from} sent a WAV file that is not mono 16 bit where audio was expected`);
  return { samples: bytes.subarray(header.dataOffset), rateHertz: header.sampleRateHertz };
}
