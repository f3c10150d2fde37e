import type { ServerResponse } from "node:http";
import { countCodePoints } from "../../text/code-points.ts";
import { send, write, writeHead } from "../http.ts";
import { toBytes } from "../sound/wav.ts";
import type { Pulled } from "./faults.ts";
import type { SeenTts } from "./seen.ts";
import { wavHeader } from "./sound/audio.ts";
import { exception, speak, type TtsContext } from "./speak.ts";
import { sendError, sendFieldFaults } from "./wire/error-body.ts";
import { readTtsRequest, type TtsRequest } from "./wire/request.ts";
import type { RequestBody } from "./wire/request-body.ts";

/** Answers `POST /v1/tts`. If the client leaves, which `seen` records, the work goes on, as in the real server. */
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
  if (pulled?.trigger.restart) return refuse(context.restart);

  const startedAt = context.now();
  seen.state = "running";
  seen.startedAtMs = startedAt;
  try {
    const isWhole = !tts.streaming || pulled?.trigger.remade !== undefined;
    await (isWhole ? complete : stream)(tts, pulled, response, seen, context);
  } finally {
    const endedAt = context.now();
    seen.workMs = endedAt - startedAt;
    if (seen.clientLeftAtMs !== undefined)
      seen.wastedSeconds = (endedAt - Math.max(startedAt, seen.clientLeftAtMs)) / 1000;
  }
}

const headers = { "content-disposition": "attachment; filename=audio.wav", "content-type": "audio/wav" };

/** Sends the complete file in one chunk once all speech is made; if that fails, sends a complete error response. */
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
  const made = Buffer.concat([wavHeader(pcm.length), pcm]);
  const { body: file, headers: more = {} } = pulled?.trigger.remade?.(made) ?? { body: made };
  writeHead(response, 200, { ...headers, ...more });
  seen.state = "finished";
  if (pulled?.trigger.cut) {
    await write(response, file.subarray(0, file.length >> 1));
    response.destroy();
    return;
  }
  for (const piece of pieces(file, pulled).slice(0, -1)) await write(response, piece);
  response.end(pieces(file, pulled).at(-1));
}

/** Sends the headers at once, then each segment when it is made; on an error, all it can do is cut the connection. */
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

/** The sizes of pieces in bytes, used in rotation: the first ones end inside the header, later ones inside a sample. */
const oddSizes = [5, 33, 1, 4095];

/** Splits bytes into the chunks to write: a single chunk, or chunks of `oddSizes` if the fault ODD was triggered. */
function pieces(bytes: Buffer, pulled: Pulled | undefined): Buffer[] {
  if (!pulled?.trigger.odd) return [bytes];
  const cut: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += oddSizes[(cut.length - 1) % oddSizes.length] as number)
    cut.push(bytes.subarray(at, at + (oddSizes[cut.length % oddSizes.length] as number)));
  return cut;
}
