import { toSamples } from "../../infra/audio/pcm.ts";
import { wavHeader } from "../audio/wav.ts";
import { Failure } from "../errors.ts";

/**
 * Adds a watermark to speech. The result has the same number of 16-bit mono samples at the same rate. Throws a Failure
 * if no watermark could be added.
 */
export type Watermark = (pcm: Uint8Array, rate: number, signal: AbortSignal) => Promise<Uint8Array>;

const timeoutMs = 60_000;

/**
 * Makes a watermark function that calls a program of the operator's: it POSTs a WAV file to `url`, and gets back a WAV
 * file of the same rate and length. Speech for which the program fails is not delivered.
 */
export function createWatermark(url: string): Watermark {
  return async (pcm, rate, signal) => {
    let bytes: Buffer;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "audio/wav" },
        body: Buffer.concat([wavHeader(rate, pcm.length), pcm]),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        redirect: "error",
      });
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      bytes = Buffer.from(await response.arrayBuffer());
    } catch (error) {
      if (signal.aborted) throw error;
      throw failure(error instanceof Error ? error.message : String(error));
    }
    const marked = readWav(bytes, rate);
    if (marked === undefined) throw failure(`it did not answer with a 16-bit mono WAV file of ${rate} Hz`);
    if (marked.length !== pcm.length)
      throw failure(`it answered with ${marked.length / 2} samples, but was sent ${pcm.length / 2}`);
    return marked;
  };
}

/** The 16-bit mono samples of a WAV file, as bytes; undefined if the file is not a WAV file of this kind and rate. */
function readWav(file: Buffer, rate: number): Uint8Array | undefined {
  if (file.toString("latin1", 0, 4) !== "RIFF" || file.toString("latin1", 8, 12) !== "WAVE") return undefined;
  let isRight = false;
  for (let at = 12; at + 8 <= file.length; ) {
    const [id, size] = [file.toString("latin1", at, at + 4), file.readUInt32LE(at + 4)];
    const body = file.subarray(at + 8, at + 8 + size);
    if (id === "fmt " && body.length >= 16)
      isRight =
        body.readUInt16LE(2) === 1 && body.readUInt32LE(4) === rate && [1, 0xfffe].includes(body.readUInt16LE(0));
    if (id === "data") return isRight ? new Uint8Array(toSamples(body).buffer) : undefined;
    at += 8 + size + (size % 2);
  }
  return undefined;
}

function failure(said: string): Failure {
  return new Failure(
    "UNAVAILABLE",
    "WATERMARK_FAILED",
    "the answer could not be watermarked, and is not sent without a watermark: try again",
    {
      inFull: `the program at DUET_EDGE_MARKING_WATERMARK_URL failed: ${said}`,
    },
  );
}
