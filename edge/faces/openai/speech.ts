import { z } from "zod";
import type { Clock } from "../../../infra/clock/clock.ts";
import { begun } from "../../../infra/stream/begun.ts";
import { countCodePoints } from "../../../infra/text/code-points.ts";
import { secondsOfSpeech } from "../../access/expected.ts";
import { type AudioForm, audioForms, isAudioForm } from "../../audio/formats.ts";
import { type AudioOutput, contentTypeOf } from "../../audio/output.ts";
import { playTurn } from "../../audio/play.ts";
import { Failure } from "../../errors.ts";
import { speechOf } from "../../profiles/apply.ts";
import { requestLimits } from "../../rpc/request/limits.ts";
import type { TurnEvent } from "../../turn/events.ts";
import { startTurn } from "../../turn/turn.ts";
import { giveText } from "../../turn/writer.ts";
import { badParam, toError } from "./errors.ts";
import { languageTag, optional, readBody, sessionId, textOfAtMost, userId, voiceName } from "./read.ts";
import type { Asked, Reply } from "./reply.ts";
import { sseData } from "./sse.ts";
import type { OpenAiTools } from "./tools.ts";
import { expectVoice, voiceOf } from "./voices.ts";

// The longest text, in characters: the limit of Speak. OpenAI's own limit is 4,096.
const mostCharacters = requestLimits.textCharacters;
const formNames = Object.keys(audioForms);

/** The fields that are read from the body of `POST /v1/audio/speech`; all others are ignored. */
export const speechBody = z.object({
  model: z.string(),
  input: textOfAtMost(mostCharacters).refine((text) => /[\p{L}\p{N}]/u.test(text), {
    error: "must hold at least one letter or digit",
  }),
  voice: voiceName,
  instructions: optional(textOfAtMost(mostCharacters)),
  response_format: optional(
    z
      .string()
      .refine(isAudioForm, { error: `must be one of ${formNames.join(", ")}: other formats are not supported` }),
  ),
  speed: optional(z.number().min(0.25).max(4)),
  stream_format: optional(z.enum(["audio", "sse"])),
  sample_rate: optional(z.number().int()),
  pacing: optional(z.enum(["none", "real_time"])),
  language: optional(languageTag),
  profile: optional(z.string()),
  session_id: optional(sessionId),
  user: optional(userId),
});

/** Answers `POST /v1/audio/speech` with the spoken text, as the RPC Speak does, in the requested audio format. */
export async function createSpeech(request: Asked, tools: OpenAiTools): Promise<Reply> {
  const { call, spend } = request;
  const asked = readBody(speechBody, request.body);
  const output = readOutput(asked);
  tools.models.expectSpeech(asked.model);
  const { input: text, language = "", session_id: session = "", user = "" } = asked;
  const profile = await tools.profiles.of(call, { profile: asked.profile ?? "", sessionId: session, userId: user });
  const keep =
    session === "" ? undefined : tools.join(call, { session, user, profile, question: undefined, given: text });
  const plan = {
    rpc: "Speak",
    write: giveText(text),
    ...speechOf(profile, { voice: voiceOf(asked.voice, tools.voices), language }),
    profile: profile.id,
    questionLanguage: "",
    keep: keep?.keep,
  } as const;
  const started = startTurn(call, plan, tools.turn);
  const turn = expectVoice(tools.access.meter(call, profile, { seconds: secondsOfSpeech(text) }, started), "voice");
  // No engine follows instructions yet, so a header says that they were ignored. OpenAI's tts-1 also accepts and
  // ignores them.
  const notFollowed = asked.instructions?.trim() ? { "x-duet-not-followed": "instructions" } : {};
  if (asked.stream_format === "sse") {
    const stream = await begun(toEvents(turn, { output, text, clock: tools.turn.clock, asked: request }));
    if (stream === undefined) throw nothingSpoken();
    return { contentType: "text/event-stream", stream, headers: notFollowed };
  }
  const onEvent = ({ case: kind }: TurnEvent) => kind === "audio" && spend();
  const stream = await begun(playTurn(turn, output, { clock: tools.turn.clock, signal: call.signal, onEvent }));
  if (stream === undefined) throw nothingSpoken();
  return { contentType: contentTypeOf(output), stream, headers: notFollowed };
}

/** The requested form of audio. Throws if that form does not allow the requested rate or pacing. */
function readOutput(asked: z.infer<typeof speechBody>): AudioOutput {
  const form = asked.response_format ?? "mp3";
  const { rates, bare }: AudioForm = audioForms[form];
  const rate = asked.sample_rate ?? (rates[0] as number);
  if (!rates.includes(rate)) throw badParam("sample_rate", `must be one of ${rates.join(", ")} for ${form}`);
  const realTime = asked.pacing === "real_time";
  if (realTime && bare === undefined)
    throw badParam("pacing", `cannot be real_time for ${form}, which has a header: ask for pcm, ulaw or alaw`);
  return { form, rate, speed: asked.speed ?? 1, realTime };
}

/**
 * Converts a turn to `speech.audio.*` events. A failure after the start is sent as an event, and the stream is also cut
 * off, since clients skip events that they do not know.
 */
async function* toEvents(
  turn: AsyncIterable<{ readonly event: TurnEvent }>,
  { output, text, clock, asked }: { output: AudioOutput; text: string; clock: Clock; asked: Asked },
): AsyncGenerator<Uint8Array> {
  const { call, spend, inFull } = asked;
  const { signal } = call;
  let begun = false;
  let frames = 0;
  let rate = 1;
  const onEvent = (event: TurnEvent) => {
    if (event.case === "started") rate = event.value.audioFormat?.sampleRateHertz ?? 1;
    if (event.case !== "audio") return;
    spend();
    frames += (event.value.pcm?.length ?? 0) / 2;
  };
  try {
    for await (const bytes of playTurn(turn, output, { clock, signal, onEvent })) {
      begun = true;
      yield sseData({ type: "speech.audio.delta", audio: Buffer.from(bytes).toString("base64") });
    }
  } catch (error) {
    if (begun && error instanceof Failure) yield sseData({ type: "speech.audio.error", error: toError(error, inFull) });
    throw error;
  }
  if (begun) yield sseData({ type: "speech.audio.done", usage: usageOf(text, frames / rate / output.speed) });
}

/**
 * A voice uses no tokens, so the token counts are made up. They follow OpenAI's way of counting: each character of the
 * text is a text token, and every 50 ms of audio is an audio token.
 */
function usageOf(text: string, seconds: number) {
  const input = countCodePoints(text);
  const output = Math.ceil(seconds * 20);
  return { input_tokens: input, output_tokens: output, total_tokens: input + output };
}

function nothingSpoken(): Failure {
  return badParam(
    "input",
    "holds nothing that can be spoken: perhaps it is only code",
    "NOTHING_TO_SPEAK",
    "NOT_SPEAKABLE",
  );
}
