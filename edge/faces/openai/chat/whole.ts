import { type AudioForm, audioForms } from "../../../audio/formats.ts";
import { playTurn, throwUnlessWhole } from "../../../audio/play.ts";
import { wavHeader } from "../../../audio/wav.ts";
import { Failure } from "../../../errors.ts";
import type { EventOf, TurnEvent } from "../../../turn/events.ts";
import type { Asked, Reply } from "../reply.ts";
import type { OpenAiTools } from "../tools.ts";
import type { ChatBody } from "./request.ts";
import { finishReasonOf, usageOf, writeCall } from "./shapes.ts";
import { askTurn } from "./turn.ts";

// The maximum bytes of audio in an answer that is sent in one piece, since they are held in memory: more than ten
// minutes of WAV at 24 kHz. A longer answer has to be streamed.
const mostBytes = 32 << 20;

/** Answers a chat completion in one piece, once it is complete. */
export async function answerWhole({ call, spend }: Asked, body: ChatBody, tools: OpenAiTools): Promise<Reply> {
  const turn = await askTurn(call, body, tools);
  let text = "";
  let started: EventOf<"started"> | undefined;
  let finished: EventOf<"finished"> | undefined;
  const onEvent = (event: TurnEvent) => {
    if (event.case === "started") started = event.value;
    if (event.case === "textDelta") text += event.value.text ?? "";
    if (event.case === "finished") finished = event.value;
    if (event.case === "textDelta" || event.case === "audio") spend();
  };
  const sound = body.audio === undefined ? await read(turn.events, onEvent) : await hear();
  if (finished === undefined || started === undefined)
    throw new Failure("UNAVAILABLE", "CUT", "the answer was cut off before its end: ask again");
  const created = Math.floor(tools.unixNow() / 1000);
  const toolCalls = turn.toolCalls.map(writeCall);
  return {
    json: {
      id: `chatcmpl-${started.turnId}`,
      object: "chat.completion",
      created,
      model: started.model,
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: sound === undefined ? text || null : null,
            refusal: null,
            annotations: [],
            ...(sound && { audio: keepSound(sound) }),
            ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
          },
          logprobs: null,
          finish_reason: finishReasonOf(finished, turn.toolCalls),
        },
      ],
      usage: usageOf(finished),
      service_tier: null,
      system_fingerprint: null,
    },
  };

  async function hear(): Promise<Buffer | undefined> {
    const asked = body.audio?.format ?? "wav";
    // WAV is made from PCM at the end, so that its header can state the length.
    const form = asked === "pcm16" || asked === "wav" ? "pcm" : asked;
    const rate = (audioForms[form] as AudioForm).rates[0] as number;
    const output = { form, rate, speed: 1, realTime: false } as const;
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of playTurn(turn.events, output, {
      clock: tools.turn.clock,
      signal: call.signal,
      onEvent,
    })) {
      bytes += piece.length;
      if (bytes > mostBytes)
        throw new Failure(
          "OUT_OF_RANGE",
          "TOO_LONG",
          "the answer is too long to be sent in one piece: set stream to true",
        );
      pieces.push(piece);
    }
    if (bytes === 0) return undefined;
    return Buffer.concat(asked === "wav" ? [wavHeader(rate, bytes), ...pieces] : pieces);
  }

  function keepSound(sound: Buffer) {
    const { id, expiresAt } = tools.spokenAnswers.begin();
    tools.spokenAnswers.keep(call.tenant, id, text);
    return { id, expires_at: expiresAt, data: sound.toString("base64"), transcript: text };
  }
}

async function read(
  events: AsyncIterable<{ readonly event: TurnEvent }>,
  onEvent: (event: TurnEvent) => void,
): Promise<undefined> {
  for await (const { event } of events) {
    onEvent(event);
    if (event.case === "finished") throwUnlessWhole(event.value);
  }
}
