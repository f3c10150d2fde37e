import { EngineError } from "../../common/errors/engine-error.ts";
import { concat, frameBytes } from "./pcm.ts";
import { findWords, sniff } from "./sniff.ts";
import { readWavHeader, type WavHeader } from "./wav.ts";

/** An engine's response with status 200. */
export interface Answer {
  /** Where the response came from, for messages: `Fish-Speech at http://…`. */
  readonly from: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** What an engine's response should contain. */
export interface Expected {
  /** The sample rate, in hertz, of the mono 16-bit samples; `any`: whatever the header says. */
  readonly sampleRateHertz: number | "any";
  /** Called with the sample rate, if a header gives it. */
  readonly onRate?: (sampleRateHertz: number) => void;
  /**
   * `wav`: a complete file, whose header gives its size. `stream`: samples as they are made, with or without a header.
   */
  readonly as: "wav" | "stream";
}

/** Content types that do not tell what a response contains: its bytes decide. */
const anything = new Set(["", "application/octet-stream", "binary/octet-stream"]);
/** Content types of samples without a header; some servers call them WAV. */
const sampleTypes = new Set([
  "audio/wav",
  "audio/x-wav",
  "audio/wave",
  "audio/vnd.wave",
  "audio/pcm",
  "audio/x-pcm",
  "audio/raw",
  "audio/x-raw",
]);

/**
 * Extracts the samples of a response, PCM s16le in whole frames. Anything else in the response is an error, since it
 * would be heard as noise. Throws EngineError `misshapen`, naming the content type and the first four bytes, if the
 * response is or becomes something else; `broken` for a file that is cut short.
 */
export async function* readAnswer(answer: Answer, expected: Expected): AsyncGenerator<Uint8Array> {
  const reader = createReader(answer, expected);
  for await (const piece of answer.body) {
    const frames = reader.push(piece);
    if (frames.length > 0) yield frames;
  }
  const frames = reader.end();
  if (frames.length > 0) yield frames;
}

function createReader({ from, headers }: Answer, { sampleRateHertz, as, onRate }: Expected) {
  const type = lower(headers["content-type"]).split(";", 1)[0]?.trim() ?? "";
  const encoding = lower(headers["content-encoding"]);
  let held: Uint8Array = new Uint8Array(0);
  let inHead = true;
  /** How many bytes of samples are still to come; undefined if the header does not tell. */
  let left: number | undefined;

  function misshapen(what: string, bytes: Uint8Array): EngineError {
    const begins = bytes.length === 0 ? "" : `, which begins with ${Buffer.from(bytes.subarray(0, 4)).toString("hex")}`;
    return new EngineError(
      "misshapen",
      `${from} sent ${what} where audio was expected (${type || "no type"}${begins})`,
    );
  }

  function checkFormat(header: WavHeader, bytes: Uint8Array): void {
    const { sampleRateHertz: rate, channelCount, bitsPerSample, isPcm } = header;
    const isRate = sampleRateHertz === "any" ? rate >= 8000 && rate <= 192_000 : rate === sampleRateHertz;
    if (isRate && channelCount === 1 && bitsPerSample === 16 && isPcm) {
      onRate?.(rate);
      return;
    }
    const found = `${rate} Hz, ${channelCount} channels, ${bitsPerSample} bit${isPcm ? "" : ", not PCM"}`;
    throw misshapen(`a WAV file with ${found} (not ${sampleRateHertz} Hz mono 16 bit)`.replace("any Hz ", ""), bytes);
  }

  /** Returns the bytes after the header, or all bytes if there is none; undefined while there are too few to tell. */
  function readHead(bytes: Uint8Array, isAll: boolean): Uint8Array | undefined {
    if (bytes.length === 0) return isAll ? bytes : undefined;
    if (encoding !== "" && encoding !== "identity") throw misshapen(`something compressed (${encoding})`, bytes);
    const header = readWavHeader(bytes);
    if (header === "short" && !isAll) return undefined;
    if (header === "short") throw misshapen("an incomplete WAV header", bytes);
    const isWav = header !== "none";
    if (isWav) checkFormat(header, bytes);
    const sound = isWav ? bytes.subarray(header.dataOffset) : bytes;
    const other = sniff(sound, isAll);
    if (other === "short") return undefined;
    if (other !== undefined) throw misshapen(isWav ? `a WAV header followed by ${other}` : other, sound);
    if (!anything.has(type) && !type.startsWith("audio/")) throw misshapen("no audio", bytes);
    if (!isWav && (as === "wav" || !(anything.has(type) || sampleTypes.has(type))))
      throw misshapen("no WAV file", bytes);
    if (isWav && as === "wav") left = header.dataBytes;
    return sound;
  }

  /** Returns the complete sample frames in `bytes`; an odd byte at the end is kept for the next call. */
  function takeFrames(bytes: Uint8Array): Uint8Array {
    const own = left === undefined ? bytes : bytes.subarray(0, left);
    const whole = own.length - (own.length % frameBytes);
    held = own.subarray(whole);
    if (left !== undefined) left -= whole;
    return own.subarray(0, whole);
  }

  return {
    push(piece: Uint8Array): Uint8Array {
      let bytes = held.length === 0 ? piece : concat([held, piece]);
      if (inHead) {
        const sound = readHead(bytes, false);
        if (sound === undefined) {
          held = bytes;
          return new Uint8Array(0);
        }
        inHead = false;
        bytes = sound;
      }
      if (left === undefined) {
        const at = findWords(bytes);
        // The message quotes the beginning of the text, not the samples before it, which are valid.
        if (at !== undefined) throw misshapen("audio followed by text", bytes.subarray(at));
      }
      return takeFrames(bytes);
    },
    end(): Uint8Array {
      const frames = inHead ? takeFrames(readHead(held, true) ?? held) : new Uint8Array(0);
      if (left !== undefined && left > 0)
        throw new EngineError("broken", `${from} ended its WAV file before it had sent all of the audio`);
      return frames;
    },
  };
}

function lower(header: string | string[] | undefined): string {
  return String(header ?? "")
    .trim()
    .toLowerCase();
}
