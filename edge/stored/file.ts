import { setImmediate } from "node:timers/promises";
import { concat, frameBytes, pieces, toBytes, toSamples } from "../../infra/audio/pcm.ts";
import type { Clock } from "../../infra/clock/clock.ts";
import { type FileMark, mp3Mark, wavMark } from "../audio/mark.ts";
import { createAudioWriter } from "../audio/output.ts";
import { type OnEvent, playTurn } from "../audio/play.ts";
import { wavHeader } from "../audio/wav.ts";
import type { Watermark } from "../marking/watermark.ts";
import type { EventOf, TurnEvent } from "../turn/events.ts";
import { nothingToStore, tooLongToStore } from "./failures.ts";
import { durationOf, type StoredOutput, storedForms } from "./output.ts";

/** A turn's speech as a playable file. */
export interface SpokenFile {
  readonly bytes: Uint8Array;
  readonly durationMs: number;
}

/**
 * The most audio of one answer that is held in memory, in bytes. At 24 kHz this is eleven minutes if the form is WAV
 * or a watermark is added; in all other cases it is more than an hour.
 */
const mostBytes = 32 << 20;
// How many bytes are encoded at once: some 20 ms of CPU work, after which the process can serve other callers.
const atOnceBytes = 96_000;

/**
 * Reads a turn to its end, and makes a file of its speech. Throws a Failure if the turn fails, has no audio, or is too
 * long.
 */
export async function toSpokenFile(
  turn: AsyncIterable<{ readonly event: TurnEvent }>,
  output: StoredOutput,
  tools: { readonly clock: Clock; readonly signal: AbortSignal; readonly watermark: Watermark | undefined },
  onEvent: OnEvent,
): Promise<SpokenFile> {
  const { watermark, clock, signal } = tools;
  const { form } = storedForms[output.name];
  let started: EventOf<"started"> | undefined;
  let rawSamples = 0;
  const note = (event: TurnEvent) => {
    if (event.case === "started") started = event.value;
    if (event.case === "audio") rawSamples += (event.value.pcm?.length ?? 0) / frameBytes;
    onEvent(event);
  };
  // Whether all audio must be complete before the file is written: a WAV header states the length, and a watermark is
  // computed from the whole audio.
  const isWhole = form === "wav" || watermark !== undefined;
  const asked = { form: isWhole ? "pcm" : form, rate: output.rate, speed: 1, realTime: false } as const;
  const made: Uint8Array[] = [];
  let length = 0;
  for await (const piece of playTurn(turn, asked, { clock, signal, onEvent: note })) {
    length += piece.length;
    if (length > mostBytes) throw tooLongToStore();
    made.push(piece);
  }
  if (length === 0) throw nothingToStore();
  const mark = markOf(started);
  const rate = started?.audioFormat?.sampleRateHertz ?? output.rate;
  if (!isWhole) {
    const bytes = concat(made);
    const soundBytes = bytes.length - (mark && form === "mp3" ? mp3Mark(mark).length : 0);
    return { bytes, durationMs: durationOf(output, (rawSamples * output.rate) / rate, soundBytes) };
  }
  const heard = concat(made);
  const pcm = watermark === undefined ? heard : await watermark(heard, output.rate, signal);
  return encode(pcm, output, mark);
}

async function encode(pcm: Uint8Array, output: StoredOutput, mark: FileMark | undefined): Promise<SpokenFile> {
  const { name, rate } = output;
  const samples = pcm.length / frameBytes;
  if (name === "wav") {
    const bytes = concat([wavHeader(rate, pcm.length, mark && wavMark(mark)), pcm]);
    return { bytes, durationMs: durationOf(output, samples, pcm.length) };
  }
  const writer = await createAudioWriter({ form: storedForms[name].form, rate, speed: 1, realTime: false }, rate, mark);
  try {
    const made: Uint8Array[] = [];
    for (const piece of pieces(pcm, atOnceBytes)) {
      made.push(writer.push(toBytes(toSamples(piece))));
      await setImmediate();
    }
    made.push(writer.end());
    const bytes = concat(made);
    const tagBytes = mark && name === "mp3" ? mp3Mark(mark).length : 0;
    return { bytes, durationMs: durationOf(output, samples, bytes.length - tagBytes) };
  } finally {
    writer.close();
  }
}

function markOf(started: EventOf<"started"> | undefined): FileMark | undefined {
  const { marked, turnId = "" } = started ?? {};
  return marked && { producer: marked.producer ?? "", id: turnId };
}
