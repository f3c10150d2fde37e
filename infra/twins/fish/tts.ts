import type { ServerResponse } from "node:http";
import type { FishCost, Pace } from "../cost.ts";
import { write, writeHead } from "../http.ts";
import type { Random } from "../random.ts";
import { framesPerSecond, sampleRateHertz, toBytes, toFrames, wavHeader } from "./audio.ts";
import { sendError, sendFieldFaults } from "./errors.ts";
import type { FishMode } from "./modes.ts";
import type { References } from "./references.ts";
import { readTtsRequest, type TtsRequest } from "./request.ts";
import type { SeenTts } from "./seen.ts";
import type { Speaker } from "./speaker.ts";
import { strangerVoice, triggerOf } from "./triggers.ts";

/** What a TTS request needs of the twin around it. */
export interface TtsContext {
  mode: FishMode;
  cost: FishCost;
  /** Code points of a text at most; 0 is no limit. */
  maxTextLength: number;
  speaker: Speaker;
  references: References;
  random: Random;
  now: () => number;
  pace: Pace;
  /** The twin ends: work that waits is given up. */
  closing: AbortSignal;
}

/** Answers `POST /v1/tts`. Whether the client is still there changes nothing but `seen`. */
export async function answerTts(
  body: unknown,
  response: ServerResponse,
  seen: SeenTts,
  context: TtsContext,
): Promise<void> {
  const result = readTtsRequest(body, context.mode);
  const refuse = (answer: () => void) => {
    seen.state = "refused";
    answer();
  };
  if ("faults" in result) return refuse(() => sendFieldFaults(response, result.faults));
  const tts = result.request;
  const { maxTextLength } = context;
  if (maxTextLength > 0 && [...tts.text].length > maxTextLength)
    return refuse(() => sendError(response, 400, `Text is too long, max length is ${maxTextLength}`));
  if (tts.streaming && tts.format !== "wav")
    return refuse(() => sendError(response, 400, "Streaming only supports WAV format"));

  const startedAt = context.now();
  seen.state = "running";
  try {
    await (tts.streaming ? stream(tts, response, seen, context) : complete(tts, response, seen, context));
  } finally {
    const endedAt = context.now();
    seen.workMs = endedAt - startedAt;
    if (seen.clientLeftAtMs !== undefined)
      seen.wastedSeconds = (endedAt - Math.max(startedAt, seen.clientLeftAtMs)) / 1000;
  }
}

const headers = { "content-disposition": "attachment; filename=audio.wav", "content-type": "audio/wav" };

/** The whole file in one chunk once all is made, or a proper error. */
async function complete(tts: TtsRequest, response: ServerResponse, seen: SeenTts, context: TtsContext): Promise<void> {
  const segments: Int16Array[] = [];
  try {
    for await (const segment of speak(tts, seen, context)) segments.push(segment);
    if (tts.format !== "wav") throw new Error("Failed to generate speech");
  } catch (error) {
    if (context.closing.aborted) return;
    seen.state = "failed";
    return sendError(response, 500, (error as Error).message);
  }
  const pcm = Buffer.concat(segments.map(toBytes));
  const file = Buffer.concat([wavHeader(pcm.length), pcm]);
  writeHead(response, 200, headers);
  seen.state = "finished";
  if (triggerOf(tts.text)?.cut) {
    await write(response, file.subarray(0, file.length >> 1));
    response.destroy();
  } else response.end(file);
}

/** Headers at once, then each segment when it is made. An error can only cut the connection. */
async function stream(tts: TtsRequest, response: ServerResponse, seen: SeenTts, context: TtsContext): Promise<void> {
  writeHead(response, 200, headers);
  response.flushHeaders();
  try {
    if (context.mode.streamHeader) await write(response, wavHeader(0));
    for await (const segment of speak(tts, seen, context)) {
      const pcm = toBytes(segment);
      if (triggerOf(tts.text)?.cut) {
        await write(response, pcm.subarray(0, pcm.length >> 1));
        throw new Error("cut");
      }
      await write(response, pcm);
    }
    seen.state = "finished";
    response.end();
  } catch {
    seen.state = "failed";
    response.destroy();
  }
}

/** Frames of a segment that asks for no limit: what S2's context of 8192 tokens holds. */
const mostTokens = 8192;

/** Makes the segments of a text, each after the time that it costs. */
async function* speak(
  { text, referenceId, inline, maxNewTokens }: TtsRequest,
  seen: SeenTts,
  { mode, cost, speaker, references, random, now, pace, closing }: TtsContext,
): AsyncGenerator<Int16Array> {
  const trigger = triggerOf(text);
  if (referenceId !== null) references.touch(referenceId);
  const known = referenceId !== null && references.speaks(referenceId);
  const voice = known ? referenceId : referenceId === null && inline ? "inline" : strangerVoice(random);
  seen.voice = voice;
  if (trigger?.hang) await untilAborted(closing);
  const mostFrames = maxNewTokens > 0 ? Math.min(maxNewTokens, mostTokens) : mostTokens;
  for (const part of split(text, mode)) {
    const startedAt = now();
    const spoken =
      trigger?.error === undefined ? speaker.speak(part, voice, mostFrames / framesPerSecond) : new Int16Array();
    const samples = toFrames(trigger?.audio?.(spoken) ?? spoken, mostFrames);
    const seconds = samples.length / sampleRateHertz;
    const workMs = cost.startMs + seconds * cost.realTimeFactor * 1000;
    // What espeak took is part of it.
    await pace(Math.max(0, workMs - (now() - startedAt)), closing);
    if (trigger?.error !== undefined) throw new Error(trigger.error);
    seen.audioSeconds += seconds;
    yield samples;
  }
}

/** S2 makes a segment of each speaker's turn; text before the first tag is lost, as there. */
function split(text: string, { split }: FishMode): string[] {
  if (split === "none" || !/<\|speaker:\d+\|>/.test(text)) return [text];
  return text
    .split(/<\|speaker:\d+\|>/)
    .slice(1)
    .filter((part) => part.trim() !== "");
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
