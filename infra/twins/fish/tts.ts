import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { FishCost } from "../../cost/cost.ts";
import type { Law } from "../../cost/law.ts";
import type { Pace } from "../../cost/pace.ts";
import type { Random } from "../../random/random.ts";
import { countCodePoints } from "../../text/code-points.ts";
import { hash } from "../../text/hash.ts";
import { send, write, writeHead } from "../http.ts";
import { type Pulled, strangerVoice } from "./faults.ts";
import type { FishMode } from "./modes.ts";
import type { SeenTts } from "./seen.ts";
import { framesPerSecond, isRecording, sampleRateHertz, toBytes, toFrames, wavHeader } from "./sound/audio.ts";
import { type Garble, hiss, isGarbled } from "./sound/garble.ts";
import type { Speaker } from "./sound/speaker.ts";
import { splitText } from "./sound/split.ts";
import { type References, referenceIdPattern } from "./voices/references.ts";
import { sendError, sendFieldFaults } from "./wire/error-body.ts";
import { readTtsRequest, type TtsRequest } from "./wire/request.ts";
import type { RequestBody } from "./wire/request-body.ts";

/** What a TTS request needs of the twin around it. */
export interface TtsContext {
  mode: FishMode;
  cost: FishCost;
  law: Law;
  garble: Garble;
  /** Code points of a text at most; 0 is no limit. */
  maxTextLength: number;
  speaker: Speaker;
  references: References;
  random: Random;
  now: () => number;
  pace: Pace;
  /** Finds the fault that a text asks for. */
  pull: (text: string) => Pulled | undefined;
  /** How long HANG blocks the worker, in milliseconds that no time scale stretches. */
  hangMs: number;
  /** The twin ends: work that waits is given up. */
  closing: AbortSignal;
}

/** Answers `POST /v1/tts`. Whether the client is still there changes nothing but `seen`. */
export async function answerTts(
  body: RequestBody,
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
  if (maxTextLength > 0 && countCodePoints(tts.text) > maxTextLength)
    return refuse(() => sendError(response, 400, `Text is too long, max length is ${maxTextLength}`));
  if (tts.streaming && tts.format !== "wav")
    return refuse(() => sendError(response, 400, "Streaming only supports WAV format"));
  const pulled = context.pull(tts.text);
  const answer = pulled?.trigger.answer;
  if (answer !== undefined) return refuse(() => send(response, answer.status, answer.body, answer.headers));
  if (pulled?.trigger.reset) return refuse(() => response.socket?.resetAndDestroy());

  const startedAt = context.now();
  seen.state = "running";
  try {
    await (tts.streaming ? stream : complete)(tts, pulled, response, seen, context);
  } finally {
    const endedAt = context.now();
    seen.workMs = endedAt - startedAt;
    if (seen.clientLeftAtMs !== undefined)
      seen.wastedSeconds = (endedAt - Math.max(startedAt, seen.clientLeftAtMs)) / 1000;
  }
}

const headers = { "content-disposition": "attachment; filename=audio.wav", "content-type": "audio/wav" };

/** The whole file in one chunk once all is made, or a proper error. */
async function complete(
  tts: TtsRequest,
  pulled: Pulled | undefined,
  response: ServerResponse,
  seen: SeenTts,
  context: TtsContext,
): Promise<void> {
  const segments: Int16Array[] = [];
  try {
    for await (const { samples } of speak(tts, pulled, seen, context)) segments.push(samples);
    if (segments.length === 0) throw new Error("No audio generated, please check the input text.");
    if (tts.format !== "wav") throw exception(`Unknown format: '${tts.format.toUpperCase()}'`, context.mode);
  } catch (error) {
    if (context.closing.aborted) return;
    seen.state = "failed";
    return sendError(response, 500, (error as Error).message);
  }
  const pcm = Buffer.concat(segments.map(toBytes));
  const file = Buffer.concat([wavHeader(pcm.length), pcm]);
  writeHead(response, 200, headers);
  seen.state = "finished";
  if (pulled?.trigger.cut) {
    await write(response, file.subarray(0, file.length >> 1));
    response.destroy();
    return;
  }
  for (const piece of pieces(file, pulled).slice(0, -1)) await write(response, piece);
  response.end(pieces(file, pulled).at(-1));
}

/** Headers at once, then each segment when it is made. An error can only cut the connection. */
async function stream(
  tts: TtsRequest,
  pulled: Pulled | undefined,
  response: ServerResponse,
  seen: SeenTts,
  context: TtsContext,
): Promise<void> {
  writeHead(response, 200, headers);
  response.flushHeaders();
  const writeAll = async (bytes: Buffer) => {
    for (const piece of pieces(bytes, pulled)) await write(response, piece);
  };
  let parts = 0;
  try {
    if (context.mode.streamHeader) await writeAll(wavHeader(0));
    for await (const { samples, part } of speak(tts, pulled, seen, context)) {
      const pcm = toBytes(samples);
      parts++;
      if (pulled?.trigger.cut && pulled.strikes(part)) {
        await write(response, pcm.subarray(0, pcm.length >> 1));
        throw new Error("cut");
      }
      await writeAll(pcm);
    }
    if (parts === 0) throw new Error("No audio generated, please check the input text.");
    seen.state = "finished";
    response.end();
  } catch {
    seen.state = "failed";
    response.destroy();
  }
}

/** Sizes of pieces, over and over: the first end inside a header, the others inside a sample. */
const oddSizes = [5, 33, 1, 4095];

/** What is written at once: all of it, unless ODD was pulled. */
function pieces(bytes: Buffer, pulled: Pulled | undefined): Buffer[] {
  if (!pulled?.trigger.odd) return [bytes];
  const cut: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += oddSizes[(cut.length - 1) % oddSizes.length] as number)
    cut.push(bytes.subarray(at, at + (oddSizes[cut.length % oddSizes.length] as number)));
  return cut;
}

/** Frames of a segment that asks for no limit: what S2's context of 8192 tokens holds. */
const mostTokens = 8192;

/** Makes the segments of a text, each after the time that it costs. */
async function* speak(
  tts: TtsRequest,
  pulled: Pulled | undefined,
  seen: SeenTts,
  context: TtsContext,
): AsyncGenerator<{ samples: Int16Array; part: string }> {
  const { mode, cost, law, garble, speaker, random, now, pace, closing } = context;
  const voice = voiceOf(tts, context);
  seen.voice = voice;
  const mostFrames = tts.maxNewTokens > 0 ? Math.min(tts.maxNewTokens, mostTokens) : mostTokens;
  for (const part of splitText(tts.text, mode.split, tts.chunkLength)) {
    const trigger = pulled?.strikes(part) ? pulled.trigger : undefined;
    if (trigger?.hang) await hang(context);
    const startedAt = now();
    const spoken =
      trigger?.error === undefined ? speaker.speak(part, voice, mostFrames / framesPerSecond) : new Int16Array();
    const garbled = isGarbled(spoken.length / sampleRateHertz, garble, random);
    seen.garbled ||= garbled;
    const sound = garbled ? hiss(spoken.length, random) : (trigger?.audio?.(spoken, tts.streaming) ?? spoken);
    const samples = toFrames(sound, mostFrames);
    const seconds = samples.length / sampleRateHertz;
    const workMs = law(cost.startMs + seconds * cost.realTimeFactor * 1000, seconds * 4);
    // What espeak took is part of it.
    await pace(Math.max(0, workMs - (now() - startedAt)), closing);
    if (trigger?.error !== undefined) throw new Error(trigger.error);
    seen.audioSeconds += seconds;
    yield { samples, part };
  }
}

/** Who speaks: the reference named, else the recording brought, else somebody. */
function voiceOf({ referenceId, references: brought }: TtsRequest, { mode, references, random }: TtsContext): string {
  if (referenceId !== null) {
    // Older generations make a folder wherever a name leads; here it leads nowhere.
    if (mode.hidesExceptions && !referenceIdPattern.test(referenceId)) throw exception("", mode);
    references.touch(referenceId);
    return references.speaks(referenceId) ? referenceId : strangerVoice(random);
  }
  if (!brought.every(({ audio }) => isRecording(audio))) throw exception("Format not recognised.", mode);
  const [first] = brought;
  return first === undefined ? strangerVoice(random) : `inline-${hash(Buffer.from(first.audio).toString("latin1"))}`;
}

/** What an exception that nobody foresaw is told as. */
function exception(words: string, { hidesExceptions }: FishMode): Error {
  return new Error(hidesExceptions ? "Failed to generate speech" : words);
}

/** Blocks the worker for as long as a hang lasts. */
async function hang({ hangMs, closing }: TtsContext): Promise<void> {
  // Longer than a timer can be set: until the twin ends.
  await sleep(Math.min(hangMs, 2 ** 31 - 1), undefined, { signal: closing, ref: hangMs < 2 ** 31 });
}
