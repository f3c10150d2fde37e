import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Clock } from "../../clock/clock.ts";
import { finish, write } from "../http.ts";
import { resample } from "../sound/pcm.ts";
import { type Speaker, speakerRateHertz } from "../sound/speaker.ts";
import { toBytes } from "../sound/wav.ts";
import type { Batch } from "../speaking/batch.ts";
import type { Trigger } from "../speaking/faults.ts";
import type { SeenSpeech } from "../speaking/seen.ts";
import { makePieces, sendWhole, tail, writeAll } from "../speaking/sound.ts";
import type { Delivery, SpeechKind } from "./kinds/kind.ts";
import { sendHead, sendSaid } from "./wire/head.ts";
import type { SpeechRequest } from "./wire/request.ts";

/** The parts of the stand-in that are needed to answer a request. */
export interface AnswerContext {
  readonly kind: SpeechKind;
  readonly speaker: Speaker;
  readonly batch: Batch;
  /** How many requests may wait for a slot; any further one is refused. */
  readonly maxQueued: number;
  readonly clock: Clock;
  readonly timeScale: number;
  /** Closes every connection, and refuses new ones for a while. */
  readonly restart: () => void;
  /** Aborts when the stand-in closes. */
  readonly closing: AbortSignal;
}

/** The maximum duration of speech, in seconds. */
const mostSeconds = 180;

/** Answers a speech request. */
export async function answerSpeech(
  request: SpeechRequest,
  trigger: Trigger | undefined,
  response: ServerResponse,
  seen: SeenSpeech,
  context: AnswerContext,
): Promise<void> {
  const { sampleRateHertz: otherHertz = context.kind.sampleRateHertz } = trigger ?? {};
  const kind = { ...context.kind, sampleRateHertz: otherHertz };
  const refuse = (answer: () => void) => {
    seen.state = "refused";
    answer();
  };
  const delivery = kind.deliver(request, kind);
  if ("status" in delivery) return refuse(() => sendSaid(response, kind, delivery));
  const { refuses, answer, instead } = trigger ?? {};
  if (refuses !== undefined) return refuse(() => sendSaid(response, kind, refuses, refuses.headers));
  if (answer !== undefined)
    return refuse(() => {
      sendHead(response, kind, 200, answer.headers);
      response.end(answer.body);
    });
  const { running, waiting } = context.batch.load;
  if (running >= kind.cost.maxRequests && waiting >= context.maxQueued)
    return refuse(() => sendSaid(response, kind, { status: 503, message: "The request queue is full." }));
  if (instead === "reset") return refuse(() => response.socket?.resetAndDestroy());
  if (instead === "restart") return refuse(context.restart);
  if (instead === "hang") {
    await once(response, "close");
    seen.state = "stopped";
    seen.endedAtMs = context.clock.now();
    return;
  }

  const asked = "sampleRateHertz" in delivery ? delivery.sampleRateHertz : undefined;
  const sampleRateHertz = trigger?.sampleRateHertz ?? asked ?? kind.sampleRateHertz;
  seen.voice = request.voice;
  const spoken = context.speaker.speak(request.input, request.voice ?? "default", mostSeconds);
  const own = resample(spoken, speakerRateHertz, sampleRateHertz);
  const pcm = toBytes(trigger?.audio?.(own, sampleRateHertz) ?? own);
  const left = new AbortController();
  // A server that does not notice that its client has left keeps working.
  if (!kind.deaf) response.once("close", () => left.abort(new Error("the client has left")));
  seen.state = "running";
  const pieces = makePieces({ pcm, sampleRateHertz, trigger, seen, ...context, signal: left.signal });
  try {
    if (delivery.how === "whole")
      await sendWhole(pieces, {
        ...{ sampleRateHertz, trigger, response },
        begin: (length) =>
          sendHead(response, kind, 200, { "content-type": "audio/wav", "content-length": length, ...delivery.headers }),
        fail: () => sendSaid(response, kind, { status: 500, message: "Speech generation failed" }),
      });
    else await sendStream(pieces, { delivery, sampleRateHertz, trigger, response, seen, kind });
    seen.state = "finished";
  } catch {
    seen.state = left.signal.aborted ? "stopped" : "failed";
    response.destroy();
  } finally {
    seen.endedAtMs = context.clock.now();
  }
}

interface SendOptions<How> {
  readonly delivery: Delivery & { readonly how: How };
  readonly sampleRateHertz: number;
  readonly trigger: Trigger | undefined;
  readonly response: ServerResponse;
  readonly seen: SeenSpeech;
  readonly kind: SpeechKind;
}

/** Sends each piece as soon as it is made. */
async function sendStream(pieces: AsyncIterable<Buffer>, options: SendOptions<"stream">): Promise<void> {
  const { delivery, sampleRateHertz, trigger, response, kind } = options;
  const { framing, headers = {}, lateHead = false } = delivery;
  const begin = () => {
    sendHead(response, kind, 200, { "content-type": framing.contentType, ...headers });
    response.flushHeaders();
  };
  if (!lateHead) begin();
  const head = framing.head();
  if (head !== undefined) head.writeUInt32LE(sampleRateHertz, 24);
  if (head !== undefined && trigger?.channelCount !== undefined) head.writeUInt16LE(trigger.channelCount, 22);
  const { middle } = trigger ?? {};
  let count = 0;
  for await (const piece of pieces) {
    if (count === 0 && lateHead) begin();
    if (count === 0 && head !== undefined) await writeAll(response, head, trigger);
    // The fault occurs after the second piece, or inside the first piece if that piece is longer than 1 s.
    const isLast = middle !== undefined && (count > 0 || piece.length > 2 * sampleRateHertz);
    const sent = isLast && count === 0 ? piece.subarray(0, 2 * Math.round(piece.length / 10)) : piece;
    await writeAll(response, framing.piece(sent, count++), trigger);
    if (isLast) return endEarly(middle, framing, response);
  }
  const end = framing.end();
  if (end !== undefined) await writeAll(response, end, trigger);
  await finish(response);
}

async function endEarly(
  how: NonNullable<Trigger["middle"]>,
  framing: (Delivery & { how: "stream" })["framing"],
  response: ServerResponse,
): Promise<void> {
  const told = how === "error" ? framing.error("Speech generation failed") : how === "tail" ? tail : undefined;
  if (told !== undefined) await write(response, told);
  if (how === "freeze") await once(response, "close");
  if (how === "stub" || told !== undefined) return finish(response);
  throw new Error("broken");
}
