import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type Clock, sleep } from "../../clock/clock.ts";
import { finish, write } from "../http.ts";
import { wavHeader } from "../sound/wav.ts";
import type { Batch } from "./batch.ts";
import type { Trigger } from "./faults.ts";
import type { SeenSpeech } from "./seen.ts";

/** The audio to make piece by piece, and what is needed to make it. */
export interface PiecesOptions {
  readonly pcm: Buffer;
  readonly sampleRateHertz: number;
  readonly trigger: Trigger | undefined;
  readonly seen: SeenSpeech;
  readonly batch: Batch;
  readonly clock: Clock;
  readonly timeScale: number;
  /** Aborts when the stand-in closes. */
  readonly closing: AbortSignal;
  /** When this signal aborts, the work on this request ends. */
  readonly signal: AbortSignal;
}

/** Yields the audio piece by piece, each piece as soon as it is made. */
export async function* makePieces(options: PiecesOptions): AsyncGenerator<Buffer> {
  const { pcm, sampleRateHertz, trigger, seen, batch, clock, timeScale, closing, signal } = options;
  const bytesPerSecond = sampleRateHertz * 2;
  let at = 0;
  for await (const seconds of batch.run(pcm.length / bytesPerSecond, signal)) {
    const until = Math.min(pcm.length, 2 * Math.round((seconds * bytesPerSecond) / 2));
    const more = (until - at) / bytesPerSecond;
    if (trigger?.crawls !== undefined && at > 0)
      await sleep(clock, more * 1000 * trigger.crawls * timeScale, AbortSignal.any([signal, closing]));
    if (at === 0) seen.together = batch.load.running;
    seen.audioSeconds += more;
    if (seen.clientLeft) seen.wastedSeconds += more;
    seen.piecesAtMs.push(clock.now());
    yield pcm.subarray(at, until);
    at = until;
  }
}

/** How to answer a request with a complete audio file. */
export interface WholeOptions {
  readonly sampleRateHertz: number;
  readonly trigger: Trigger | undefined;
  readonly response: ServerResponse;
  /** Writes the headers of the answer; `contentLength` is the length of its body. */
  begin(contentLength: number): void;
  /** Called if the work has failed before the answer has begun; sends the error response. */
  fail(): void;
}

/**
 * Sends the audio as one WAV file once all of it is made. A trigger may make the file faulty. Throws if the connection
 * is to be cut.
 */
export async function sendWhole(pieces: AsyncIterable<Buffer>, options: WholeOptions): Promise<void> {
  const { sampleRateHertz, trigger, response } = options;
  const made: Buffer[] = [];
  for await (const piece of pieces) made.push(piece);
  const pcm = Buffer.concat(made);
  const { middle } = trigger ?? {};
  if (middle === "error") return options.fail();
  const header = wavHeader({ sampleRateHertz, dataBytes: pcm.length });
  if (trigger?.channelCount !== undefined) header.writeUInt16LE(trigger.channelCount, 22);
  const file = Buffer.concat([header, pcm]);
  const tailed = middle === "tail" ? Buffer.concat([file, tail]) : file;
  const sent = middle === "stub" ? file.subarray(0, Math.round(file.length / 10) * 2) : tailed;
  const isBroken = middle === "cut" || middle === "freeze";
  options.begin(isBroken ? file.length : sent.length);
  await writeAll(response, isBroken ? sent.subarray(0, sent.length >> 1) : sent, trigger);
  if (middle === "freeze") await once(response, "close");
  if (isBroken) throw new Error("broken");
  await finish(response);
}

/** What the fault TAIL sends after the samples: an error in JSON. */
export const tail = Buffer.from(JSON.stringify({ error: "CUDA error: an illegal memory access was encountered" }));

/** Sizes of pieces in bytes, used in turn: the first pieces end inside a header, the others inside a sample. */
const oddSizes = [5, 33, 1, 4095];

/** Writes bytes to the response: at once, or in pieces of odd sizes if the trigger says so. */
export async function writeAll(response: ServerResponse, bytes: Buffer, trigger: Trigger | undefined): Promise<void> {
  if (!trigger?.odd) return write(response, bytes);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = oddSizes[turn % oddSizes.length] as number;
    await write(response, bytes.subarray(at, at + size));
    at += size;
  }
}
