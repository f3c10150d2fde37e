import { begun } from "../../../../infra/stream/begun.ts";
import { createAudioWriter } from "../../../audio/output.ts";
import { throwUnlessWhole } from "../../../audio/play.ts";
import { Failure } from "../../../errors.ts";
import type { EventOf, TurnEvent } from "../../../turn/events.ts";
import { toError } from "../errors.ts";
import type { Asked, Reply } from "../reply.ts";
import { sseData, ssePing } from "../sse.ts";
import type { OpenAiTools } from "../tools.ts";
import type { ChatBody } from "./request.ts";
import { finishReasonOf, usageOf, writeCall } from "./shapes.ts";
import { askTurn, type ChatTurn, isSpoken } from "./turn.ts";

const rate = 24_000;

/**
 * Streams a chat completion as it is written and, if audio is requested, as it is spoken: the text is then sent as the
 * audio's transcript. A failure after the start is sent as the last event, which makes OpenAI's clients throw.
 */
export async function answerStreamed(asked: Asked, body: ChatBody, tools: OpenAiTools): Promise<Reply> {
  const stream = await begun(toChunks(await askTurn(asked.call, body, tools), asked, body, tools));
  if (stream === undefined)
    throw new Failure("UNAVAILABLE", "CUT", "the answer was cut off before it began: ask again");
  return { contentType: "text/event-stream", stream };
}

async function* toChunks(
  turn: ChatTurn,
  { call, spend, inFull }: Asked,
  body: ChatBody,
  { spokenAnswers, unixNow }: OpenAiTools,
): AsyncGenerator<Uint8Array> {
  const spoken = isSpoken(body);
  const withUsage = body.stream_options?.include_usage === true;
  const audio = spokenAnswers.begin();
  const created = Math.floor(unixNow() / 1000);
  let started: EventOf<"started"> | undefined;
  let sound: Sound | undefined;
  let text = "";

  const chunk = (choices: object[], usage: object | null = null) =>
    sseData({
      id: `chatcmpl-${started?.turnId}`,
      object: "chat.completion.chunk",
      created,
      model: started?.model ?? "",
      service_tier: null,
      system_fingerprint: null,
      choices,
      ...(withUsage && { usage }),
    });
  const delta = (delta: object, finishReason: string | null = null) =>
    chunk([{ index: 0, delta, logprobs: null, finish_reason: finishReason }]);

  function* tell(event: TurnEvent): Generator<Uint8Array> {
    switch (event.case) {
      case "started":
        started = event.value;
        yield delta({ role: "assistant", ...(!spoken && { content: "" }), refusal: null });
        break;
      case "textDelta": {
        spend();
        const piece = event.value.text ?? "";
        const isFirst = text === "";
        text += piece;
        if (!spoken) yield delta({ content: piece });
        else
          yield delta({
            ...(isFirst && { content: null }),
            audio: { ...(isFirst && { id: audio.id }), transcript: piece },
          });
        break;
      }
      case "audio":
        spend();
        for (const data of sound?.push(event.value.pcm ?? new Uint8Array()) ?? []) yield delta({ audio: { data } });
        break;
      case "heartbeat":
      case "thinking":
        // No ping is sent before the first data: until then, a failure can still be reported by the HTTP status.
        if (started !== undefined) yield ssePing;
        break;
      case "finished":
        throwUnlessWhole(event.value);
        for (const data of sound?.end() ?? []) yield delta({ audio: { data } });
        if (text !== "" && spoken) {
          spokenAnswers.keep(call.tenant, audio.id, text);
          yield delta({ audio: { expires_at: audio.expiresAt } });
        }
        if (turn.toolCalls.length > 0)
          yield delta({ tool_calls: turn.toolCalls.map((called, index) => ({ index, ...writeCall(called) })) });
        yield delta({}, finishReasonOf(event.value, turn.toolCalls));
        if (withUsage) yield chunk([], usageOf(event.value));
        yield sseData("[DONE]");
    }
  }

  try {
    for await (const { event } of turn.events) {
      if (event.case === "started" && spoken)
        sound = await createSound(event.value.audioFormat?.sampleRateHertz ?? rate);
      yield* tell(event);
    }
  } catch (error) {
    if (started === undefined || !(error instanceof Failure)) throw error;
    yield sseData({ error: toError(error, inFull) });
  } finally {
    sound?.close();
  }
}

/**
 * The encoder of audio as base64, in pieces that can simply be concatenated: some clients join the base64 text instead
 * of the bytes.
 */
type Sound = Awaited<ReturnType<typeof createSound>>;

// The length of a piece in bytes is a multiple of this, so that it holds whole samples and whole base64 groups, and
// needs no padding.
const unit = 6;

async function createSound(spokenRate: number) {
  const writer = await createAudioWriter({ form: "pcm", rate, speed: 1, realTime: false }, spokenRate);
  let rest = Buffer.alloc(0);
  const cut = (bytes: Uint8Array, all: boolean): string[] => {
    const joined = Buffer.concat([rest, bytes]);
    const length = all ? joined.length : joined.length - (joined.length % unit);
    rest = joined.subarray(length);
    return length === 0 ? [] : [joined.toString("base64", 0, length)];
  };
  return {
    push: (pcm: Uint8Array) => cut(writer.push(pcm), false),
    end: () => cut(writer.end(), true),
    close: () => writer.close(),
  };
}
