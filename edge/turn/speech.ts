import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Call } from "../call.ts";
import { Failure } from "../errors.ts";
import type { Admitted, SynthesizeRequestSchema, SynthesizeResponse } from "../gen/duet/synthesize/v1/synthesize_pb.ts";
import type { TurnEvent } from "./events.ts";
import type { Synthesize } from "./ports.ts";
import { toWarningReason } from "./translate.ts";

/** How a turn is spoken. */
export interface SpeechOptions {
  /** The service that speaks. */
  readonly synthesize: Synthesize;
  /** A voice's name; empty for the default. */
  readonly voice: string;
  /** A BCP 47 tag; empty to be told from the text. */
  readonly language: string;
}

/** A voice that has a place for a turn. */
export interface Speech {
  /** The voice that speaks. */
  readonly voice: string;
  /** The format of its audio. */
  readonly format: { sampleRateHertz: number; channelCount: number };
  /** The speech of the text, to its end. */
  readonly events: AsyncIterable<TurnEvent>;
}

/** Asks for a place and waits until it is granted; then `text` is spoken while it arrives, until the call's signal aborts. */
export async function openSpeech(
  text: AsyncIterable<string>,
  call: Call,
  { synthesize, voice, language }: SpeechOptions,
): Promise<Speech> {
  async function* requests(): AsyncGenerator<MessageInitShape<typeof SynthesizeRequestSchema>> {
    yield { part: { case: "config", value: { voice, language: language.slice(0, 2).toLowerCase() } } };
    for await (const piece of text) yield { part: { case: "text", value: piece } };
    yield { part: { case: "end", value: {} } };
  }
  const events = synthesize(requests(), call)[Symbol.asyncIterator]();
  const first = (await events.next()).value as SynthesizeResponse | undefined;
  if (first?.event.case !== "admitted") throw brokenStream();
  return { ...readAdmitted(first.event.value), events: readEvents(events) };
}

function readAdmitted({ voice, format }: Admitted) {
  return { voice, format: { sampleRateHertz: format?.sampleRateHertz ?? 0, channelCount: format?.channelCount ?? 0 } };
}

async function* readEvents(events: AsyncIterator<SynthesizeResponse>): AsyncGenerator<TurnEvent> {
  let finished = false;
  for await (const { event } of { [Symbol.asyncIterator]: () => events }) {
    switch (event.case) {
      case "segment": {
        const { index, start, end, spoken, spans } = event.value;
        yield { case: "segment", value: { index, start, end, spoken, spans: spans.map(plainSpan) } };
        break;
      }
      case "audio": {
        const { segment, offset, pcm } = event.value;
        yield { case: "audio", value: { segment, offset, pcm } };
        break;
      }
      case "segmentDone": {
        const { segment, sampleCount } = event.value;
        yield { case: "segmentDone", value: { segment, sampleCount } };
        break;
      }
      case "warning": {
        const { reason, start, end } = event.value;
        yield { case: "warning", value: { reason: toWarningReason(reason), start, end } };
        break;
      }
      case "finished":
        finished = true;
    }
  }
  if (!finished) throw brokenStream();
}

function plainSpan({
  start,
  end,
  spokenStart,
  spokenEnd,
}: Record<"start" | "end" | "spokenStart" | "spokenEnd", number>) {
  return { start, end, spokenStart, spokenEnd };
}

function brokenStream() {
  return new Failure("UNAVAILABLE", "SYNTHESIZE_BROKEN", "Synthesize ended a speech without its end: its log says why");
}
