import { setImmediate } from "node:timers/promises";
import { pieces } from "../../infra/audio/pcm.ts";
import type { Clock } from "../../infra/clock/clock.ts";
import { codeOfNumber, Failure } from "../errors.ts";
import { Outcome } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../turn/events.ts";
import { type AudioForm, audioForms } from "./formats.ts";
import { type AudioOutput, createAudioWriter } from "./output.ts";
import { paceFrames } from "./pace.ts";

/** Receives the events of a turn other than its audio. */
export type OnEvent = (event: TurnEvent) => void;

const lineFrameMs = 20;
// The maximum number of bytes of speech that are encoded at once: 170 ms at 24 kHz. They are sent before more are
// encoded.
const atOnceBytes = 8_192;

/**
 * Yields the speech of a turn as bytes of one audio format, while the speech is made. Throws a Failure if the turn
 * fails or ends early; the bytes yielded until then are an incomplete file. A turn without audio has no bytes at all,
 * not even a header.
 */
export async function* playTurn(
  turn: AsyncIterable<{ readonly event: TurnEvent }>,
  output: AudioOutput,
  { clock, signal, onEvent = () => {} }: { clock: Clock; signal: AbortSignal; onEvent?: OnEvent },
): AsyncGenerator<Uint8Array> {
  const bytes = writeSound(turn, output, onEvent);
  const { bare }: AudioForm = audioForms[output.form];
  if (!output.realTime || bare === undefined) return yield* bytes;
  const frameBytes = (output.rate * lineFrameMs * bare.bytesPerSample) / 1000;
  yield* paceFrames(bytes, { frameBytes, frameMs: lineFrameMs, silence: bare.silence }, clock, signal);
}

async function* writeSound(
  turn: AsyncIterable<{ readonly event: TurnEvent }>,
  output: AudioOutput,
  onEvent: OnEvent,
): AsyncGenerator<Uint8Array> {
  // The writer is created while the voice is still preparing its first audio, so that the audio need not wait for it.
  let making: ReturnType<typeof createAudioWriter> | undefined;
  let isHeard = false;
  try {
    for await (const { event } of turn) {
      onEvent(event);
      if (event.case === "started") {
        const { turnId = "", marked, audioFormat } = event.value;
        const mark = marked && { producer: marked.producer ?? "", id: turnId };
        making = createAudioWriter(output, audioFormat?.sampleRateHertz ?? output.rate, mark);
        making.catch(() => {});
      }
      if (event.case === "audio" && making !== undefined) {
        isHeard = true;
        const writer = await making;
        for (const piece of pieces(event.value.pcm ?? new Uint8Array(), atOnceBytes)) {
          const made = writer.push(piece);
          if (made.length === 0) continue;
          yield made;
          // Lets the server send the bytes that were yielded so far, before more are encoded.
          await setImmediate();
        }
      }
      if (event.case === "finished") throwUnlessWhole(event.value);
    }
    const rest = isHeard ? (await making)?.end() : undefined;
    if (rest !== undefined && rest.length > 0) yield rest;
  } finally {
    making?.then((writer) => writer.close()).catch(() => {});
  }
}

/** Throws a Failure unless the turn was completed: the turn's error, or ABORTED if it was interrupted. */
export function throwUnlessWhole({ outcome, error }: Extract<TurnEvent, { case: "finished" }>["value"]): void {
  if (outcome === Outcome.COMPLETED) return;
  if (error === undefined) throw new Failure("ABORTED", "INTERRUPTED", "the answer was interrupted before its end");
  const { code = 0, reason = "", message = "", retryDelayMs } = error;
  throw new Failure(codeOfNumber(code), reason, message, { retryDelayMs });
}
